import numpy as np
from nndl.layers import *
import pdb


def conv_forward_naive(x, w, b, conv_param):
  """
  A naive implementation of the forward pass for a convolutional layer.
  """
  out = None
  pad = conv_param['pad']
  stride = conv_param['stride']

  # YOUR CODE HERE
  N, C, H, W = x.shape
  F, _, HH, WW = w.shape
  x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant', constant_values=0)
  h_out = int((H + 2*pad - HH)/stride + 1)
  w_out = int((W + 2*pad - WW)/stride + 1)
  out = np.zeros((N, F, h_out, w_out))
  for n in np.arange(N):
    for f in np.arange(F):
      for i in np.arange(h_out):
        for j in np.arange(w_out):
          out[n, f, i, j] = (x_pad[n, :, i*stride:i*stride + HH, j*stride:j*stride + WW] * w[f]).sum() + b[f]
  # END YOUR CODE HERE

  cache = (x, w, b, conv_param)
  return out, cache


def conv_backward_naive(dout, cache):
  dx, dw, db = None, None, None
  N, F, out_height, out_width = dout.shape
  x, w, b, conv_param = cache
  stride, pad = [conv_param['stride'], conv_param['pad']]
  xpad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
  num_filts, _, f_height, f_width = w.shape

  dx_pad = np.zeros(xpad.shape)
  dw = np.zeros(w.shape)
  db = np.sum(np.sum(np.sum(dout, axis=3), axis=2), axis=0)
  for n in range(N):
    for f in range(F):
      for i in range(out_height):
        for j in range(out_width):
          window = np.s_[n, :, i*stride:i*stride + f_height, j*stride:j*stride + f_width]
          dw[f] += xpad[window] * dout[n, f, i, j]
          dx_pad[window] += w[f] * dout[n, f, i, j]
  dx = dx_pad[:, :, pad:dx_pad.shape[2] - pad, pad:dx_pad.shape[3] - pad]
  return dx, dw, db


def max_pool_forward_naive(x, pool_param):
  out = None
  N, C, H, W = x.shape
  pool_height = pool_param.get('pool_height')
  pool_width = pool_param.get('pool_width')
  stride = pool_param.get('stride')
  h_out = (H - pool_height) // stride + 1
  w_out = (W - pool_width) // stride + 1
  out = np.zeros((N, C, h_out, w_out))
  for n in range(N):
    for c in range(C):
      for i in range(h_out):
        for j in range(w_out):
          out[n, c, i, j] = np.max(x[n, c, i*stride:i*stride + pool_height, j*stride:j*stride + pool_width])
  cache = (x, pool_param)
  return out, cache


def max_pool_backward_naive(dout, cache):
  dx = None
  x, pool_param = cache
  pool_height, pool_width, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  dx = np.zeros(x.shape)
  for n, c, i, j in np.ndindex(dout.shape):
    top, left = i*stride, j*stride
    window = x[n, c, top:top + pool_height, left:left + pool_width]
    # ties share
    mask = (window == np.max(window))
    dx[n, c, top:top + pool_height, left:left + pool_width] += mask * dout[n, c, i, j] / np.sum(mask)
  return dx


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
  out, cache = None, None
  N, C, H, W = x.shape
  x_t = x.transpose(0, 2, 3, 1).reshape((N*H*W, C))
  out, cache = batchnorm_forward(x_t, gamma, beta, bn_param)
  out = out.reshape((N, H, W, C)).transpose(0, 3, 1, 2)
  return out, cache


def spatial_batchnorm_backward(dout, cache):
  N, C, H, W = dout.shape
  dout_t = dout.transpose(0, 2, 3, 1).reshape((N*H*W, C))
  dx, dgamma, dbeta = batchnorm_backward(dout_t, cache)
  dx = dx.reshape((N, H, W, C)).transpose(0, 3, 1, 2)
  return dx, dgamma, dbeta
