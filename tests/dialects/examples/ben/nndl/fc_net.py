import numpy as np

from .layers import *
from .layer_utils import *


class TwoLayerNet(object):
  def __init__(
    self,
    input_dim=3 * 32 * 32,
    hidden_dims=100,
    num_classes=10,
    dropout=0,
    weight_scale=1e-3,
    reg=0.0,
  ):
    self.params = {}
    self.reg = reg
    self.params["W1"] = np.random.normal(0, weight_scale, (input_dim, hidden_dims))
    self.params["b1"] = np.zeros(hidden_dims)
    self.params["W2"] = np.random.normal(0, weight_scale, (hidden_dims, num_classes))
    self.params["b2"] = np.zeros(num_classes)

  def loss(self, X, y=None):
    h, cache1 = affine_relu_forward(X, self.params["W1"], self.params["b1"])
    scores, cache2 = affine_forward(h, self.params["W2"], self.params["b2"])
    if y is None:
      return scores
    loss, dscores = softmax_loss(scores, y)
    W1, W2 = self.params["W1"], self.params["W2"]
    loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))
    grads = {}
    dh, grads["W2"], grads["b2"] = affine_backward(dscores, cache2)
    _, grads["W1"], grads["b1"] = affine_relu_backward(dh, cache1)
    grads["W1"] += self.reg * W1
    grads["W2"] += self.reg * W2
    return loss, grads


class FullyConnectedNet(object):
  def __init__(
    self,
    hidden_dims,
    input_dim=3 * 32 * 32,
    num_classes=10,
    dropout=0,
    use_batchnorm=False,
    reg=0.0,
    weight_scale=1e-2,
    dtype=np.float32,
    seed=None,
  ):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}
    dims = [input_dim] + hidden_dims + [num_classes]
    for i in np.arange(1, self.num_layers + 1):
      self.params["W" + str(i)] = np.random.normal(0, weight_scale, (dims[i - 1], dims[i]))
      self.params["b" + str(i)] = np.zeros(dims[i])
      if self.use_batchnorm and i < self.num_layers:
        self.params["gamma" + str(i)] = np.ones(dims[i])
        self.params["beta" + str(i)] = np.zeros(dims[i])
    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {"mode": "train", "p": dropout}
      if seed is not None:
        self.dropout_param["seed"] = seed
    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{"mode": "train"} for i in np.arange(self.num_layers - 1)]
    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = "test" if y is None else "train"
    if self.dropout_param is not None:
      self.dropout_param["mode"] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param[mode] = mode

    h, caches, drops = X, [], []
    L = self.num_layers
    for i in range(1, L):
      W, b = self.params["W%d" % i], self.params["b%d" % i]
      if self.use_batchnorm:
        gamma, beta = self.params["gamma%d" % i], self.params["beta%d" % i]
        h, cache = affine_batchnorm_relu_forward(
          h, W, b, gamma, beta, self.bn_params[i - 1]
        )
      else:
        h, cache = affine_relu_forward(h, W, b)
      caches.append(cache)
      if self.use_dropout:
        h, drop = dropout_forward(h, self.dropout_param)
        drops.append(drop)
    scores, last = affine_forward(h, self.params["W%d" % L], self.params["b%d" % L])
    if mode == "test":
      return scores

    loss, dscores = softmax_loss(scores, y)
    grads = {}
    dh, grads["W%d" % L], grads["b%d" % L] = affine_backward(dscores, last)
    for i in range(L - 1, 0, -1):
      if self.use_dropout:
        dh = dropout_backward(dh, drops[i - 1])
      if self.use_batchnorm:
        dh, dW, db, dgamma, dbeta = affine_batchnorm_relu_backward(dh, caches[i - 1])
        grads["gamma%d" % i], grads["beta%d" % i] = dgamma, dbeta
      else:
        dh, dW, db = affine_relu_backward(dh, caches[i - 1])
      grads["W%d" % i], grads["b%d" % i] = dW, db
    for i in range(1, L + 1):
      loss += 0.5 * self.reg * np.sum(self.params["W%d" % i] ** 2)
      grads["W%d" % i] += self.reg * self.params["W%d" % i]
    return loss, grads
