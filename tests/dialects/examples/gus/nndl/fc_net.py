import numpy as np
import pdb

from .layers import *
from .layer_utils import *


class TwoLayerNet(object):
  def __init__(self, input_dim=3*32*32, hidden_dims=100, num_classes=10,
               dropout=0, weight_scale=1e-3, reg=0.0):
    self.params = {}
    self.reg = reg
    self.params['W1'] = np.random.normal(0, weight_scale, [input_dim, hidden_dims])
    self.params['b1'] = np.zeros([hidden_dims])
    self.params['W2'] = np.random.normal(0, weight_scale, [hidden_dims, num_classes])
    self.params['b2'] = np.zeros([num_classes])

  def loss(self, X, y=None):
    scores = None
    W1, b1, W2, b2 = map(self.params.get, ('W1', 'b1', 'W2', 'b2'))
    h1, cache_h1 = affine_relu_forward(X, W1, b1)
    scores, cache_z2 = affine_forward(h1, W2, b2)

    # If y is None then we are in test mode so just return scores
    if y is None:
      return scores

    loss, grads = 0, {}
    data_loss, dz2 = softmax_loss(scores, y)
    loss = data_loss + 0.5*self.reg*(np.linalg.norm(W1, 'fro')**2 + np.linalg.norm(W2, 'fro')**2)
    dh1, dw2, db2 = affine_backward(dz2, cache_z2)
    dx, dw1, db1 = affine_relu_backward(dh1, cache_h1)
    grads['W1'] = dw1 + self.reg*W1
    grads['b1'] = db1.T
    grads['W2'] = dw2 + self.reg*W2
    grads['b2'] = db2.T
    return loss, grads


class FullyConnectedNet(object):
  def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
               dropout=0, use_batchnorm=False, reg=0.0,
               weight_scale=1e-2, dtype=np.float32, seed=None):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}

    for i in np.arange(self.num_layers):
      name_W = 'W' + str(i+1)
      name_b = 'b' + str(i+1)
      rows = input_dim if i == 0 else hidden_dims[i-1]
      cols = num_classes if i == self.num_layers - 1 else hidden_dims[i]
      self.params[name_W] = np.random.normal(loc=0.0, scale=weight_scale, size=(rows, cols))
      self.params[name_b] = np.zeros((cols,))
      if self.use_batchnorm and i < self.num_layers - 1:
        self.params['gamma' + str(i+1)] = np.ones((cols,))
        self.params['beta' + str(i+1)] = np.zeros((cols,))

    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {'mode': 'train', 'p': dropout}
      if seed is not None:
        self.dropout_param['seed'] = seed

    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{'mode': 'train'} for i in np.arange(self.num_layers - 1)]

    # Cast all parameters to the correct datatype
    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = 'test' if y is None else 'train'

    if self.dropout_param is not None:
      self.dropout_param['mode'] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param[mode] = mode

    scores = None
    H, cache_h, cache_d = [X], [], []
    for i in np.arange(self.num_layers):
      W, b = self.params['W' + str(i+1)], self.params['b' + str(i+1)]
      if i == self.num_layers - 1:
        scores, c = affine_forward(H[-1], W, b)
        cache_h.append(c)
        break
      if self.use_batchnorm:
        gamma, beta = self.params['gamma' + str(i+1)], self.params['beta' + str(i+1)]
        h, c = affine_batchnorm_relu_forward(H[-1], W, b, gamma, beta, self.bn_params[i])
      else:
        h, c = affine_relu_forward(H[-1], W, b)
      cache_h.append(c)
      if self.use_dropout:
        h, c = dropout_forward(h, self.dropout_param)
        cache_d.append(c)
      H.append(h)

    if mode == 'test':
      return scores

    loss, grads = 0.0, {}
    loss, dz = softmax_loss(scores, y)
    for i in np.arange(self.num_layers, 0, -1):
      k = str(i)
      loss += 0.5*self.reg*np.sum(self.params['W' + k]**2)
      if i == self.num_layers:
        dh, dw, db = affine_backward(dz, cache_h[-1])
      else:
        if self.use_dropout:
          dh = dropout_backward(dh, cache_d[i-1])
        if self.use_batchnorm:
          dh, dw, db, grads['gamma' + k], grads['beta' + k] = affine_batchnorm_relu_backward(dh, cache_h[i-1])
        else:
          dh, dw, db = affine_relu_backward(dh, cache_h[i-1])
      grads['W' + k] = dw + self.reg*self.params['W' + k]
      grads['b' + k] = db
    return loss, grads
