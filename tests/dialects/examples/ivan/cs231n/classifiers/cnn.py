from builtins import object
import numpy as np

from ..layers import *
from ..fast_layers import *
from ..layer_utils import *


class ThreeLayerConvNet(object):
    """conv - relu - 2x2 max pool - affine - relu - affine - softmax"""

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
    ):
        self.params = {}
        self.reg = reg
        self.dtype = dtype
        C, H, W = input_dim
        self.params["W1"] = np.random.randn(num_filters, C, filter_size, filter_size) * weight_scale
        self.params["b1"] = np.zeros((num_filters))
        self.params["W2"] = np.random.randn(num_filters * H * W // 4, hidden_dim) * weight_scale
        self.params["b2"] = np.zeros((hidden_dim))
        self.params["W3"] = np.random.randn(hidden_dim, num_classes) * weight_scale
        self.params["b3"] = np.zeros((num_classes))
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        W3, b3 = self.params["W3"], self.params["b3"]
        filter_size = W1.shape[2]
        conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}

        scores = None
        l1, cache1 = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        l2, cache2 = affine_relu_forward(l1, W2, b2)
        scores, cache3 = affine_forward(l2, W3, b3)
        if y is None:
            return scores

        loss, grads = 0, {}
        loss, dscores = softmax_loss(scores, y)
        loss += sum(0.5 * self.reg * np.sum(W * W) for W in [W1, W2, W3])
        dl2, grads["W3"], grads["b3"] = affine_backward(dscores, cache3)
        dl1, grads["W2"], grads["b2"] = affine_relu_backward(dl2, cache2)
        _, grads["W1"], grads["b1"] = conv_relu_pool_backward(dl1, cache1)
        grads["W1"] += self.reg * W1
        grads["W2"] += self.reg * W2
        grads["W3"] += self.reg * W3
        return loss, grads
