from builtins import object
import numpy as np

from cs231n.layers import *
from cs231n.fast_layers import *
from cs231n.layer_utils import *


class ThreeLayerConvNet(object):
    def __init__(self, input_dim=(3, 32, 32), num_filters=32, filter_size=7,
                 hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0,
                 dtype=np.float32):
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        shapes = {'W1': (num_filters, C, filter_size, filter_size),
                  'W2': (num_filters * (H // 2) * (W // 2), hidden_dim),
                  'W3': (hidden_dim, num_classes)}
        for i, n in enumerate((num_filters, hidden_dim, num_classes), 1):
            self.params['W%d' % i] = np.random.normal(0, weight_scale, shapes['W%d' % i])
            self.params['b%d' % i] = np.zeros(n)
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        W3, b3 = self.params['W3'], self.params['b3']
        filter_size = W1.shape[2]
        conv_param = {'stride': 1, 'pad': (filter_size - 1) // 2}
        pool_param = {'pool_height': 2, 'pool_width': 2, 'stride': 2}

        scores = None
        conv, conv_cache = conv_forward_im2col(X, W1, b1, conv_param)
        relu, relu_cache = relu_forward(conv)
        pool, pool_cache = max_pool_forward_fast(relu, pool_param)
        hidden, hidden_cache = affine_relu_forward(pool, W2, b2)
        scores, scores_cache = affine_forward(hidden, W3, b3)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dout = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))
        dout, dW3, grads['b3'] = affine_backward(dout, scores_cache)
        dout, dW2, grads['b2'] = affine_relu_backward(dout, hidden_cache)
        dout = max_pool_backward_fast(dout, pool_cache)
        dout = relu_backward(dout, relu_cache)
        _, dW1, grads['b1'] = conv_backward_im2col(dout, conv_cache)
        grads['W1'] = dW1 + self.reg * W1
        grads['W2'] = dW2 + self.reg * W2
        grads['W3'] = dW3 + self.reg * W3
        return loss, grads
