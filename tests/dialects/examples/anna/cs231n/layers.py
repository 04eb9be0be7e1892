import numpy as np


def affine_forward(x, w, b):
  """
  Computes the forward pass for an affine (fully-connected) layer.
  """
  out = None
  N = x.shape[0]
  out = x.reshape(N, -1).dot(w) + b
  cache = (x, w, b)
  return out, cache


def affine_backward(dout, cache):
  x, w, b = cache
  dx, dw, db = None, None, None
  dx = dout.dot(w.T).reshape(x.shape)
  dw = x.reshape(x.shape[0], -1).T.dot(dout)
  db = np.sum(dout, axis=0)
  return dx, dw, db


def relu_forward(x):
  out = np.maximum(0, x)
  cache = x
  return out, cache


def relu_backward(dout, cache):
  dx, x = None, cache
  dx = dout * (x > 0)
  return dx


def batchnorm_forward(x, gamma, beta, bn_param):
  mode = bn_param["mode"]
  eps = bn_param.get("eps", 1e-5)
  momentum = bn_param.get("momentum", 0.9)

  N, D = x.shape
  running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
  running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))

  out, cache = None, None
  if mode == "train":
    mu = np.mean(x, axis=0)
    var = np.var(x, axis=0)
    x_hat = (x - mu) / np.sqrt(var + eps)
    out = gamma * x_hat + beta
    running_mean = momentum * running_mean + (1 - momentum) * mu
    running_var = momentum * running_var + (1 - momentum) * var
    cache = (x_hat, gamma, var, eps)
  elif mode == "test":
    out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
  else:
    raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

  bn_param["running_mean"] = running_mean
  bn_param["running_var"] = running_var
  return out, cache


def batchnorm_backward(dout, cache):
  x_hat, gamma, var, eps = cache
  N = dout.shape[0]
  dbeta = np.sum(dout, axis=0)
  dgamma = np.sum(dout * x_hat, axis=0)
  dx = gamma / np.sqrt(var + eps) / N * (N * dout - dbeta - x_hat * dgamma)
  return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
  dx, dgamma, dbeta = None, None, None
  pass
  return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
  """
  Performs the forward pass for (inverted) dropout.

  Inputs:
  - x: Input data, of any shape
  - dropout_param: A dictionary with the following keys:
   - p: Dropout parameter. We drop each neuron output with probability p.
   - mode: 'test' or 'train'.
   - seed: Seed for the random number generator.
  """
  p, mode = dropout_param["p"], dropout_param["mode"]
  if "seed" in dropout_param:
    np.random.seed(dropout_param["seed"])

  mask = None
  out = None
  if mode == "train":
    # p is the probability of keeping, is it not?
    mask = (np.random.rand(*x.shape) < p) / p
    out = x * mask
  elif mode == "test":
    out = x
  cache = (dropout_param, mask)
  out = out.astype(x.dtype, copy=False)
  return out, cache


def dropout_backward(dout, cache):
  dropout_param, mask = cache
  mode = dropout_param["mode"]
  dx = None
  if mode == "train":
    dx = dout * mask
  elif mode == "test":
    dx = dout
  return dx


def conv_forward_naive(x, w, b, conv_param):
  stride, pad = conv_param["stride"], conv_param["pad"]
  N, C, H, W = x.shape
  F, _, HH, WW = w.shape
  xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
  H2 = 1 + (H + 2 * pad - HH) // stride
  W2 = 1 + (W + 2 * pad - WW) // stride
  out = np.zeros((N, F, H2, W2))
  for i in range(H2):
    for j in range(W2):
      window = xp[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
      for f in range(F):
        out[:, f, i, j] = np.sum(window * w[f], axis=(1, 2, 3)) + b[f]
  cache = (x, w, b, conv_param)
  return out, cache


def conv_backward_naive(dout, cache):
  x, w, b, conv_param = cache
  stride, pad = conv_param["stride"], conv_param["pad"]
  N, F, H2, W2 = dout.shape
  _, _, HH, WW = w.shape
  xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), "constant")
  dxp = np.zeros_like(xp)
  dw = np.zeros_like(w)
  db = np.sum(dout, axis=(0, 2, 3))
  for n in range(N):
    for f in range(F):
      for i in range(H2):
        for j in range(W2):
          rows, cols = (
            slice(i * stride, i * stride + HH),
            slice(j * stride, j * stride + WW),
          )
          dw[f] += dout[n, f, i, j] * xp[n, :, rows, cols]
          dxp[n, :, rows, cols] += dout[n, f, i, j] * w[f]
  dx = dxp[:, :, pad:-pad, pad:-pad]
  return dx, dw, db


def max_pool_forward_naive(x, pool_param):
  ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
  N, C, H, W = x.shape
  H2, W2 = 1 + (H - ph) // s, 1 + (W - pw) // s
  out = np.zeros((N, C, H2, W2))
  for i in range(H2):
    for j in range(W2):
      out[:, :, i, j] = np.max(x[:, :, i * s : i * s + ph, j * s : j * s + pw], axis=(2, 3))
  cache = (x, pool_param)
  return out, cache


def max_pool_backward_naive(dout, cache):
  x, pool_param = cache
  ph, pw, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
  dx = np.zeros_like(x)
  N, C, H2, W2 = dout.shape
  for n in range(N):
    for c in range(C):
      for i in range(H2):
        for j in range(W2):
          window = x[n, c, i * s : i * s + ph, j * s : j * s + pw]
          k, l = np.unravel_index(np.argmax(window), window.shape)
          dx[n, c, i * s + k, j * s + l] += dout[n, c, i, j]
  return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
  N, C, H, W = x.shape
  flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
  out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
  return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
  N, C, H, W = dout.shape
  flat = dout.transpose(0, 2, 3, 1).reshape(-1, C)
  dx, dgamma, dbeta = batch_norm_backward(flat, cache)
  return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta


def svm_loss(x, y):
  N = x.shape[0]
  correct = x[np.arange(N), y]
  margins = np.maximum(0, x - correct[:, np.newaxis] + 1.0)
  margins[np.arange(N), y] = 0
  loss = np.sum(margins) / N
  dx = (margins > 0) * 1.0
  dx[np.arange(N), y] -= np.sum(margins > 0, axis=1)
  return loss, dx / N


def softmax_loss(x, y):
  probs = np.exp(x - np.max(x, axis=1, keepdims=True))
  probs /= np.sum(probs, axis=1, keepdims=True)
  N = x.shape[0]
  loss = -np.sum(np.log(probs[np.arange(N), y])) / N
  dx = probs.copy()
  dx[np.arange(N), y] -= 1
  dx /= N
  return loss, dx
