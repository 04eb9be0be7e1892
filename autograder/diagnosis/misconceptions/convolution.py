"""Known wrong implementations of the convolution, pooling and spatial norm layers in layers.py."""

from autograder.diagnosis.catalogue import Misconception

FORWARD, BACKWARD = "Convolution: forward", "Convolution: backward"
POOLING = "Part B · Max pooling"
BATCH, GROUP = "Spatial batch normalization", "Spatial group normalization"
HEADINGS = {
    "conv_forward_naive": FORWARD,
    "conv_backward_naive": BACKWARD,
    "max_pool_forward_naive": POOLING,
    "max_pool_backward_naive": POOLING,
    "spatial_batchnorm_forward": BATCH,
    "spatial_batchnorm_backward": BATCH,
    "spatial_groupnorm_forward": GROUP,
    "spatial_groupnorm_backward": GROUP,
}


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    task = name.rpartition(".")[0]
    section = f"5-ConvolutionalNetworks.ipynb: {HEADINGS[task]}"
    return Misconception(name, task, "deepnets/layers.py", edits, hint, section)


_PAD = "    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))"
_SIZE = "height, width = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride"
_DOUBLE = '    if x.dtype != np.float64:\n        raise TypeError("x must be float64")'
_CORNER = "top, left = i * stride, j * stride\n        window = padded"
_WINDOW = "window = padded[n, :, top : top + HH, left : left + WW]"
_SUM = "out[n, f, i, j] = np.sum(window * w[f]) + b[f]"

CONV_FORWARD = [
    _mistake(
        "conv_forward_naive.filter_size_of_the_notebook",
        "The filters are taken to be 4 x 4, as in the notebook's example; w tells their size.",
        ("F, _, HH, WW = w.shape", "F, HH, WW = len(w), 4, 4"),
    ),
    _mistake(
        "conv_forward_naive.stride_ignored",
        "The output has the right size, but its windows are always one pixel apart: the stride is "
        "the distance of two windows.",
        (_CORNER, "top, left = i, j\n        window = padded"),
    ),
    _mistake(
        "conv_forward_naive.strides_up_to_two",
        "Windows are at most two pixels apart: the stride may be any whole number.",
        (_CORNER, _CORNER.replace("stride", "min(stride, 2)")),
    ),
    _mistake(
        "conv_forward_naive.stride_not_in_the_size",
        "The output is as large as with stride 1: a larger stride leaves fewer windows.",
        (_SIZE, _SIZE.replace(" // stride", "")),
    ),
    _mistake(
        "conv_forward_naive.size_not_whole",
        "The single slash gives a float, and a float is no size of an array.",
        (_SIZE, _SIZE.replace("//", "/")),
    ),
    _mistake(
        "conv_forward_naive.size_off_by_one",
        "The output is one row and one column too small: count the first window too.",
        (_SIZE, _SIZE.replace("1 + ", "")),
    ),
    _mistake(
        "conv_forward_naive.size_rounded_up",
        "The last window sticks out of the image: windows that do not fit are left out.",
        (_SIZE, "height = 1 - (HH - H - 2 * pad) // stride\n"
         "    width = 1 - (WW - W - 2 * pad) // stride"),
    ),
    _mistake(
        "conv_forward_naive.padding_counted_once",
        "The size of the output counts the padding of one side only; there are two.",
        (_SIZE, _SIZE.replace("2 * pad", "pad")),
    ),
    _mistake(
        "conv_forward_naive.padding_not_in_the_size",
        "The size of the output does not count the padding.",
        (_SIZE, _SIZE.replace(" + 2 * pad", "")),
    ),
    _mistake(
        "conv_forward_naive.height_for_both",
        "The width of the output is computed from the height of the image.",
        (_SIZE, "height = width = 1 + (H + 2 * pad - HH) // stride"),
    ),
    _mistake(
        "conv_forward_naive.not_padded",
        "The image is never padded, though the output is large enough for it.",
        (_PAD, "    padded = x"),
    ),
    _mistake(
        "conv_forward_naive.one_row_of_zeros",
        "Every side gets a single row of zeros, whatever pad is.",
        (_PAD, f"    pad = min(pad, 1)\n{_PAD}"),
    ),
    _mistake(
        "conv_forward_naive.all_axes_padded",
        "The padding also adds images and channels: only height and width get zeros.",
        (_PAD, "    padded = np.pad(x, pad)"),
    ),
    _mistake(
        "conv_forward_naive.channels_padded",
        "The padding also adds channels: only height and width get zeros.",
        (_PAD, _PAD.replace("((0, 0), (0, 0),", "((0, 0), (pad, pad),")),
    ),
    _mistake(
        "conv_forward_naive.padded_at_the_start",
        "All zeros are put at the top and on the left: each side gets its own share.",
        (_PAD, _PAD.replace("(pad, pad)", "(2 * pad, 0)")),
    ),
    _mistake(
        "conv_forward_naive.padded_at_the_end",
        "All zeros are put at the bottom and on the right: each side gets its own share.",
        (_PAD, _PAD.replace("(pad, pad)", "(0, 2 * pad)")),
    ),
    _mistake(
        "conv_forward_naive.padded_with_the_border",
        "The padding repeats the pixels at the border; zeros are asked for.",
        (_PAD, _PAD.replace("pad)))", 'pad)), mode="edge")')),
    ),
    _mistake(
        "conv_forward_naive.padded_with_ones",
        "The padding consists of ones; zeros are asked for.",
        (_PAD, _PAD.replace("pad)))", "pad)), constant_values=1)")),
    ),
    _mistake(
        "conv_forward_naive.bias_missing",
        "The bias is never used.",
        (_SUM, _SUM.removesuffix(" + b[f]")),
    ),
    _mistake(
        "conv_forward_naive.bias_subtracted",
        "The bias enters with the wrong sign.",
        (_SUM, _SUM.replace(" + b[f]", " - b[f]")),
    ),
    _mistake(
        "conv_forward_naive.bias_per_element",
        "The bias is inside of the sum, so that it is added once for every element of the window.",
        (_SUM, "out[n, f, i, j] = np.sum(window * w[f] + b[f])"),
    ),
    _mistake(
        "conv_forward_naive.bias_per_channel",
        "The bias is added once for every channel; it belongs to the filter as a whole.",
        (_SUM, _SUM.replace("b[f]", "len(window) * b[f]")),
    ),
    _mistake(
        "conv_forward_naive.one_bias_for_all",
        "All filters get the bias of the first one.",
        (_SUM, _SUM.replace("b[f]", "b[0]")),
    ),
    _mistake(
        "conv_forward_naive.filter_flipped",
        "The filters are flipped, as signal processing does it; here they are used as they are.",
        (_SUM, _SUM.replace("w[f]", "w[f, :, ::-1, ::-1]")),
    ),
    _mistake(
        "conv_forward_naive.filter_transposed",
        "The rows and columns of the filters have changed places.",
        (_SUM, _SUM.replace("w[f]", "w[f].swapaxes(1, 2)")),
    ),
    _mistake(
        "conv_forward_naive.one_filter_for_all",
        "All output channels come from the first filter.",
        (_SUM, _SUM.replace("w[f]", "w[0]")),
    ),
    _mistake(
        "conv_forward_naive.one_image_for_all",
        "All outputs come from the first image.",
        (_WINDOW, _WINDOW.replace("[n,", "[0,")),
    ),
    _mistake(
        "conv_forward_naive.averaged",
        "The products of a window are averaged; they are summed.",
        (_SUM, _SUM.replace("np.sum", "np.mean")),
    ),
    _mistake(
        "conv_forward_naive.first_channel_only",
        "Only the first channel takes part: a filter reaches through all of them.",
        (_SUM, _SUM.replace("window * w[f]", "window[0] * w[f, 0]")),
    ),
    _mistake(
        "conv_forward_naive.last_channel_only",
        "Only the last channel is left: each one overwrites those before it.",
        (_SUM, _SUM.replace("window * w[f]", "window[-1] * w[f, -1]")),
    ),
    _mistake(
        "conv_forward_naive.output_transposed",
        "Rows and columns of the output have changed places.",
        (_SUM, _SUM.replace("i, j", "j, i")),
    ),
    _mistake(
        "conv_forward_naive.square_filters_only",
        "The window is as wide as the filter is high: they may differ.",
        (_WINDOW, _WINDOW.replace("left + WW", "left + HH")),
    ),
    _mistake(
        "conv_forward_naive.double_precision_only",
        "Single precision is refused: a layer works with the precision that its inputs have.",
        (_PAD, f"{_DOUBLE}\n{_PAD}"),
    ),
]  # fmt: skip

