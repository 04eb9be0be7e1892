"""The courses' names of what the assignment's fast layers do."""

from importlib import import_module

_ours = import_module(".own_fast_layers", __package__)
conv_forward_fast = conv_forward_im2col = conv_forward_strides = _ours.conv_forward_fast
conv_backward_fast = conv_backward_im2col = conv_backward_strides = _ours.conv_backward_fast
max_pool_forward_fast = max_pool_forward_im2col = _ours.max_pool_forward_fast
max_pool_backward_fast = max_pool_backward_im2col = _ours.max_pool_backward_fast
max_pool_forward_reshape, max_pool_backward_reshape = max_pool_forward_fast, max_pool_backward_fast
