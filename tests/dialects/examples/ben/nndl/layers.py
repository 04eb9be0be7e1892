import numpy as np


def affine_forward(x, w, b):
  # YOUR CODE HERE
  out = np.dot(x.reshape(x.shape[0], -1), w) + b
  # END YOUR CODE HERE
  cache = (x, w, b)
  return out, cache


def affine_backward(dout, cache):
  x, w, b = cache
  # YOUR CODE HERE
  dx = np.dot(dout, w.T).reshape(x.shape)
  dw = np.dot(x.reshape(x.shape[0], -1).T, dout)
  db = np.sum(dout, axis=0, keepdims=True)
  # END YOUR CODE HERE
  return dx, dw, db


def relu_forward(x):
  out = x * (x > 0)
  cache = x
  return out, cache


def relu_backward(dout, cache):
  x = cache
  dx = dout * (x > 0)
  return dx


def batchnorm_forward(x, gamma, beta, bn_param):
  mode = bn_param["mode"]
  eps = bn_param.get("eps", 1e-5)
  momentum = bn_param.get("momentum", 0.9)
  N, D = x.shape
  running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
  running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
  if mode == "train":
    mean, var = x.mean(axis=0), x.var(axis=0)
    running_mean = (1 - momentum) * running_mean + momentum * mean
    running_var = (1 - momentum) * running_var + momentum * var
    xhat = (x - mean) / np.sqrt(var + eps)
    out = gamma * xhat + beta
    cache = (xhat, gamma, np.sqrt(var + eps))
  elif mode == "test":
    out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    cache = None
  bn_param["running_mean"] = running_mean
  bn_param["running_var"] = running_var
  return out, cache


def batchnorm_backward(dout, cache):
  xhat, gamma, std = cache
  dbeta = dout.sum(axis=0)
  dgamma = (dout * xhat).sum(axis=0)
  dxhat = dout * gamma
  dx = (dxhat - dxhat.mean(axis=0) - xhat * (dxhat * xhat).mean(axis=0)) / std
  return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
  """
  - dropout_param: A dictionary with the following keys:
   - p: Dropout parameter. We drop each neuron output with probability p.
  """
  p, mode = dropout_param["p"], dropout_param["mode"]
  if "seed" in dropout_param:
    np.random.seed(dropout_param["seed"])
  mask = None
  out = None
  if mode == "train":
    mask = (np.random.random_sample(x.shape) >= p) / (1 - p)
    out = x * mask
  elif mode == "test":
    out = x
  cache = (dropout_param, mask)
  return out.astype(x.dtype, copy=False), cache


def dropout_backward(dout, cache):
  dropout_param, mask = cache
  return dout * mask if dropout_param["mode"] == "train" else dout


def softmax_loss(x, y):
  probs = np.exp(x - np.max(x, axis=1, keepdims=True))
  probs /= np.sum(probs, axis=1, keepdims=True)
  N = x.shape[0]
  loss = -np.sum(np.log(probs[np.arange(N), y])) / N
  dx = probs.copy()
  dx[np.arange(N), y] -= 1
  dx /= N
  return loss, dx
