import numpy as np
import pdb

"""
Written for ECE C147/C247; the comments mark what was to be filled in.
"""


def affine_forward(x, w, b):
  """
  Computes the forward pass for an affine (fully-connected) layer.
  """

  # ================================================================ #
  # YOUR CODE HERE:
  #   Calculate the output of the forward pass.
  # ================================================================ #

  x_vec = x.reshape([x.shape[0], np.prod(x.shape[1:])])
  out = x_vec @ w + b

  # ================================================================ #
  # END YOUR CODE HERE
  # ================================================================ #

  cache = (x, w, b)
  return out, cache


def affine_backward(dout, cache):
  x, w, b = cache
  dx, dw, db = None, None, None

  # dout is N x M, so dx is N x D
  x_vec = x.reshape(x.shape[0], -1)
  db = np.sum(dout.T, axis=1)
  dw = (dout.T @ x_vec).T
  dx = np.reshape(dout @ w.T, x.shape)

  return dx, dw, db


def relu_forward(x):
  relu = lambda z: z * (z > 0)
  out = relu(x)
  cache = x
  return out, cache


def relu_backward(dout, cache):
  x = cache
  dx = dout * (x > 0).astype(dout.dtype)
  return dx


def batchnorm_forward(x, gamma, beta, bn_param):
  mode = bn_param['mode']
  eps = bn_param.get('eps', 1e-5)
  momentum = bn_param.get('momentum', 0.9)

  N, D = x.shape
  running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
  running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))

  out, cache = None, None
  if mode == 'train':
    mu = np.mean(x, axis=0)
    var = np.mean((x - mu)**2, axis=0)
    running_mean = momentum * running_mean + (1 - momentum) * mu
    running_var = momentum * running_var + (1 - momentum) * var
    xhat = (x - mu)/np.sqrt(var + eps)
    out = gamma * xhat + beta
    cache = {'x': x, 'xhat': xhat, 'mu': mu, 'var': var, 'gamma': gamma, 'eps': eps}
  elif mode == 'test':
    out = gamma * ((x - running_mean)/np.sqrt(running_var + eps)) + beta
  else:
    raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

  bn_param['running_mean'] = running_mean
  bn_param['running_var'] = running_var
  return out, cache


def batchnorm_backward(dout, cache):
  x, xhat, mu, var = cache['x'], cache['xhat'], cache['mu'], cache['var']
  gamma, eps = cache['gamma'], cache['eps']
  m = dout.shape[0]
  dbeta = np.sum(dout, axis=0)
  dgamma = np.sum(dout * xhat, axis=0)
  dxhat = dout * gamma
  da = dxhat / np.sqrt(var + eps)
  dmu = -np.sum(da, axis=0)
  dvar = -0.5 * np.sum(dxhat * (x - mu), axis=0) / (var + eps)**(3/2)
  dx = da + 2 * (x - mu) / m * dvar + dmu / m
  return dx, dgamma, dbeta


def dropout_forward(x, dropout_param):
  """
  - dropout_param: A dictionary with the following keys:
    - p: Dropout parameter. We drop each neuron output with probability p.
    - mode: 'test' or 'train'. If the mode is train, then perform dropout;
      if the mode is test, then just return the input.
  """
  p, mode = dropout_param['p'], dropout_param['mode']
  if 'seed' in dropout_param:
    np.random.seed(dropout_param['seed'])

  mask = None
  out = None

  if mode == 'train':
    mask = (np.random.random_sample(x.shape) < (1 - p)) / (1 - p)
    out = x * mask
  elif mode == 'test':
    out = x

  cache = (dropout_param, mask)
  out = out.astype(x.dtype, copy=False)
  return out, cache


def dropout_backward(dout, cache):
  dropout_param, mask = cache
  mode = dropout_param['mode']
  dx = None
  if mode == 'train':
    dx = dout * mask
  elif mode == 'test':
    dx = dout
  return dx


def svm_loss(x, y):
  N = x.shape[0]
  correct_class_scores = x[np.arange(N), y]
  margins = np.maximum(0, x - correct_class_scores[:, np.newaxis] + 1.0)
  margins[np.arange(N), y] = 0
  loss = np.sum(margins) / N
  num_pos = np.sum(margins > 0, axis=1)
  dx = np.zeros_like(x)
  dx[margins > 0] = 1
  dx[np.arange(N), y] -= num_pos
  dx /= N
  return loss, dx


def softmax_loss(x, y):
  probs = np.exp(x - np.max(x, axis=1, keepdims=True))
  probs /= np.sum(probs, axis=1, keepdims=True)
  N = x.shape[0]
  loss = -np.sum(np.log(np.maximum(probs[np.arange(N), y], 1e-8))) / N
  dx = probs.copy()
  dx[np.arange(N), y] -= 1
  dx /= N
  return loss, dx
