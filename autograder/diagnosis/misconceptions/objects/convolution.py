"""Known wrong implementations of the convolution in layers.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake
from autograder.diagnosis.misconceptions.objects.layers import ADDED, NAMES, ONCE, initial

_SHAPE = "(*self.kernel_shape, self.n_in, self.n_out)"
_W = f"W = self.init_weights({_SHAPE})"

INIT = [
    *initial("Conv2D.init", _SHAPE),
    mistake(
        "Conv2D.init.filters_first",
        "The filters are the last axis here: other libraries have them first.",
        (_W, "W = self.init_weights((self.n_out, self.n_in, *self.kernel_shape))"),
    ),
    mistake(
        "Conv2D.init.channels_and_filters_swapped",
        "The third axis belongs to the channels, the last one to the filters.",
        (_W, "W = self.init_weights((*self.kernel_shape, self.n_out, self.n_in))"),
    ),
    mistake(
        "Conv2D.init.drawn_in_another_order",
        "The initializer counts by the order of the axes: it has to be asked for the final one.",
        (_W, "W = self.init_weights((self.n_out, self.n_in, *self.kernel_shape))"
             ".transpose(2, 3, 1, 0)"),
    ),
    mistake(
        "Conv2D.init.rows_and_columns_swapped",
        "Rows of the kernel come first, then its columns.",
        (_W, "W = self.init_weights((*self.kernel_shape[::-1], self.n_in, self.n_out))"),
    ),
    mistake(
        "Conv2D.init.biases_of_channels",
        "Each filter has one bias: there are as many as output channels.",
        ("np.zeros((1, self.n_out))", "np.zeros((1, self.n_in))"),
    ),
]  # fmt: skip

_SIZES = "s, (kh, kw) = self.stride, self.kernel_shape"
_COUNTS = "rows, columns = (X_pad.shape[1] - kh) // s + 1, (X_pad.shape[2] - kw) // s + 1"
_Z = "Z = b + sum("
_TERM = "X_pad[:, i : i + s * rows : s, j : j + s * columns : s] @ W[i, j]"
_PAIRS = "for i, j in np.ndindex(kh, kw)"
_PARAMETERS = 'W, b = self.parameters["W"], self.parameters["b"]'
_Y = "Y = self.activation.forward(Z)"

FORWARD = [
    mistake("Conv2D.forward.bias_missing", "The biases are never used.", (_Z, "Z = sum(")),
    mistake(
        "Conv2D.forward.bias_in_every_product",
        "A window gets its bias once, not once for every pixel beneath the kernel.",
        (_Z, "Z = sum("),
        (_TERM, f"{_TERM} + b"),
    ),
    mistake(
        "Conv2D.forward.flipped",
        "The kernel is flipped, as mathematicians do: here it lies on the image as it is.",
        (_TERM, _TERM.replace("W[i, j]", "W[kh - 1 - i, kw - 1 - j]")),
    ),
    mistake(
        "Conv2D.forward.padding_ignored",
        "The image without its frame of zeros is used.",
        (_SIZES, f"X_pad = X\n        {_SIZES}"),
    ),
    mistake(
        "Conv2D.forward.stride_ignored",
        "Windows are as far apart as the stride says, and not always by one pixel.",
        (_SIZES, "s, (kh, kw) = 1, self.kernel_shape"),
    ),
    mistake(
        "Conv2D.forward.rows_for_both",
        "Images need not be square: rows and columns have to be counted each.",
        (_COUNTS, "rows = columns = (X_pad.shape[1] - kh) // s + 1"),
    ),
    mistake(
        "Conv2D.forward.square_kernels_only",
        "Kernels need not be square: their height is used for their width here.",
        (_COUNTS, _COUNTS.replace("kw", "kh")),
        (_PAIRS, "for i, j in np.ndindex(kh, min(kh, kw))"),
    ),
    mistake(
        "Conv2D.forward.size_taken_from_the_image",
        "Only odd kernels with stride 1 keep the size of an image: count the windows that fit.",
        (_COUNTS, "rows, columns = X.shape[1] // s, X.shape[2] // s"),
    ),
    mistake(
        "Conv2D.forward.one_window_short",
        "The number of windows is one too small in each direction.",
        (_COUNTS, "rows, columns = (X_pad.shape[1] - kh) // s, (X_pad.shape[2] - kw) // s"),
    ),
    mistake(
        "Conv2D.forward.activation_missing",
        "The activation is part of the layer, and it is left out.",
        (_Y, "Y = Z"),
    ),
    mistake(
        "Conv2D.forward.first_channel_only",
        "All channels of a window count, not only the first one.",
        (_TERM, "X_pad[:, i : i + s * rows : s, j : j + s * columns : s, :1] @ W[i, j, :1]"),
    ),
    mistake(
        "Conv2D.forward.parameters_read_once",
        ONCE,
        (_PARAMETERS, 'self.kept = self.__dict__.get("kept", dict(self.parameters))\n'
                      '        W, b = self.kept["W"], self.kept["b"]'),
    ),
    mistake(
        "Conv2D.forward.averaged",
        "A window's answer is a sum over its pixels, not a mean.",
        (_TERM, f"{_TERM} / (kh * kw)"),
    ),
]  # fmt: skip

_STORED = 'self.gradients["W"] = dW'
_STATE = 'X, W, s = self.cache["X"], self.parameters["W"], self.stride'
_DZ = 'dZ = self.activation.backward(self.cache["Z"], dLdY)'
_DB = 'self.gradients["b"] = dZ.sum(axis=(0, 1, 2))[np.newaxis]'
_DX = "dX = dX_pad[:, top : top + height, left : left + width]"
_BENEATH = "dX_pad[beneath] += dZ @ W[i, j].T"
_DW = "dW[i, j] = np.tensordot(X_pad[beneath], dZ, axes=([0, 1, 2], [0, 1, 2]))"
_SLICES = "beneath = np.s_[:, i : i + s * rows : s, j : j + s * columns : s]"

BACKWARD = [
    mistake(
        "Conv2D.backward.overwritten",
        "Windows overlap: a pixel gets a share of the gradient from each of them.",
        (_BENEATH, _BENEATH.replace("+=", "=")),
    ),
    mistake(
        "Conv2D.backward.flat_db",
        "The gradient of the biases has the shape of the biases: a row, with two axes.",
        (_DB, 'self.gradients["b"] = dZ.sum(axis=(0, 1, 2))'),
    ),
    mistake(
        "Conv2D.backward.db_of_each_pixel",
        "All windows of all images use the same biases: rows and columns are summed as well.",
        (_DB, 'self.gradients["b"] = dZ.sum(axis=0, keepdims=True)'),
    ),
    mistake(
        "Conv2D.backward.db_averaged",
        "The gradient of the biases is a sum over all windows, not their mean.",
        (_DB, _DB.replace("sum", "mean")),
    ),
    mistake(
        "Conv2D.backward.padding_not_removed",
        "The gradient still has the frame of zeros: it has the shape of the images.",
        (_DX, "dX = dX_pad"),
    ),
    mistake(
        "Conv2D.backward.nothing_left_without_padding",
        "Minus zero is zero: without padding the slice that removes it is empty.",
        (_DX, "dX = dX_pad[:, top:-top, left:-left]"),
    ),
    mistake(
        "Conv2D.backward.rows_and_columns_of_the_frame_swapped",
        "The frame can be wider than it is high: its two sizes have changed places.",
        (_DX, "dX = dX_pad[:, left : left + height, top : top + width]"),
    ),
    mistake(
        "Conv2D.backward.divided_by_n",
        "A layer does not divide by the batch size: the mean is the loss's affair.",
        (_STORED, f"{_STORED} / len(X)"),
        (_DB, f"{_DB} / len(X)"),
    ),
    mistake(
        "Conv2D.backward.activation_ignored",
        "The gradient passes the activation before it reaches the filters.",
        (_DZ, "dZ = dLdY"),
    ),
    mistake(
        "Conv2D.backward.activation_of_the_output",
        "The activation takes the score that it got in the forward pass, not what it made of it.",
        (_DZ, 'dZ = self.activation.backward(self.activation.forward(self.cache["Z"]), dLdY)'),
    ),
    mistake(
        "Conv2D.backward.stride_ignored",
        "Windows are as far apart as the stride says, in the backward pass too.",
        (_STATE, _STATE.replace("self.stride", "1")),
    ),
    mistake(
        "Conv2D.backward.gaps_closed",
        "A stride larger than the kernel leaves gaps between the windows.",
        (_STATE, _STATE.replace("self.stride", "min(self.stride, *self.kernel_shape)")),
    ),
    mistake(
        "Conv2D.backward.stride_ignored_in_dx",
        "The gradient of the images goes back to where the windows were, one stride apart.",
        (_BENEATH, "dX_pad[:, i : i + rows, j : j + columns] += dZ @ W[i, j].T"),
    ),
    mistake(
        "Conv2D.backward.flipped",
        "Each entry of the kernel goes back to the pixels that lay beneath it: it is not flipped.",
        (_BENEATH, _BENEATH.replace("W[i, j]", "W[-1 - i, -1 - j]")),
    ),
    mistake(
        "Conv2D.backward.added",
        ADDED,
        (_STORED, _STORED.replace("] = ", "] += ")),
        (_DB, _DB.replace("] = ", "] += ")),
    ),
    mistake(
        "Conv2D.backward.other_names",
        NAMES,
        (_STORED, _STORED.replace('["W"]', '["dW"]')),
        (_DB, _DB.replace('["b"]', '["db"]')),
    ),
    mistake(
        "Conv2D.backward.image_without_its_frame",
        "The windows lay on the image with its frame of zeros.",
        ("X_pad, dW = padded(X, self.pad)",
         "X_pad, dW = np.roll(padded(X, self.pad), [-side for side in self.pad], (1, 2))"),
    ),
    mistake(
        "Conv2D.backward.last_example_only",
        "Every example contributes to the gradient of the filters: only the last one is left.",
        (_DW, "dW[i, j] = np.tensordot(X_pad[beneath][-1], dZ[-1], axes=([0, 1], [0, 1]))"),
    ),
    mistake(
        "Conv2D.backward.step_taken",
        "The filters are changed here: how far they move is the optimizer's affair.",
        (_DX, f'{_DX}\n        self.parameters["W"] = W - 0.01 * dW'),
    ),
]  # fmt: skip

MISCONCEPTIONS = (*INIT, *FORWARD, *BACKWARD)
