import numpy as np
from nndl.layers import *


def conv_forward_naive(x, w, b, conv_param):
  pad, stride = conv_param["pad"], conv_param["stride"]
  N, C, H, W = x.shape
  F, _, HH, WW = w.shape
  xpad = np.pad(x, ((0,), (0,), (pad,), (pad,)), mode="constant")
  h, w_ = (H + 2 * pad - HH) // stride + 1, (W + 2 * pad - WW) // stride + 1
  out = np.zeros((N, F, h, w_))
  for i in range(h):
    for j in range(w_):
      patch = xpad[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
      out[:, :, i, j] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3])) + b
  return out, (x, w, b, conv_param)


def conv_backward_naive(dout, cache):
  x, w, b, conv_param = cache
  pad, stride = conv_param["pad"], conv_param["stride"]
  xpad = np.pad(x, ((0,), (0,), (pad,), (pad,)), mode="constant")
  dxpad, dw, db = np.zeros_like(xpad), np.zeros_like(w), dout.sum(axis=(0, 2, 3))
  HH, WW = w.shape[2:]
  for i in range(dout.shape[2]):
    for j in range(dout.shape[3]):
      rows, cols = slice(i * stride, i * stride + HH), slice(j * stride, j * stride + WW)
      dw += np.tensordot(dout[:, :, i, j], xpad[:, :, rows, cols], axes=([0], [0]))
      dxpad[:, :, rows, cols] += np.tensordot(dout[:, :, i, j], w, axes=([1], [0]))
  dx = dxpad[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
  return dx, dw, db


def max_pool_forward_naive(x, pool_param):
  h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
  H, W = (x.shape[2] - h) // s + 1, (x.shape[3] - w) // s + 1
  out = np.zeros(x.shape[:2] + (H, W))
  for i in range(H):
    for j in range(W):
      out[:, :, i, j] = x[:, :, i * s : i * s + h, j * s : j * s + w].max(axis=(2, 3))
  return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
  x, pool_param = cache
  h, w, s = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
  dx = np.zeros_like(x)
  for n in range(x.shape[0]):
    for c in range(x.shape[1]):
      for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
          win = x[n, c, i * s : i * s + h, j * s : j * s + w]
          a, b = np.unravel_index(win.argmax(), win.shape)
          dx[n, c, i * s + a, j * s + b] += dout[n, c, i, j]
  return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
  N, C, H, W = x.shape
  out, cache = batchnorm_forward(x.transpose(0, 2, 3, 1).reshape(-1, C), gamma, beta, bn_param)
  return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
  N, C, H, W = dout.shape
  dx, dgamma, dbeta = batchnorm_backward(dout.transpose(0, 2, 3, 1).reshape(-1, C), cache)
  return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta
