import numpy as np

from cs231n.layers import *
from cs231n.layer_utils import *


class TwoLayerNet(object):
  """
  A two-layer fully-connected neural network with ReLU nonlinearity and softmax loss.
  The architecture should be affine - relu - affine - softmax.
  """

  def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
               weight_scale=1e-3, reg=0.0):
    self.params = {}
    self.reg = reg
    self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
    self.params['b1'] = np.zeros(hidden_dim)
    self.params['W2'] = weight_scale * np.random.randn(hidden_dim, num_classes)
    self.params['b2'] = np.zeros(num_classes)

  def loss(self, X, y=None):
    scores = None
    h, cache1 = affine_relu_forward(X, self.params['W1'], self.params['b1'])
    scores, cache2 = affine_forward(h, self.params['W2'], self.params['b2'])

    # If y is None then we are in test mode so just return scores
    if y is None:
      return scores

    loss, grads = 0, {}
    loss, dscores = softmax_loss(scores, y)
    dh, grads['W2'], grads['b2'] = affine_backward(dscores, cache2)
    dx, grads['W1'], grads['b1'] = affine_relu_backward(dh, cache1)
    for k, w in self.params.iteritems():
      if k.startswith('W'):
        loss += 0.5 * self.reg * np.sum(w * w)
        grads[k] += self.reg * w
    return loss, grads


class FullyConnectedNet(object):
  """
  {affine - [batch norm] - relu - [dropout]} x (L - 1) - affine - softmax
  """

  def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
               dropout=0, use_batchnorm=False, reg=0.0,
               weight_scale=1e-2, dtype=np.float32, seed=None):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}

    layers = [input_dim] + map(int, hidden_dims) + [num_classes]
    for i in xrange(self.num_layers):
      self.params['W%d' % (i + 1)] = np.random.normal(0, weight_scale, (layers[i], layers[i + 1]))
      self.params['b%d' % (i + 1)] = np.zeros(layers[i + 1])
      if use_batchnorm and i != self.num_layers - 1:
        self.params['gamma%d' % (i + 1)] = np.ones(layers[i + 1])
        self.params['beta%d' % (i + 1)] = np.zeros(layers[i + 1])

    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {'mode': 'train', 'p': dropout}
      if seed is not None:
        self.dropout_param['seed'] = seed

    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{'mode': 'train'} for i in xrange(self.num_layers - 1)]

    # Cast all parameters to the correct datatype
    for k, v in self.params.iteritems():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = 'test' if y is None else 'train'

    # Set train/test mode for batchnorm params and dropout param since they
    # behave differently during training and testing.
    if self.dropout_param is not None:
      self.dropout_param['mode'] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param[mode] = mode

    scores = None
    caches = {}
    a = X
    for i in xrange(1, self.num_layers):
      a, caches['fc', i] = affine_forward(a, self.params['W%d' % i], self.params['b%d' % i])
      if self.use_batchnorm:
        a, caches['bn', i] = batchnorm_forward(a, self.params['gamma%d' % i],
                                               self.params['beta%d' % i], self.bn_params[i - 1])
      a, caches['relu', i] = relu_forward(a)
      if self.use_dropout:
        a, caches['do', i] = dropout_forward(a, self.dropout_param)
    L = self.num_layers
    scores, last = affine_forward(a, self.params['W%d' % L], self.params['b%d' % L])
    #print scores.shape

    if mode == 'test':
      return scores

    loss, grads = 0.0, {}
    loss, d = softmax_loss(scores, y)
    d, grads['W%d' % L], grads['b%d' % L] = affine_backward(d, last)
    for i in xrange(L - 1, 0, -1):
      if self.use_dropout:
        d = dropout_backward(d, caches['do', i])
      d = relu_backward(d, caches['relu', i])
      if self.use_batchnorm:
        d, grads['gamma%d' % i], grads['beta%d' % i] = batchnorm_backward(d, caches['bn', i])
      d, grads['W%d' % i], grads['b%d' % i] = affine_backward(d, caches['fc', i])
    for i in xrange(1, L + 1):
      loss += 0.5 * self.reg * np.sum(self.params['W%d' % i] ** 2)
      grads['W%d' % i] += self.reg * self.params['W%d' % i]
    return loss, grads


if __name__ == '__main__':
  net = FullyConnectedNet([10])
  print net.loss(np.random.randn(2, 3 * 32 * 32))
