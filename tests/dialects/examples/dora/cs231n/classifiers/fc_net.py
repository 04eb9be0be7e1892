from builtins import range
from builtins import object
import numpy as np

from cs231n.layers import *
from cs231n.layer_utils import *


class TwoLayerNet(object):
    def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
                 weight_scale=1e-3, reg=0.0):
        self.params = {}
        self.reg = reg
        self.params = dict(W1=np.random.normal(scale=weight_scale, size=(input_dim, hidden_dim)),
                           b1=np.zeros(hidden_dim),
                           W2=np.random.normal(scale=weight_scale, size=(hidden_dim, num_classes)),
                           b2=np.zeros(num_classes))

    def loss(self, X, y=None):
        scores = None
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        z1, fc1 = affine_forward(X, W1, b1)
        a1, relu1 = relu_forward(z1)
        scores, fc2 = affine_forward(a1, W2, b2)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss += self.reg / 2 * (np.sum(W1 * W1) + np.sum(W2 * W2))
        da1, dW2, db2 = affine_backward(dscores, fc2)
        dz1 = relu_backward(da1, relu1)
        _, dW1, db1 = affine_backward(dz1, fc1)
        grads = {'W1': dW1 + self.reg * W1, 'b1': db1, 'W2': dW2 + self.reg * W2, 'b2': db2}
        return loss, grads


class FullyConnectedNet(object):
    """
    {affine - [batch/layer norm] - relu - [dropout]} x (L - 1) - affine - softmax
    """

    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
                 dropout=1, normalization=None, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        dims = np.hstack((input_dim, hidden_dims, num_classes))
        for l in range(self.num_layers):
            self.params['W' + str(l + 1)] = weight_scale * np.random.randn(dims[l], dims[l + 1])
            self.params['b' + str(l + 1)] = np.zeros(dims[l + 1])
        if self.normalization is not None:
            for l in range(self.num_layers - 1):
                self.params['gamma' + str(l + 1)] = np.ones(dims[l + 1])
                self.params['beta' + str(l + 1)] = np.zeros(dims[l + 1])

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout}
            if seed is not None:
                self.dropout_param['seed'] = seed

        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'

        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode

        scores = None
        caches, h = [], X
        for l in range(1, self.num_layers):
            h, cache = self._block(h, l)
            caches.append(cache)
        last = str(self.num_layers)
        scores, cache = affine_forward(h, self.params['W' + last], self.params['b' + last])

        if mode == 'test':
            return scores

        loss, grads = 0.0, {}
        loss, dout = softmax_loss(scores, y)
        dout, grads['W' + last], grads['b' + last] = affine_backward(dout, cache)
        for l in reversed(range(1, self.num_layers)):
            dout = self._block_back(dout, caches.pop(), l, grads)
        for name in self.params:
            if name[0] == 'W':
                loss += .5 * self.reg * np.sum(np.square(self.params[name]))
                grads[name] += self.reg * self.params[name]
        return loss, grads

    def _block(self, h, l):
        l = str(l)
        norm_cache = do_cache = None
        h, fc_cache = affine_forward(h, self.params['W' + l], self.params['b' + l])
        if self.normalization:
            norm = {'batchnorm': batchnorm_forward, 'layernorm': layernorm_forward}
            args = self.params['gamma' + l], self.params['beta' + l], self.bn_params[int(l) - 1]
            h, norm_cache = norm[self.normalization](h, *args)
        h, relu_cache = relu_forward(h)
        if self.use_dropout:
            h, do_cache = dropout_forward(h, self.dropout_param)
        return h, (fc_cache, norm_cache, relu_cache, do_cache)

    def _block_back(self, dout, cache, l, grads):
        l = str(l)
        fc_cache, norm_cache, relu_cache, do_cache = cache
        if self.use_dropout:
            dout = dropout_backward(dout, do_cache)
        dout = relu_backward(dout, relu_cache)
        if self.normalization == 'batchnorm':
            dout, grads['gamma' + l], grads['beta' + l] = batchnorm_backward_alt(dout, norm_cache)
        elif self.normalization == 'layernorm':
            dout, grads['gamma' + l], grads['beta' + l] = layernorm_backward(dout, norm_cache)
        dout, grads['W' + l], grads['b' + l] = affine_backward(dout, fc_cache)
        return dout