_ROWS = "rows = slice(i * stride, i * stride + HH)"
_COLUMNS = "columns = slice(j * stride, j * stride + WW)"
_CONV_DW = "dw[f] += dout[n, f, i, j] * x_padded[n, :, rows, columns]"
_CONV_DX = "dx_padded[n, :, rows, columns] += dout[n, f, i, j] * w[f]"
_CUT = "dx = dx_padded[:, :, pad : pad + H, pad : pad + W]"
_CONV_DB = "db = dout.sum(axis=(0, 2, 3))"
_STILL = "slice(i, i + HH), slice(j, j + WW)"

CONV_BACKWARD = [
    _mistake(
        "conv_backward_naive.nothing_left_without_padding",
        "Without padding the slice from pad to minus pad is empty, since minus zero is zero.",
        (_CUT, "dx = dx_padded[:, :, pad:-pad, pad:-pad]"),
    ),
    _mistake(
        "conv_backward_naive.padding_not_cut_off",
        "The gradient of the images still has its padding: it must have their shape.",
        (_CUT, "dx = dx_padded"),
    ),
    _mistake(
        "conv_backward_naive.cut_off_at_the_end",
        "The padding is cut off at the bottom and on the right only, which shifts the gradient.",
        (_CUT, "dx = dx_padded[:, :, :H, :W]"),
    ),
    _mistake(
        "conv_backward_naive.cut_off_at_the_start",
        "The padding is cut off at the top and on the left only, which shifts the gradient.",
        (_CUT, "dx = dx_padded[:, :, 2 * pad :, 2 * pad :]"),
    ),
    _mistake(
        "conv_backward_naive.height_for_both",
        "The width of the gradient is taken from the height of the image.",
        (_CUT, _CUT.replace("pad + W", "pad + H")),
    ),
    _mistake(
        "conv_backward_naive.one_row_cut_off",
        "A single row is cut off at every side, whatever pad is.",
        (_CUT, "dx = dx_padded[:, :, 1:-1, 1:-1] if pad else dx_padded"),
    ),
    _mistake(
        "conv_backward_naive.strides_up_to_two",
        "Windows are at most two pixels apart: the stride may be any whole number.",
        (_ROWS, _ROWS.replace("stride", "min(stride, 2)")),
        (_COLUMNS, _COLUMNS.replace("stride", "min(stride, 2)")),
    ),
    _mistake(
        "conv_backward_naive.stride_ignored",
        "The backward pass moves its window by one pixel, whatever the stride is.",
        (_ROWS, "rows = slice(i, i + HH)"),
        (_COLUMNS, "columns = slice(j, j + WW)"),
    ),
    _mistake(
        "conv_backward_naive.stride_ignored_in_dw",
        "The gradient of the filters reads windows that are one pixel apart, whatever the stride.",
        (_CONV_DW, _CONV_DW.replace("rows, columns", _STILL)),
    ),
    _mistake(
        "conv_backward_naive.stride_ignored_in_dx",
        "The gradient of the images is added to windows one pixel apart, whatever the stride.",
        (_CONV_DX, _CONV_DX.replace("rows, columns", _STILL)),
    ),
    _mistake(
        "conv_backward_naive.dx_overwritten",
        "A pixel lies in several windows: its gradient is their sum, not the last one's.",
        (_CONV_DX, _CONV_DX.replace("+=", "=")),
    ),
    _mistake(
        "conv_backward_naive.dw_overwritten",
        "A filter is used at every position: its gradient is their sum, not the last one's.",
        (_CONV_DW, _CONV_DW.replace("+=", "=")),
    ),
    _mistake(
        "conv_backward_naive.db_not_summed",
        "The bias enters every output of its filter, so each of them contributes to its gradient.",
        (_CONV_DB, "db = dout"),
    ),
    _mistake(
        "conv_backward_naive.db_per_position",
        "The gradient of the bias is summed over the images only: the bias is used at every "
        "position as well.",
        (_CONV_DB, "db = dout.sum(axis=0)"),
    ),
    _mistake(
        "conv_backward_naive.db_per_image",
        "The gradient of the bias is summed over the positions only: the bias is used for every "
        "image as well.",
        (_CONV_DB, "db = dout.sum(axis=(2, 3))"),
    ),
    _mistake(
        "conv_backward_naive.db_one_number",
        "A sum without an axis adds everything up: there is one bias per filter.",
        (_CONV_DB, "db = dout.sum()"),
    ),
    _mistake(
        "conv_backward_naive.db_wrong_axes",
        "The gradient of the bias keeps the images and sums over the filters: it is the other way "
        "round.",
        (_CONV_DB, "db = dout.sum(axis=(1, 2, 3))"),
    ),
    _mistake(
        "conv_backward_naive.db_averaged",
        "The gradient of the bias is a mean over images and positions; it is a sum.",
        (_CONV_DB, "db = dout.mean(axis=(0, 2, 3))"),
    ),
    _mistake(
        "conv_backward_naive.divided_by_n",
        "A layer does not divide by the batch size: the mean over the batch is the loss's affair.",
        (_CONV_DB, f"{_CONV_DB} / len(x)\n    dw /= len(x)"),
    ),
    _mistake(
        "conv_backward_naive.dw_without_padding",
        "The gradient of the filters needs the padded images, as the forward pass had them.",
        (_CONV_DW, _CONV_DW.replace("x_padded", "x")),
    ),
    _mistake(
        "conv_backward_naive.dw_flipped",
        "The gradient of the filters comes out upside down and mirrored.",
        (_CONV_DW, f"{_CONV_DW}[:, ::-1, ::-1]"),
    ),
    _mistake(
        "conv_backward_naive.filter_flipped",
        "The filters are flipped on the way back; added window by window they stay as they are.",
        (_CONV_DX, f"{_CONV_DX}[:, ::-1, ::-1]"),
    ),
    _mistake(
        "conv_backward_naive.one_filter_for_all",
        "The gradient of the images uses the first filter for all output channels.",
        (_CONV_DX, _CONV_DX.replace("w[f]", "w[0]")),
    ),
    _mistake(
        "conv_backward_naive.dout_missing_in_dx",
        "The incoming gradient is lost on the way to the images: the chain rule multiplies by it.",
        (_CONV_DX, _CONV_DX.replace("dout[n, f, i, j] * ", "")),
    ),
    _mistake(
        "conv_backward_naive.dout_missing_in_dw",
        "The incoming gradient is lost on the way to the filters: the chain rule multiplies by it.",
        (_CONV_DW, _CONV_DW.replace("dout[n, f, i, j] * ", "")),
    ),
    _mistake(
        "conv_backward_naive.dout_transposed",
        "Rows and columns of the incoming gradient have changed places.",
        (_CONV_DX, _CONV_DX.replace("i, j", "j, i")),
        (_CONV_DW, _CONV_DW.replace("i, j", "j, i")),
    ),
    _mistake(
        "conv_backward_naive.square_filters_only",
        "The window is as wide as the filter is high: they may differ.",
        (_COLUMNS, _COLUMNS.replace("WW", "HH")),
    ),
    _mistake(
        "conv_backward_naive.dw_and_w_exchanged",
        "The image's gradient comes from the image and the filter's from the filter: each factor "
        "of a product gets the other one.",
        (_CONV_DX, _CONV_DX.replace("w[f]", "x_padded[n, :, rows, columns]")),
        (_CONV_DW, _CONV_DW.replace("x_padded[n, :, rows, columns]", "w[f]")),
    ),
]

_POOL_OUT = (
    "out = np.zeros((N, C, 1 + (H - pool_height) // stride, 1 + (W - pool_width) // stride), "
    "x.dtype)"
)
_POOL_CORNER = "top, left = i * stride, j * stride\n        window = x[:"
_POOL_WINDOW = "window = x[:, :, top : top + pool_height, left : left + pool_width]"
_MAX = "window.max(axis=(2, 3))"

POOL_FORWARD = [
    _mistake(
        "max_pool_forward_naive.window_as_stride",
        "The windows are as far apart as they are high: the stride is a parameter of its own.",
        (_POOL_OUT, f"stride = pool_height\n    {_POOL_OUT}"),
    ),
    _mistake(
        "max_pool_forward_naive.size_divided_by_the_window",
        "The size of the output is that of windows side by side; they may also overlap.",
        (_POOL_OUT, "out = np.zeros((N, C, H // pool_height, W // pool_width), x.dtype)"),
    ),
    _mistake(
        "max_pool_forward_naive.size_divided_by_the_stride",
        "The size of the output counts windows that stick out of the image.",
        (_POOL_OUT, "out = np.zeros((N, C, H // stride, W // stride), x.dtype)"),
    ),
    _mistake(
        "max_pool_forward_naive.size_off_by_one",
        "The output is one row and one column too small: count the first window too.",
        (_POOL_OUT, _POOL_OUT.replace("1 + ", "")),
    ),
    _mistake(
        "max_pool_forward_naive.size_rounded_up",
        "A window that does not fit into the image is left out, not made smaller.",
        (_POOL_OUT, "out = np.zeros((N, C, 1 - (pool_height - H) // stride, "
         "1 - (pool_width - W) // stride), x.dtype)"),
    ),
    _mistake(
        "max_pool_forward_naive.size_not_whole",
        "The single slash gives a float, and a float is no size of an array.",
        (_POOL_OUT, _POOL_OUT.replace("//", "/")),
    ),
    _mistake(
        "max_pool_forward_naive.height_for_both",
        "The width of the output is computed from the height of the image.",
        (_POOL_OUT, _POOL_OUT.replace("W - pool_width", "H - pool_height")),
    ),
    _mistake(
        "max_pool_forward_naive.height_and_width_swapped",
        "Height and width of the window have changed places.",
        (_POOL_OUT, f"pool_height, pool_width = pool_width, pool_height\n    {_POOL_OUT}"),
    ),
    _mistake(
        "max_pool_forward_naive.square_windows_only",
        "The windows are as wide as they are high: they may differ.",
        (_POOL_WINDOW, _POOL_WINDOW.replace("left + pool_width", "left + pool_height")),
    ),
    _mistake(
        "max_pool_forward_naive.stride_ignored",
        "The output has the right size, but its windows are always one pixel apart: the stride is "
        "the distance of two windows.",
        (_POOL_CORNER, "top, left = i, j\n        window = x[:"),
    ),
    _mistake(
        "max_pool_forward_naive.gaps_closed",
        "Windows are never further apart than they are large: a larger stride leaves gaps.",
        (_POOL_CORNER, _POOL_CORNER.replace(
            "i * stride, j * stride", "i * min(stride, pool_height), j * min(stride, pool_width)")),
    ),
    _mistake(
        "max_pool_forward_naive.double_precision_only",
        "Single precision is refused: a layer works with the precision that its inputs have.",
        (_POOL_OUT, f"{_DOUBLE.lstrip()}\n    {_POOL_OUT}"),
    ),
    _mistake(
        "max_pool_forward_naive.averaged",
        "The mean of each window is taken; its largest value is asked for.",
        (_MAX, "window.mean(axis=(2, 3))"),
    ),
    _mistake(
        "max_pool_forward_naive.minimum",
        "The smallest value of each window is taken; its largest is asked for.",
        (_MAX, "window.min(axis=(2, 3))"),
    ),
    _mistake(
        "max_pool_forward_naive.summed",
        "The values of each window are added up; the largest one is asked for.",
        (_MAX, "window.sum(axis=(2, 3))"),
    ),
    _mistake(
        "max_pool_forward_naive.largest_absolute_value",
        "The largest value counts, with its sign: absolute values have nothing to do with it.",
        (_MAX, "np.abs(window).max(axis=(2, 3))"),
    ),
    _mistake(
        "max_pool_forward_naive.channels_mixed",
        "The maximum is taken over all channels; each channel is pooled alone.",
        (_MAX, "window.max(axis=(1, 2, 3))[:, None]"),
    ),
    _mistake(
        "max_pool_forward_naive.images_mixed",
        "The maximum is taken over all images; each image is pooled alone.",
        (_MAX, "window.max(axis=(0, 2, 3))"),
    ),
    _mistake(
        "max_pool_forward_naive.one_maximum_for_all",
        "A maximum without axes is one number for all images and channels.",
        (_MAX, "window.max()"),
    ),
    _mistake(
        "max_pool_forward_naive.starts_from_zero",
        "A window of negative values gives zero: the search for the maximum starts too high.",
        (_MAX, "np.maximum(0, window.max(axis=(2, 3)))"),
    ),
    _mistake(
        "max_pool_forward_naive.whole_image",
        "Every output is the maximum of the whole image, not of its window.",
        (_MAX, "x.max(axis=(2, 3))"),
    ),
]  # fmt: skip

_BACK_CORNER = "top, left = i * stride, j * stride\n        window = x[n, c"
_BACK_WINDOW = "window = x[n, c, top : top + pool_height, left : left + pool_width]"
_PEAK = "row, column = np.unravel_index(window.argmax(), window.shape)"
_POOL_DX = "dx[n, c, top + row, left + column] += dout[n, c, i, j]"
_INSIDE = "dx[n, c, top : top + pool_height, left : left + pool_width]"

POOL_BACKWARD = [
    _mistake(
        "max_pool_backward_naive.overwritten",
        "A pixel may be the maximum of several windows: its gradient is the sum of theirs.",
        (_POOL_DX, _POOL_DX.replace("+=", "=")),
    ),
    _mistake(
        "max_pool_backward_naive.whole_window",
        "All pixels of a window get its gradient, but the output depends on the largest one only.",
        (_POOL_DX, f"{_INSIDE} += dout[n, c, i, j]"),
    ),
    _mistake(
        "max_pool_backward_naive.averaged",
        "The gradient is spread over the window, as for the mean; it belongs to the maximum.",
        (_POOL_DX, f"{_INSIDE} += dout[n, c, i, j] / window.size"),
    ),
    _mistake(
        "max_pool_backward_naive.wrong_width",
        "The number of the maximum is turned into row and column as if height and width of the "
        "window had changed places.",
        (_PEAK, _PEAK.replace("window.shape", "window.shape[::-1]")),
    ),
    _mistake(
        "max_pool_backward_naive.row_and_column_swapped",
        "Row and column of the maximum have changed places.",
        (_PEAK, _PEAK.replace("row, column", "column, row")),
    ),
    _mistake(
        "max_pool_backward_naive.window_forgotten",
        "The place of the maximum is counted from the corner of its window, not of the image.",
        (_POOL_DX, _POOL_DX.replace("top + row, left + column", "row, column")),
    ),
    _mistake(
        "max_pool_backward_naive.stride_ignored",
        "The backward pass moves its window by one pixel, whatever the stride is.",
        (_BACK_CORNER, _BACK_CORNER.replace("i * stride, j * stride", "i, j")),
    ),
    _mistake(
        "max_pool_backward_naive.window_as_stride",
        "The windows are as far apart as they are large: the stride is a parameter of its own.",
        (_BACK_CORNER, _BACK_CORNER.replace(
            "i * stride, j * stride", "i * pool_height, j * pool_width")),
    ),
    _mistake(
        "max_pool_backward_naive.gaps_closed",
        "Windows are never further apart than they are large: a larger stride leaves gaps.",
        (_BACK_CORNER, _BACK_CORNER.replace(
            "i * stride, j * stride", "i * min(stride, pool_height), j * min(stride, pool_width)")),
    ),
    _mistake(
        "max_pool_backward_naive.dout_missing",
        "The incoming gradient is lost: the chain rule multiplies by it.",
        (_POOL_DX, _POOL_DX.replace("dout[n, c, i, j]", "1")),
    ),
    _mistake(
        "max_pool_backward_naive.times_the_maximum",
        "The gradient is multiplied by the value of the maximum; its derivative is one.",
        (_POOL_DX, f"{_POOL_DX} * window.max()"),
    ),
    _mistake(
        "max_pool_backward_naive.square_windows_only",
        "The windows are as wide as they are high: they may differ.",
        (_BACK_WINDOW, _BACK_WINDOW.replace("left + pool_width", "left + pool_height")),
    ),
    _mistake(
        "max_pool_backward_naive.height_and_width_swapped",
        "Height and width of the window have changed places.",
        (_BACK_WINDOW, "window = x[n, c, top : top + pool_width, left : left + pool_height]"),
    ),
    _mistake(
        "max_pool_backward_naive.minimum",
        "The gradient goes to the smallest value of the window.",
        (_PEAK, _PEAK.replace("argmax", "argmin")),
    ),
    _mistake(
        "max_pool_backward_naive.largest_absolute_value",
        "The largest value counts, with its sign: absolute values have nothing to do with it.",
        (_PEAK, _PEAK.replace("window.argmax()", "np.abs(window).argmax()")),
    ),
    _mistake(
        "max_pool_backward_naive.whole_image",
        "The place of the maximum is looked for in the whole image, not in the window.",
        (_PEAK, "row, column = np.unravel_index(x[n, c].argmax(), x.shape[2:])\n"
         "        row, column = row - top, column - left"),
    ),
    _mistake(
        "max_pool_backward_naive.positive_only",
        "A window whose maximum is not positive passes no gradient: ReLU is another layer.",
        (_POOL_DX, f"{_POOL_DX} * (window.max() > 0)"),
    ),
    _mistake(
        "max_pool_backward_naive.equal_maxima_dropped",
        "A window with several maxima passes no gradient, though its output depends on them.",
        (_POOL_DX, f"{_POOL_DX} * (np.sum(window == window.max()) == 1)"),
    ),
]  # fmt: skip

