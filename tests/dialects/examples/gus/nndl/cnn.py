import numpy as np

from nndl.layers import *
from nndl.conv_layers import *
from utils.fast_layers import *
from nndl.layer_utils import *
from nndl.conv_layer_utils import *

import pdb


class ThreeLayerConvNet(object):
  """
  conv - relu - 2x2 max pool - affine - relu - affine - softmax
  """

  def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
               hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
               dtype=np.float32, use_batchnorm=False):
    self.use_batchnorm = use_batchnorm
    self.params = {}
    self.reg = reg
    self.dtype = dtype

    C, H, W = input_dim
    pad = (filter_size - 1)/2
    H_conv = (H - filter_size + 2*pad) + 1
    W_conv = (W - filter_size + 2*pad) + 1
    H_pool, W_pool = int((H_conv - 2)/2 + 1), int((W_conv - 2)/2 + 1)
    self.params['W1'] = weight_scale*np.random.randn(num_filters, C, filter_size, filter_size)
    self.params['b1'] = np.zeros(num_filters)
    self.params['W2'] = weight_scale*np.random.randn(H_pool*W_pool*num_filters, hidden_dim)
    self.params['b2'] = np.zeros(hidden_dim)
    self.params['W3'] = weight_scale*np.random.randn(hidden_dim, num_classes)
    self.params['b3'] = np.zeros(num_classes)

    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    W1, b1 = self.params['W1'], self.params['b1']
    W2, b2 = self.params['W2'], self.params['b2']
    W3, b3 = self.params['W3'], self.params['b3']

    # pass conv_param to the forward pass for the convolutional layer
    filter_size = W1.shape[2]
    conv_param = {'stride': 1, 'pad': (filter_size - 1) / 2}

    # pass pool_param to the forward pass for the max-pooling layer
    pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}

    scores = None
    h1, cache_h1 = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
    h2, cache_h2 = affine_relu_forward(h1, W2, b2)
    scores, cache_s = affine_forward(h2, W3, b3)

    if y is None:
      return scores

    loss, grads = 0, {}
    loss, ds = softmax_loss(scores, y)
    loss = loss + self.reg/2*(np.sum(W1*W1) + np.sum(W2*W2) + np.sum(W3*W3))
    dh2, dW3, db3 = affine_backward(ds, cache_s)
    dh1, dW2, db2 = affine_relu_backward(dh2, cache_h2)
    dX, dW1, db1 = conv_relu_pool_backward(dh1, cache_h1)
    grads = {'W1': dW1 + self.reg*W1, 'W2': dW2 + self.reg*W2, 'W3': dW3 + self.reg*W3,
             'b1': db1, 'b2': db2, 'b3': db3}
    return loss, grads
