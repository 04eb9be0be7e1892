import numpy as np

from ..layers import *
from ..fast_layers import *
from ..layer_utils import *


class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
                 hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
                 dtype=np.float32):
        self.params = {}
        self.reg = reg
        self.dtype = dtype

        C, H, W = input_dim
        self.params['W1'] = np.random.normal(0, weight_scale, size=[num_filters, C, filter_size, filter_size])
        self.params['b1'] = np.zeros(num_filters)
        self.params['W2'] = np.random.normal(0, weight_scale, size=[int(num_filters * H / 2 * W / 2), hidden_dim])
        self.params['b2'] = np.zeros(hidden_dim)
        self.params['W3'] = np.random.normal(0, weight_scale, size=[hidden_dim, num_classes])
        self.params['b3'] = np.zeros(num_classes)

        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        W3, b3 = self.params['W3'], self.params['b3']
        filter_size = W1.shape[2]
        conv_param = {'stride': 1, 'pad': (filter_size - 1) / 2}
        conv_param['pad'] = int(conv_param['pad'])
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}

        scores = None
        out_1, cache_1 = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        out_2, cache_2 = affine_relu_forward(out_1, W2, b2)
        scores, cache_3 = affine_forward(out_2, W3, b3)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1 ** 2) + np.sum(W2 ** 2) + np.sum(W3 ** 2))
        dout_2, grads['W3'], grads['b3'] = affine_backward(dscores, cache_3)
        dout_1, grads['W2'], grads['b2'] = affine_relu_backward(dout_2, cache_2)
        dX, grads['W1'], grads['b1'] = conv_relu_pool_backward(dout_1, cache_1)
        for k in ['W1', 'W2', 'W3']:
            grads[k] += self.reg * self.params[k]
        return loss, grads
