import numpy as np

from nndl.layers import *
from nndl.conv_layers import *
from cs231n.fast_layers import *
from nndl.layer_utils import *
from nndl.conv_layer_utils import *


class ThreeLayerConvNet(object):
  def __init__(
    self,
    input_dim=(3, 32, 32),
    num_filters=32,
    filter_size=7,
    hidden_dim=100,
    num_classes=10,
    weight_scale=1e-3,
    reg=0.0,
    dtype=np.float32,
    use_batchnorm=False,
  ):
    self.use_batchnorm = use_batchnorm
    self.params = {}
    self.reg = reg
    self.dtype = dtype
    C, H, W = input_dim
    shapes = [
      (num_filters, C, filter_size, filter_size),
      (num_filters * (H // 2) * (W // 2), hidden_dim),
      (hidden_dim, num_classes),
    ]
    for i, (shape, width) in enumerate(zip(shapes, (num_filters, hidden_dim, num_classes))):
      self.params["W%d" % (i + 1)] = np.random.normal(0, weight_scale, shape)
      self.params["b%d" % (i + 1)] = np.zeros(width)
    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    W1, b1 = self.params["W1"], self.params["b1"]
    W2, b2 = self.params["W2"], self.params["b2"]
    W3, b3 = self.params["W3"], self.params["b3"]
    conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) / 2}
    pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    conv_param["pad"] = int(conv_param["pad"])
    h1, c1 = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
    h2, c2 = affine_relu_forward(h1, W2, b2)
    scores, c3 = affine_forward(h2, W3, b3)
    if y is None:
      return scores
    loss, dscores = softmax_loss(scores, y)
    loss += 0.5 * self.reg * sum(np.sum(W**2) for W in (W1, W2, W3))
    grads = {}
    dh2, grads["W3"], grads["b3"] = affine_backward(dscores, c3)
    dh1, grads["W2"], grads["b2"] = affine_relu_backward(dh2, c2)
    _, grads["W1"], grads["b1"] = conv_relu_pool_backward(dh1, c1)
    return loss, grads
