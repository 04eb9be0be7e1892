import numpy as np

from ..layers import *
from ..layer_utils import *


class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-2, reg=0.0):
        self.params = {}
        self.reg = reg
        for name, shape in {'1': (input_dim, hidden_dim), '2': (hidden_dim, num_classes)}.items():
            self.params['W' + name] = np.random.normal(0, weight_scale, shape)
            self.params['b' + name] = np.zeros(shape[1])

    def loss(self, X, y=None):
        scores = None
        W1, b1, W2, b2 = [self.params[k] for k in ('W1', 'b1', 'W2', 'b2')]
        h, c1 = affine_relu_forward(X, W1, b1)
        scores, c2 = affine_forward(h, W2, b2)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, d = softmax_loss(scores, y)
        loss += .5 * self.reg * ((W1 ** 2).sum() + (W2 ** 2).sum())
        d, grads['W2'], grads['b2'] = affine_backward(d, c2)
        _, grads['W1'], grads['b1'] = affine_relu_backward(d, c1)
        grads['W1'] += self.reg * W1
        grads['W2'] += self.reg * W2
        return loss, grads


class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3 * 32 * 32, num_classes=10,
                 dropout=0, use_batchnorm=False, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None, initialization='random'):
        self.use_batchnorm = use_batchnorm
        self.use_dropout = dropout > 0
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        dims = [input_dim] + hidden_dims + [num_classes]
        for i in range(self.num_layers):
            fan_in, fan_out = dims[i], dims[i + 1]
            if initialization == 'random':
                W = np.random.normal(0, weight_scale, (fan_in, fan_out))
            elif initialization == 'he':
                W = np.random.normal(0, np.sqrt(2.0 / fan_in), (fan_in, fan_out))
            else:
                W = np.zeros((fan_in, fan_out))
            self.params['W%d' % (i + 1)] = W
            self.params['b%d' % (i + 1)] = np.zeros(fan_out)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.use_batchnorm:
            self.bn_params = [{'mode': 'train'} for i in np.arange(self.num_layers - 1)]
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

        caches = {}
        h = X
        for i in range(1, self.num_layers):
            h, caches[i] = affine_relu_forward(h, self.params['W%d' % i], self.params['b%d' % i])
        i = self.num_layers
        scores, caches[i] = affine_forward(h, self.params['W%d' % i], self.params['b%d' % i])
        if mode == 'test':
            return scores

        loss, grads = 0.0, {}
        loss, d = softmax_loss(scores, y)
        for i in reversed(range(1, self.num_layers + 1)):
            W = self.params['W%d' % i]
            back = affine_backward if i == self.num_layers else affine_relu_backward
            d, grads['W%d' % i], grads['b%d' % i] = back(d, caches[i])
            grads['W%d' % i] += self.reg * W
            loss += .5 * self.reg * np.sum(W ** 2)
        return loss, grads
