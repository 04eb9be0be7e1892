import numpy as np

from ..layers import *
from ..layer_utils import *


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params['W1'] = weight_scale * np.random.randn(input_dim, hidden_dim)
        self.params['W2'] = weight_scale * np.random.randn(hidden_dim, num_classes)
        self.params['b1'] = np.zeros(hidden_dim)
        self.params['b2'] = np.zeros(num_classes)

    def loss(self, X, y=None):
        hidden, cache_hidden = affine_relu_forward(X, self.params['W1'], self.params['b1'])
        scores, cache_scores = affine_forward(hidden, self.params['W2'], self.params['b2'])
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        for name in ['W1', 'W2']:
            loss += 0.5 * self.reg * np.linalg.norm(self.params[name]) ** 2
        dhidden, grads['W2'], grads['b2'] = affine_backward(dscores, cache_scores)
        _, grads['W1'], grads['b1'] = affine_relu_backward(dhidden, cache_hidden)
        for name in ['W1', 'W2']:
            grads[name] += self.reg * self.params[name]
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

        n_in = input_dim
        for i, n_out in enumerate(hidden_dims + [num_classes]):
            self.params[f'W{i + 1}'] = np.random.randn(n_in, n_out) * weight_scale
            self.params[f'b{i + 1}'] = np.zeros(n_out)
            if use_batchnorm and i < len(hidden_dims):
                self.params[f'gamma{i + 1}'] = np.ones(n_out)
                self.params[f'beta{i + 1}'] = np.zeros(n_out)
            n_in = n_out

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
        caches, dropout_caches = [], []
        out = X
        for i in range(self.num_layers - 1):
            W, b = self.params[f'W{i + 1}'], self.params[f'b{i + 1}']
            if self.use_batchnorm:
                out, cache = affine_relu_bn_forward(
                    out, W, b, self.params[f'gamma{i + 1}'], self.params[f'beta{i + 1}'], self.bn_params[i])
            else:
                out, cache = affine_relu_forward(out, W, b)
            caches.append(cache)
            if self.use_dropout:
                out, cache = dropout_forward(out, self.dropout_param)
                dropout_caches.append(cache)
        n = self.num_layers
        scores, cache = affine_forward(out, self.params[f'W{n}'], self.params[f'b{n}'])

        # If test mode return early
        if mode == 'test':
            return scores

        loss, grads = 0.0, {}
        loss, dout = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum((self.params[f'W{i + 1}'] ** 2).sum() for i in range(n))
        dout, grads[f'W{n}'], grads[f'b{n}'] = affine_backward(dout, cache)
        for i in range(n - 2, -1, -1):
            if self.use_dropout:
                dout = dropout_backward(dout, dropout_caches[i])
            if self.use_batchnorm:
                dout, dW, db, dgamma, dbeta = affine_relu_bn_backward(dout, caches[i])
                grads[f'gamma{i + 1}'], grads[f'beta{i + 1}'] = dgamma, dbeta
            else:
                dout, dW, db = affine_relu_backward(dout, caches[i])
            grads[f'W{i + 1}'], grads[f'b{i + 1}'] = dW, db
        for i in range(n):
            grads[f'W{i + 1}'] += self.reg * self.params[f'W{i + 1}']
        return loss, grads