_PIXELS = "pixels = x.transpose(0, 2, 3, 1).reshape(-1, C)"
_NORMALIZED = "normalized, cache = batchnorm_forward(pixels, gamma, beta, bn_param)"
_BN_OUT = "out = normalized.reshape(N, H, W, C).transpose(0, 3, 1, 2)"

BATCHNORM_FORWARD = [
    _mistake(
        "spatial_batchnorm_forward.channels_not_moved",
        "Reshaping does not move the channels to the end, so that values of different channels "
        "get mixed.",
        (_PIXELS, "pixels = x.reshape(-1, C)"),
        (_BN_OUT, "out = normalized.reshape(x.shape)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.channels_not_moved_there",
        "The channels are moved back to their place, but were never moved to the end.",
        (_PIXELS, "pixels = x.reshape(-1, C)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.channels_not_moved_back",
        "The channels are still at the end when the result gets the shape of the images.",
        (_BN_OUT, "out = normalized.reshape(x.shape)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.channels_last",
        "The channels are still the last axis of the output: bring them back to their place.",
        (_BN_OUT, "out = normalized.reshape(N, H, W, C)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.rows_and_columns_swapped",
        "On the way back the rows and the columns of the images change places.",
        (_BN_OUT, "out = normalized.reshape(N, H, W, C).transpose(0, 3, 2, 1)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.per_pixel",
        "Every pixel gets a mean of its own: rows and columns of a channel belong together.",
        (_PIXELS, "pixels = x.reshape(N, -1)"),
        (_NORMALIZED, _NORMALIZED.replace(
            "gamma, beta", "np.repeat(gamma, H * W), np.repeat(beta, H * W)")),
        (_BN_OUT, "out = normalized.reshape(x.shape)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.per_image",
        "Every image gets a mean of its own: the images of a batch belong together.",
        (_PIXELS, "pixels = x.transpose(2, 3, 0, 1).reshape(H * W, -1)"),
        (_NORMALIZED, _NORMALIZED.replace(
            "gamma, beta", "np.tile(gamma, N), np.tile(beta, N)")),
        (_BN_OUT, "out = normalized.reshape(H, W, N, C).transpose(2, 3, 0, 1)"),
    ),
    _mistake(
        "spatial_batchnorm_forward.one_mean_for_all",
        "All channels share one mean and one variance: every channel has its own.",
        (_PIXELS, "pixels = x.reshape(-1, 1)"),
        (_NORMALIZED, _NORMALIZED.replace("gamma, beta", "np.ones(1), np.zeros(1)")),
        (_BN_OUT, "out = normalized.reshape(x.shape) * gamma[:, None, None]\n"
         "    out = out + beta[:, None, None]"),
    ),
    _mistake(
        "spatial_batchnorm_forward.always_training",
        "The statistics of the batch are used at test time as well: the mode must be passed on.",
        (_NORMALIZED, _NORMALIZED.replace("bn_param)", '{**bn_param, "mode": "train"})')),
    ),
    _mistake(
        "spatial_batchnorm_forward.options_not_passed_on",
        "Only the mode is passed on: the other entries matter too.",
        (_NORMALIZED, _NORMALIZED.replace("bn_param)", '{"mode": bn_param["mode"]})')),
    ),
    _mistake(
        "spatial_batchnorm_forward.running_averages_lost",
        "The running averages go to a copy of the dict, so that the caller never sees them.",
        (_NORMALIZED, _NORMALIZED.replace("bn_param)", "dict(bn_param))")),
    ),
    _mistake(
        "spatial_batchnorm_forward.scale_and_shift_exchanged",
        "Scale and shift have changed places.",
        (_NORMALIZED, _NORMALIZED.replace("gamma, beta", "beta, gamma")),
    ),
    _mistake(
        "spatial_batchnorm_forward.scale_and_shift_missing",
        "The channels are normalized, but neither scaled nor shifted.",
        (_NORMALIZED, _NORMALIZED.replace("gamma, beta", "np.ones(C), np.zeros(C)")),
    ),
]  # fmt: skip

_DPIXELS = "dpixels = dout.transpose(0, 2, 3, 1).reshape(-1, C)"
_DFLAT = "dflat, dgamma, dbeta = batchnorm_backward(dpixels, cache)"
_BN_DX = "dx = dflat.reshape(N, H, W, C).transpose(0, 3, 1, 2)"

BATCHNORM_BACKWARD = [
    _mistake(
        "spatial_batchnorm_backward.channels_not_moved",
        "Reshaping does not move the channels to the end: the gradient needs the same order as "
        "the forward pass.",
        (_DPIXELS, "dpixels = dout.reshape(-1, C)"),
        (_BN_DX, "dx = dflat.reshape(dout.shape)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.channels_not_moved_there",
        "The channels are moved back to their place, but were never moved to the end.",
        (_DPIXELS, "dpixels = dout.reshape(-1, C)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.channels_not_moved_back",
        "The channels are still at the end when the gradient gets the shape of the images.",
        (_BN_DX, "dx = dflat.reshape(dout.shape)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.channels_last",
        "The channels are still the last axis of the gradient: bring them back to their place.",
        (_BN_DX, "dx = dflat.reshape(N, H, W, C)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.rows_and_columns_swapped",
        "On the way back the rows and the columns of the images change places.",
        (_BN_DX, "dx = dflat.reshape(N, H, W, C).transpose(0, 3, 2, 1)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.gradients_exchanged",
        "The gradients of scale and shift have changed places.",
        (_DFLAT, _DFLAT.replace("dgamma, dbeta", "dbeta, dgamma")),
    ),
    _mistake(
        "spatial_batchnorm_backward.averaged",
        "The gradients of scale and shift are means over the pixels; they are sums.",
        (_DFLAT, f"{_DFLAT}\n    dgamma, dbeta = dgamma / len(dpixels), dbeta / len(dpixels)"),
    ),
    _mistake(
        "spatial_batchnorm_backward.divided_by_n",
        "A layer does not divide by the batch size: the mean over the batch is the loss's affair.",
        (_DFLAT, f"{_DFLAT}\n    dflat, dgamma, dbeta = dflat / N, dgamma / N, dbeta / N"),
    ),
]

_GROUPS = "groups = x.reshape(len(x), G, -1)"
_STD = "std = np.sqrt(groups.var(axis=2, keepdims=True) + eps)"
_HAT = "x_hat = (groups - groups.mean(axis=2, keepdims=True)) / std"
_GN_OUT = "out = gamma * x_hat.reshape(x.shape) + beta"

GROUPNORM_FORWARD = [
    _mistake(
        "spatial_groupnorm_forward.statistics_per_pixel",
        "Every pixel has a mean of its own: the mean of a group is over rows and columns as well.",
        (_GROUPS, "groups = x.reshape(len(x), G, x.shape[1] // G, -1)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.every_channel_alone",
        "Every channel is normalized alone, as if there were as many groups as channels.",
        (_GROUPS, "groups = x.reshape(*x.shape[:2], -1)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.all_channels_together",
        "All channels are normalized together, as if there were one group only.",
        (_GROUPS, "groups = x.reshape(len(x), 1, -1)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.size_of_a_group",
        "G is the number of groups, not the number of channels in a group.",
        (_GROUPS, "groups = x.reshape(len(x), x.shape[1] // G, -1)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.interleaved",
        "Neighbouring channels make a group; here each group takes channels from all over.",
        (_GROUPS, "pixels = x.shape[2] * x.shape[3]\n"
         "    groups = x.reshape(len(x), -1, G, pixels).swapaxes(1, 2).reshape(len(x), G, -1)"),
        (_GN_OUT, "mixed = x_hat.reshape(len(x), G, -1, pixels).swapaxes(1, 2)\n"
         "    out = gamma * mixed.reshape(x.shape) + beta"),
    ),
    _mistake(
        "spatial_groupnorm_forward.over_the_batch",
        "The statistics are over the batch too: every image is normalized alone.",
        (_STD, _STD.replace("axis=2", "axis=(0, 2)")),
        (_HAT, _HAT.replace("axis=2", "axis=(0, 2)")),
    ),
    _mistake(
        "spatial_groupnorm_forward.epsilon_outside_of_the_root",
        "Epsilon is added to the standard deviation; it belongs to the variance.",
        (_STD, "std = np.sqrt(groups.var(axis=2, keepdims=True)) + eps"),
    ),
    _mistake(
        "spatial_groupnorm_forward.epsilon_missing",
        "Epsilon is never added to the variance.",
        (_STD, _STD.replace(" + eps", "")),
    ),
    _mistake(
        "spatial_groupnorm_forward.epsilon_ignored",
        "Epsilon is a constant in your code; it may be given.",
        (_STD, _STD.replace("eps", "1e-5")),
    ),
    _mistake(
        "spatial_groupnorm_forward.divided_by_the_variance",
        "The values are divided by the variance; the standard deviation is its root.",
        (_STD, "std = groups.var(axis=2, keepdims=True) + eps"),
    ),
    _mistake(
        "spatial_groupnorm_forward.unbiased_variance",
        "The variance divides by one less than the number of values (as statistics packages do).",
        (_STD, _STD.replace("keepdims=True", "keepdims=True, ddof=1")),
    ),
    _mistake(
        "spatial_groupnorm_forward.not_centred",
        "The mean is never subtracted.",
        (_HAT, "x_hat = groups / std"),
    ),
    _mistake(
        "spatial_groupnorm_forward.not_scaled",
        "The groups are centred, but not divided by their standard deviation.",
        (_HAT, "x_hat = groups - groups.mean(axis=2, keepdims=True)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.left_in_groups",
        "The output is still sorted into groups: it has the shape of the images.",
        (_GN_OUT, f"{_GN_OUT}\n    out = out.reshape(groups.shape)"),
    ),
    _mistake(
        "spatial_groupnorm_forward.shift_missing",
        "The channels are scaled, but not shifted.",
        (_GN_OUT, _GN_OUT.removesuffix(" + beta")),
    ),
    _mistake(
        "spatial_groupnorm_forward.scale_missing",
        "The channels are shifted, but not scaled.",
        (_GN_OUT, _GN_OUT.replace("gamma * ", "")),
    ),
    _mistake(
        "spatial_groupnorm_forward.scale_and_shift_exchanged",
        "Scale and shift have changed places.",
        (_GN_OUT, "out = beta * x_hat.reshape(x.shape) + gamma"),
    ),
]  # fmt: skip

_GN_DGAMMA = "dgamma = (dout * x_hat.reshape(dout.shape)).sum(axis=(0, 2, 3), keepdims=True)"
_GN_DBETA = "dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)"
_DX_HAT = "dx_hat = (dout * gamma).reshape(x_hat.shape)"
_SLOPE = "slope = (dx_hat * x_hat).mean(axis=2, keepdims=True)"
_DGROUPS = "dgroups = (dx_hat - dx_hat.mean(axis=2, keepdims=True) - slope * x_hat) / std"
_GN_DX = "dx = dgroups.reshape(dout.shape)"

GROUPNORM_BACKWARD = [
    _mistake(
        "spatial_groupnorm_backward.dgamma_without_x_hat",
        "The scale multiplies the normalized values, so that its gradient needs them.",
        (_GN_DGAMMA, "dgamma = dout.sum(axis=(0, 2, 3), keepdims=True) + 0.0"),
    ),
    _mistake(
        "spatial_groupnorm_backward.dbeta_with_x_hat",
        "The shift is only added, so that its gradient does not need the normalized values.",
        (_GN_DBETA, "dbeta = dgamma.copy()"),
    ),
    _mistake(
        "spatial_groupnorm_backward.gradients_exchanged",
        "The gradients of scale and shift have changed places.",
        (_GN_DBETA, f"{_GN_DBETA}\n    dgamma, dbeta = dbeta, dgamma"),
    ),
    _mistake(
        "spatial_groupnorm_backward.summed_per_image",
        "All images share the scale and the shift, so each of them contributes to the gradients.",
        (_GN_DGAMMA, _GN_DGAMMA.replace("(0, 2, 3)", "(2, 3)")),
        (_GN_DBETA, _GN_DBETA.replace("(0, 2, 3)", "(2, 3)")),
    ),
    _mistake(
        "spatial_groupnorm_backward.summed_per_pixel",
        "All pixels of a channel share its scale and its shift: sum over rows and columns too.",
        (_GN_DGAMMA, _GN_DGAMMA.replace("(0, 2, 3)", "0")),
        (_GN_DBETA, _GN_DBETA.replace("(0, 2, 3)", "0")),
    ),
    _mistake(
        "spatial_groupnorm_backward.summed_per_group",
        "The gradients of scale and shift have one entry per group; every channel has its own.",
        (_GN_DGAMMA, "dgamma = (dout.reshape(x_hat.shape) * x_hat).sum(axis=(0, 2))"
         ".reshape(1, -1, 1, 1)"),
        (_GN_DBETA, "dbeta = dout.reshape(x_hat.shape).sum(axis=(0, 2)).reshape(1, -1, 1, 1)"),
    ),
    _mistake(
        "spatial_groupnorm_backward.averaged",
        "The gradients of scale and shift are means; they are sums.",
        (_GN_DGAMMA, _GN_DGAMMA.replace(".sum(", ".mean(")),
        (_GN_DBETA, _GN_DBETA.replace(".sum(", ".mean(")),
    ),
    _mistake(
        "spatial_groupnorm_backward.gamma_missing",
        "On the way to the images the gradient must pass the scale as well.",
        (_DX_HAT, "dx_hat = dout.reshape(x_hat.shape)"),
    ),
    _mistake(
        "spatial_groupnorm_backward.mean_path_missing",
        "The mean depends on every value of its group: a part of the gradient takes that way.",
        (_DGROUPS, "dgroups = (dx_hat - slope * x_hat) / std"),
    ),
    _mistake(
        "spatial_groupnorm_backward.variance_path_missing",
        "The variance depends on every value of its group: a part of the gradient takes that way.",
        (_DGROUPS, _DGROUPS.replace(" - slope * x_hat", "")),
    ),
    _mistake(
        "spatial_groupnorm_backward.statistics_as_constants",
        "Mean and variance are treated as constants, but they depend on the values.",
        (_DGROUPS, "dgroups = dx_hat / std"),
    ),
    _mistake(
        "spatial_groupnorm_backward.variance_path_without_x_hat",
        "The part that goes through the variance is proportional to the normalized value.",
        (_DGROUPS, _DGROUPS.replace("slope * x_hat", "slope")),
    ),
    _mistake(
        "spatial_groupnorm_backward.not_divided",
        "The values were divided by the standard deviation; so is their gradient.",
        (_DGROUPS, _DGROUPS.removesuffix(" / std")),
    ),
    _mistake(
        "spatial_groupnorm_backward.divided_by_the_variance",
        "The gradient is divided by the variance; the standard deviation is its root.",
        (_DGROUPS, f"{_DGROUPS}**2"),
    ),
    _mistake(
        "spatial_groupnorm_backward.sums_for_means",
        "The number of values in a group is missing: mean and variance divide by it.",
        (_DGROUPS, _DGROUPS.replace("dx_hat.mean", "dx_hat.sum")),
        (_SLOPE, _SLOPE.replace(".mean(", ".sum(")),
    ),
    _mistake(
        "spatial_groupnorm_backward.means_over_the_batch",
        "The means are over the batch too: every image is normalized alone.",
        (_DGROUPS, _DGROUPS.replace("axis=2", "axis=(0, 2)")),
        (_SLOPE, _SLOPE.replace("axis=2", "axis=(0, 2)")),
    ),
    _mistake(
        "spatial_groupnorm_backward.epsilon_forgotten",
        "Epsilon is part of the forward pass, but missing in the backward pass.",
        (f"{_GN_OUT}\n    cache = (x_hat, std, gamma)",
         f"{_GN_OUT}\n    cache = (x_hat, np.sqrt(std**2 - eps), gamma)"),
    ),
    _mistake(
        "spatial_groupnorm_backward.epsilon_fixed",
        "The backward pass counts on the usual epsilon, not on that of the forward pass.",
        (f"{_GN_OUT}\n    cache = (x_hat, std, gamma)",
         f"{_GN_OUT}\n    cache = (x_hat, np.sqrt(std**2 - eps + 1e-5), gamma)"),
    ),
    _mistake(
        "spatial_groupnorm_backward.left_in_groups",
        "The gradient is still sorted into groups: it has the shape of the images.",
        (_GN_DX, "dx = dgroups"),
    ),
]  # fmt: skip

MISCONCEPTIONS = (
    *CONV_FORWARD, *CONV_BACKWARD, *POOL_FORWARD, *POOL_BACKWARD,
    *BATCHNORM_FORWARD, *BATCHNORM_BACKWARD, *GROUPNORM_FORWARD, *GROUPNORM_BACKWARD,
)  # fmt: skip
