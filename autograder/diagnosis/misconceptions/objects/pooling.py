"""Known wrong implementations of the pooling layer in layers.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake

_EVERY = "every = np.s_[:: self.stride]"
_Y = 'Y = windows.max(axis=(4, 5)) if self.mode == "max" else windows.mean(axis=(4, 5))'
_MEAN = "windows.mean(axis=(4, 5))"
_LARGEST = "windows.max(axis=(4, 5))"
_CUT = "windows = windows[:, every, every]"
_VIEW = "sliding_window_view(X_pad, self.kernel_shape, axis=(1, 2))"

FORWARD = [
    mistake(
        "Pool2D.forward.modes_swapped",
        "The largest numbers come in the mode of the averages, and the averages in the other.",
        (_Y, _Y.replace("==", "!=")),
    ),
    mistake(
        "Pool2D.forward.mode_ignored",
        "The layer has two modes: the largest number of a window, or its average.",
        (_Y, f"Y = {_LARGEST}"),
    ),
    mistake(
        "Pool2D.forward.summed",
        "An average is a sum divided by the number of pixels in the window.",
        (_MEAN, _MEAN.replace("mean", "sum")),
    ),
    mistake(
        "Pool2D.forward.smallest",
        "The largest number of a window is asked for.",
        (_LARGEST, _LARGEST.replace("max", "min")),
    ),
    mistake(
        "Pool2D.forward.stride_is_the_kernel",
        "Windows are one stride apart, and the stride need not be the height of a window.",
        (_EVERY, "every = np.s_[:: self.kernel_shape[0]]"),
    ),
    mistake(
        "Pool2D.forward.stride_ignored",
        "Windows are as far apart as the stride says, and not always by one pixel.",
        (_CUT, "pass"),
    ),
    mistake(
        "Pool2D.forward.padding_ignored",
        "The image without its frame of zeros is used.",
        (_EVERY, f"X_pad = X\n        {_EVERY}"),
    ),
    mistake(
        "Pool2D.forward.padding_not_counted",
        "Zeros of the frame count like other numbers: the average divides by the whole window.",
        (_MEAN, "windows.sum(axis=(4, 5)) / np.lib.stride_tricks.sliding_window_view("
                "padded(np.ones_like(X), self.pad), self.kernel_shape, axis=(1, 2))"
                "[:, every, every].sum(axis=(4, 5))"),
    ),
    mistake(
        "Pool2D.forward.padded_with_the_smallest",
        "The frame is made of zeros, which may be the largest numbers of a window.",
        (_EVERY, 'if self.mode == "max":\n            X_pad = np.where('
                 "padded(np.ones_like(X), self.pad) > 0, X_pad, X.min())\n        " + _EVERY),
    ),
    mistake(
        "Pool2D.forward.rows_and_columns_swapped",
        "The rows of a window come first: its height and its width have changed places.",
        (_VIEW, _VIEW.replace("kernel_shape", "kernel_shape[::-1]")),
    ),
    mistake(
        "Pool2D.forward.square_windows_only",
        "Windows need not be square: their height is used for their width here.",
        (_VIEW, _VIEW.replace("self.kernel_shape", "(self.kernel_shape[0],) * 2")),
    ),
    mistake(
        "Pool2D.forward.channels_mixed",
        "Channels have nothing to do with one another: each has windows of its own.",
        (_LARGEST, "np.broadcast_to(windows.max(axis=(3, 4, 5))[..., None], windows.shape[:4])"),
    ),
]  # fmt: skip

_SHARE = "share = (X_pad[beneath] == Y) & ~taken"
_ADD = "dX_pad[beneath] += share * dLdY"
_AVERAGE = "share = np.zeros_like(X_pad), 1 / (kh * kw)"
_DX = "dX = dX_pad[:, top : top + height, left : left + width]"
_MODE = 'if self.mode == "max":'

BACKWARD = [
    mistake(
        "Pool2D.backward.all_maxima",
        "Several equal maxima share the gradient of their window, or one has it: not all of them.",
        (_SHARE, "share = X_pad[beneath] == Y"),
    ),
    mistake(
        "Pool2D.backward.overwritten",
        "Windows can overlap: a pixel gets a share of the gradient from each of them.",
        (_ADD, "dX_pad[beneath] = share * dLdY + dX_pad[beneath] * (share == 0)"),
    ),
    mistake(
        "Pool2D.backward.average_not_divided",
        "Each pixel of an average has a share of one over the number of pixels.",
        (_AVERAGE, "share = np.zeros_like(X_pad), 1"),
    ),
    mistake(
        "Pool2D.backward.average_divided_by_the_height",
        "A window has its height times its width of pixels.",
        (_AVERAGE, "share = np.zeros_like(X_pad), 1 / kh"),
    ),
    mistake(
        "Pool2D.backward.every_pixel",
        "Only the largest number of a window gets its gradient.",
        (_SHARE, "share = np.ones_like(taken)"),
    ),
    mistake(
        "Pool2D.backward.mode_ignored",
        "The layer has two modes: an average passes its gradient on to all pixels of the window.",
        (_MODE, "if True:"),
    ),
    mistake(
        "Pool2D.backward.always_averaged",
        "The layer has two modes: the gradient of the largest number goes to that one alone.",
        (_MODE, "if False:"),
    ),
    mistake(
        "Pool2D.backward.padding_not_removed",
        "The gradient still has the frame of zeros: it has the shape of the images.",
        (_DX, "dX = dX_pad"),
    ),
    mistake(
        "Pool2D.backward.nothing_left_without_padding",
        "Minus zero is zero: without padding the slice that removes it is empty.",
        (_DX, "dX = dX_pad[:, top:-top, left:-left]"),
    ),
    mistake(
        "Pool2D.backward.rows_and_columns_of_the_frame_swapped",
        "The frame can be wider than it is high: its two sizes have changed places.",
        (_DX, "dX = dX_pad[:, left : left + height, top : top + width]"),
    ),
    mistake(
        "Pool2D.backward.divided_by_n",
        "A layer does not divide by the batch size: the mean is the loss's affair.",
        (_DX, f"{_DX} / len(X)"),
    ),
    mistake(
        "Pool2D.backward.stride_ignored",
        "Windows are as far apart as the stride says, in the backward pass too.",
        (_ADD, "dX_pad[:, i : i + rows, j : j + columns] += share * dLdY"),
    ),
    mistake(
        "Pool2D.backward.gaps_closed",
        "A stride larger than the window leaves gaps between the windows.",
        ('self.cache["Y"], self.stride', 'self.cache["Y"], min(self.stride, *self.kernel_shape)'),
    ),
    mistake(
        "Pool2D.backward.times_the_maximum",
        "The largest number decides where the gradient goes, and does not multiply it.",
        (_ADD, "dX_pad[beneath] += share * dLdY * (Y if self.mode == 'max' else 1)"),
    ),
]

MISCONCEPTIONS = (*FORWARD, *BACKWARD)
