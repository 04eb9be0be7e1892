"""Accepted implementations of the convolution, pooling and spatial norm layers in layers.py."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str], alternative: bool = False) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    task = name.rpartition(".")[0]
    return Variant(name, task, "deepnets/layers.py", edits, note, alternative)


_NUMPY = "import numpy as np\n"
_IMPORTS = (
    _NUMPY,
    f"{_NUMPY}from numpy.lib.stride_tricks import as_strided, sliding_window_view\n",
)
_PAD = "    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))\n"
_FORWARD = """\
    for n, f, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        window = padded[n, :, top : top + HH, left : left + WW]
        out[n, f, i, j] = np.sum(window * w[f]) + b[f]
"""
_CACHE = "return out, (x, w, b, conv_param)"
_UNPACK = "x, w, _, conv_param = cache"
_X_PADDED = "x_padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))"
_BACKWARD = """\
    for n, f, i, j in np.ndindex(dout.shape):
        rows = slice(i * stride, i * stride + HH)
        columns = slice(j * stride, j * stride + WW)
        dw[f] += dout[n, f, i, j] * x_padded[n, :, rows, columns]
        dx_padded[n, :, rows, columns] += dout[n, f, i, j] * w[f]
"""
_CUT = "dx = dx_padded[:, :, pad : pad + H, pad : pad + W]"
_DB = "db = dout.sum(axis=(0, 2, 3))\n"

CONVOLUTION = (
    _variant(
        "conv_forward_naive.seven_loops",
        "One product at a time.",
        (_FORWARD, """\
    for n, f, i, j in np.ndindex(out.shape):
        out[n, f, i, j] = b[f]
        for c in range(x.shape[1]):
            for p in range(HH):
                for q in range(WW):
                    out[n, f, i, j] += padded[n, c, i * stride + p, j * stride + q] * w[f, c, p, q]
"""),
    ),
    _variant(
        "conv_forward_naive.all_filters_at_once",
        "A loop over images and positions; the filters by broadcasting.",
        (_FORWARD, """\
    for n in range(N):
        for i in range(height):
            for j in range(width):
                rows, columns = i * stride + np.arange(HH), j * stride + np.arange(WW)
                window = padded[n][:, rows][:, :, columns]
                out[n, :, i, j] = (window[None] * w).sum(axis=(1, 2, 3)) + b
"""),
    ),
    _variant(
        "conv_forward_naive.tensordot",
        "A loop over positions; images and filters by tensordot.",
        (_FORWARD, """\
    for i, j in np.ndindex(height, width):
        window = padded[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
        out[:, :, i, j] = np.tensordot(window, w, axes=([1, 2, 3], [1, 2, 3])) + b
"""),
    ),
    _variant(
        "conv_forward_naive.columns",
        "The windows as columns of a matrix (im2col).",
        (_FORWARD, """\
    columns = np.array([
        padded[n, :, i * stride : i * stride + HH, j * stride : j * stride + WW].ravel()
        for n, i, j in np.ndindex(N, height, width)
    ])
    products = columns @ w.reshape(F, -1).T + b
    out = products.reshape(N, height, width, F).transpose(0, 3, 1, 2)
"""),
    ),
    _variant(
        "conv_forward_naive.sliding_windows",
        "A view of all windows, and index notation.",
        _IMPORTS,
        (_FORWARD, """\
    windows = sliding_window_view(padded, (HH, WW), axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("nchwij,fcij->nfhw", windows, w) + b[:, None, None]
"""),
    ),
    _variant(
        "conv_forward_naive.strides",
        "A view of all windows by strides.",
        _IMPORTS,
        (_FORWARD, """\
    a, c, p, q = padded.strides
    shape = N, x.shape[1], height, width, HH, WW
    windows = as_strided(padded, shape, (a, c, p * stride, q * stride, p, q))
    out = np.tensordot(windows, w, ([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    out = out + b.reshape(1, -1, 1, 1)
"""),
    ),
    _variant(
        "conv_forward_naive.sum_over_the_filter",
        "A loop over the elements of the filter; all positions at once.",
        (_FORWARD, """\
    for p, q in np.ndindex(HH, WW):
        beneath = padded[:, :, p :: stride, q :: stride][:, :, :height, :width]
        out += np.einsum("ncij,fc->nfij", beneath, w[:, :, p, q])
    out += b.reshape(1, F, 1, 1)
"""),
    ),
    _variant(
        "conv_forward_naive.padded_by_hand",
        "An array of zeros, with the images in its middle.",
        (_PAD, """\
    padded = np.zeros((N, x.shape[1], H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    padded[:, :, pad : H + pad, pad : W + pad] = x
"""),
    ),
    _variant(
        "conv_forward_naive.single_precision",
        "Lower precision: accepted with a note on the dtype.",
        (_FORWARD, f"{_FORWARD}    out = out.astype(np.float32)\n"),
    ),
    _variant(
        "conv_forward_naive.padded_cache",
        "The padded images in the cache; its form is free.",
        (_CACHE, "return out, (padded, w, b, conv_param)"),
        (_UNPACK, f"{_UNPACK}\n    pad = conv_param['pad']\n"
         "    x = x[:, :, pad : x.shape[2] - pad, pad : x.shape[3] - pad]"),
    ),
    _variant(
        "conv_forward_naive.cache_of_columns",
        "More than is asked for in the cache.",
        (_CACHE, "return out, [x, w, b, conv_param, padded]"),
        (_UNPACK, "x, w, _, conv_param, _ = cache"),
    ),
    _variant(
        "conv_backward_naive.einsum",
        "A loop over the elements of the filter, and index notation.",
        (_BACKWARD, """\
    height, width = dout.shape[2:]
    for p, q in np.ndindex(HH, WW):
        rows = slice(p, p + stride * (height - 1) + 1, stride)
        columns = slice(q, q + stride * (width - 1) + 1, stride)
        dw[:, :, p, q] = np.einsum("nfij,ncij->fc", dout, x_padded[:, :, rows, columns])
        dx_padded[:, :, rows, columns] += np.einsum("nfij,fc->ncij", dout, w[:, :, p, q])
"""),
    ),
    _variant(
        "conv_backward_naive.all_filters_at_once",
        "A loop over images and positions; the filters by broadcasting.",
        (_BACKWARD, """\
    for n in range(dout.shape[0]):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                top, left = i * stride, j * stride
                d = dout[n, :, i, j].reshape(-1, 1, 1, 1)
                dw += d * x_padded[n, :, top : top + HH, left : left + WW]
                dx_padded[n, :, top : top + HH, left : left + WW] += (d * w).sum(axis=0)
"""),
    ),
    _variant(
        "conv_backward_naive.full_correlation",
        "The images' gradient as a convolution of the spread gradient with flipped filters.",
        _IMPORTS,
        (_BACKWARD, """\
    (height, width), (tall, wide) = dout.shape[2:], x_padded.shape[2:]
    spread = np.zeros((*dout.shape[:2], tall + HH - 1, wide + WW - 1))
    spread[:, :, HH - 1 : tall : stride, WW - 1 : wide : stride][:, :, :height, :width] = dout
    windows = sliding_window_view(spread, (HH, WW), axis=(2, 3))
    dx_padded = np.einsum("nfhwij,fcij->nchw", windows, w[:, :, ::-1, ::-1])
    patches = sliding_window_view(x_padded, (HH, WW), axis=(2, 3))[:, :, ::stride, ::stride]
    dw = np.einsum("nfhw,nchwij->fcij", dout, patches)
"""),
    ),
    _variant(
        "conv_backward_naive.columns",
        "The windows as rows of a matrix, and their gradients added back one by one.",
        (_BACKWARD, """\
    N, F, height, width = dout.shape
    places = [(n, i * stride, j * stride) for n, i, j in np.ndindex(N, height, width)]
    windows = [x_padded[n, :, p : p + HH, q : q + WW].ravel() for n, p, q in places]
    d = dout.transpose(0, 2, 3, 1).reshape(-1, F)
    dw = (d.T @ np.array(windows)).reshape(w.shape)
    for (n, p, q), row in zip(places, d @ w.reshape(F, -1), strict=True):
        dx_padded[n, :, p : p + HH, q : q + WW] += row.reshape(w.shape[1:])
"""),
    ),
    _variant(
        "conv_backward_naive.end_counted_from_the_back",
        "The padding cut off by negative ends, with none where there is no padding.",
        (_CUT, "dx = dx_padded[:, :, pad : -pad or None, pad : -pad or None]"),
    ),
    _variant(
        "conv_backward_naive.padding_deleted",
        "The padding cut off if there is any.",
        (_CUT, "dx = dx_padded\n    if pad > 0:\n        dx = dx[:, :, pad:-pad, pad:-pad]"),
    ),
    _variant(
        "conv_backward_naive.row_of_biases",
        "db has shape (1, F).",
        (_DB, "db = dout.sum(axis=(0, 2, 3))[None]\n"),
    ),
    _variant(
        "conv_backward_naive.biases_one_by_one",
        "The gradient of the bias in a loop over the filters.",
        (_DB, "db = np.array([dout[:, f].sum() for f in range(len(w))])\n"),
    ),
    _variant(
        "conv_backward_naive.float_sizes",
        "Sizes that are floats because they come from a division.",
        (_X_PADDED, f"pad, stride = int(pad / 1), int(stride / 1)\n    {_X_PADDED}"),
    ),
)  # fmt: skip

_POOL = """\
    for i, j in np.ndindex(out.shape[2:]):
        top, left = i * stride, j * stride
        window = x[:, :, top : top + pool_height, left : left + pool_width]
        out[:, :, i, j] = window.max(axis=(2, 3))
"""
_POOL_CACHE = "return out, (x, pool_param)"
_POOL_UNPACK = "x, pool_param = cache"
_PEAK = """\
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, top + row, left + column] += dout[n, c, i, j]
"""
_INSIDE = "dx[n, c, top : top + pool_height, left : left + pool_width]"

POOLING = (
    _variant(
        "max_pool_forward_naive.one_window_at_a_time",
        "Images, channels and positions in loops.",
        (_POOL, """\
    for n in range(N):
        for c in range(C):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    rows = slice(i * stride, i * stride + pool_height)
                    out[n, c, i, j] = np.max(
                        x[n, c, rows, j * stride : j * stride + pool_width]
                    )
"""),
    ),
    _variant(
        "max_pool_forward_naive.sliding_windows",
        "A view of all windows.",
        _IMPORTS,
        (_POOL, """\
    windows = sliding_window_view(x, (pool_height, pool_width), axis=(2, 3))
    out = windows[:, :, ::stride, ::stride].max(axis=(4, 5))
"""),
    ),
    _variant(
        "max_pool_forward_naive.running_maximum",
        "A loop over the places in a window; all windows at once.",
        (_POOL, """\
    out -= np.inf
    for p, q in np.ndindex(pool_height, pool_width):
        beneath = x[:, :, p::stride, q::stride][:, :, : out.shape[2], : out.shape[3]]
        np.maximum(out, beneath, out=out)
"""),
    ),
    _variant(
        "max_pool_forward_naive.output_in_the_cache",
        "More than is asked for in the cache.",
        (_POOL_CACHE, "return out, (x, pool_param, out)"),
        (_POOL_UNPACK, "x, pool_param, _ = cache"),
    ),
    _variant(
        "max_pool_backward_naive.flat_maximum",
        "Row and column of the maximum by division.",
        (_PEAK, """\
        row, column = divmod(int(np.argmax(window)), pool_width)
        dx[n, c, top + row, left + column] += dout[n, c, i, j]
"""),
    ),
    _variant(
        "max_pool_backward_naive.searched",
        "The first maximum found by comparing.",
        (_PEAK, """\
        row, column = np.argwhere(window == np.max(window))[0]
        dx[n, c, row + top, column + left] += dout[n, c, i, j]
"""),
    ),
    _variant(
        "max_pool_backward_naive.last_maximum",
        "The last of several equal maxima gets the gradient: a subgradient too.",
        (_PEAK, """\
        row, column = np.argwhere(window == np.max(window))[-1]
        dx[n, c, row + top, column + left] += dout[n, c, i, j]
"""),
    ),
    _variant(
        "max_pool_backward_naive.equal_shares",
        "Equal maxima share the gradient: a subgradient too.",
        (_PEAK, f"""\
        mask = window == window.max()
        {_INSIDE} += mask * dout[n, c, i, j] / mask.sum()
"""),
    ),
    _variant(
        "max_pool_backward_naive.every_maximum",
        "every one of several equal maxima gets the whole gradient; accepted, but one should get "
        "it, or all of them equal shares",
        (_PEAK, f"        {_INSIDE} += (window == window.max()) * dout[n, c, i, j]\n"),
        alternative=True,
    ),
)  # fmt: skip

_BATCH = """\
    N, C, H, W = x.shape
    pixels = x.transpose(0, 2, 3, 1).reshape(-1, C)
    normalized, cache = batchnorm_forward(pixels, gamma, beta, bn_param)
    out = normalized.reshape(N, H, W, C).transpose(0, 3, 1, 2)
"""
_DBATCH = """\
    N, C, H, W = dout.shape
    dpixels = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dflat, dgamma, dbeta = batchnorm_backward(dpixels, cache)
    dx = dflat.reshape(N, H, W, C).transpose(0, 3, 1, 2)
"""
_GROUP = """\
    groups = x.reshape(len(x), G, -1)
    std = np.sqrt(groups.var(axis=2, keepdims=True) + eps)
    x_hat = (groups - groups.mean(axis=2, keepdims=True)) / std
    out = gamma * x_hat.reshape(x.shape) + beta
    cache = (x_hat, std, gamma)
"""
_DGAMMA = "dgamma = (dout * x_hat.reshape(dout.shape)).sum(axis=(0, 2, 3), keepdims=True)"
_DBETA = "dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)"
_DGROUP = """\
    dx_hat = (dout * gamma).reshape(x_hat.shape)
    slope = (dx_hat * x_hat).mean(axis=2, keepdims=True)
    dgroups = (dx_hat - dx_hat.mean(axis=2, keepdims=True) - slope * x_hat) / std
    dx = dgroups.reshape(dout.shape)
"""

NORMS = (
    _variant(
        "spatial_batchnorm_forward.channels_first",
        "The channels as rows, transposed.",
        (_BATCH, """\
    flat = x.swapaxes(0, 1).reshape(x.shape[1], -1).T
    normalized, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    out = normalized.T.reshape(x.shape[1], len(x), *x.shape[2:]).swapaxes(0, 1)
"""),
    ),
    _variant(
        "spatial_batchnorm_forward.moved_axes",
        "The channels moved by moveaxis.",
        (_BATCH, """\
    last = np.moveaxis(x, 1, -1)
    normalized, cache = batchnorm_forward(
        last.reshape(-1, last.shape[-1]), gamma, beta, bn_param
    )
    out = np.moveaxis(normalized.reshape(last.shape), -1, 1)
"""),
    ),
    _variant(
        "spatial_batchnorm_forward.shape_in_the_cache",
        "More than is needed in the cache.",
        (_BATCH, f"{_BATCH}    cache = cache, x.shape\n"),
        (_DBATCH, _DBATCH.replace("cache)", "cache[0])")),
    ),
    _variant(
        "spatial_batchnorm_backward.channels_first",
        "The channels as rows, transposed; needs the same order of pixels as the forward pass.",
        (_DBATCH, """\
    N, C, H, W = dout.shape
    flat = dout.transpose(1, 0, 2, 3).reshape(C, -1).T
    dflat, dgamma, dbeta = batchnorm_backward(flat, cache)
    dx = dflat.T.reshape(C, N, H, W).transpose(1, 0, 2, 3)
"""),
    ),
    _variant(
        "spatial_batchnorm_backward.rows_of_channels",
        "dgamma and dbeta have shape (1, C).",
        (_DBATCH, f"{_DBATCH}    dgamma, dbeta = dgamma[None], dbeta[None]\n"),
    ),
    _variant(
        "spatial_groupnorm_forward.five_axes",
        "Groups, their channels, rows and columns as axes of their own.",
        (_GROUP, """\
    N, C, H, W = x.shape
    groups = x.reshape(N, G, C // G, H, W)
    mean = groups.mean(axis=(2, 3, 4), keepdims=True)
    var = ((groups - mean) ** 2).mean(axis=(2, 3, 4), keepdims=True)
    hat = ((groups - mean) / np.sqrt(var + eps)).reshape(N, C, H, W)
    out = hat * gamma + beta
    cache = (hat.reshape(N, G, -1), np.sqrt(var + eps).reshape(N, G, 1), gamma)
"""),
    ),
    _variant(
        "spatial_groupnorm_forward.loop_over_groups",
        "One image and one group at a time.",
        (_GROUP, """\
    size, out = x.shape[1] // G, np.zeros_like(x)
    x_hat, std = np.zeros((len(x), G, x[0].size // G), x.dtype), np.zeros((len(x), G, 1), x.dtype)
    for n in range(len(x)):
        for g in range(G):
            group = x[n, g * size : (g + 1) * size]
            std[n, g] = (group.var() + eps) ** 0.5
            x_hat[n, g] = ((group - group.mean()) / std[n, g]).ravel()
    out = x_hat.reshape(x.shape) * gamma + beta
    cache = (x_hat, std, gamma)
"""),
    ),
    _variant(
        "spatial_groupnorm_forward.mean_of_squares",
        "The variance as the mean of squares less the square of the mean.",
        (_GROUP, _GROUP.replace(
            "np.sqrt(groups.var(axis=2, keepdims=True) + eps)",
            "np.sqrt((groups**2).mean(2, keepdims=True) "
            "- groups.mean(2, keepdims=True) ** 2 + eps)")),
    ),
    _variant(
        "spatial_groupnorm_forward.rows",
        "Each group as a row of a matrix.",
        (_GROUP, """\
    rows = x.reshape(len(x) * G, -1).T
    spread = np.sqrt(rows.var(axis=0) + eps)
    x_hat = ((rows - rows.mean(axis=0)) / spread).T.reshape(len(x), G, -1)
    std = spread.reshape(len(x), G, 1)
    out = x_hat.reshape(x.shape) * gamma + beta
    cache = (x_hat, std, gamma)
"""),
    ),
    _variant(
        "spatial_groupnorm_backward.vectors",
        "dgamma and dbeta have shape (C,).",
        (_DGAMMA, _DGAMMA.replace(", keepdims=True", "")),
        (_DBETA, _DBETA.replace(", keepdims=True", "")),
    ),
    _variant(
        "spatial_groupnorm_backward.einsum",
        "Index notation.",
        (_DGAMMA, 'dgamma = np.einsum("nchw,nchw->c", dout, x_hat.reshape(dout.shape))\n'
         "    dgamma = dgamma.reshape(1, -1, 1, 1)"),
        (_DBETA, 'dbeta = np.einsum("nchw->c", dout)[None, :, None, None]'),
    ),
    _variant(
        "spatial_groupnorm_backward.step_by_step",
        "Through the nodes of the graph, one at a time.",
        (_DGROUP, """\
    size = x_hat.shape[2]
    dnormalized = (dout * gamma).reshape(x_hat.shape)
    centred = x_hat * std
    dcentred = dnormalized / std
    dvar = (-0.5 * dnormalized * centred / std**3).sum(axis=2, keepdims=True)
    dcentred = dcentred + 2 * centred * dvar / size
    dmean = -dcentred.sum(axis=2, keepdims=True)
    dx = (dcentred + dmean / size).reshape(dout.shape)
"""),
    ),
)  # fmt: skip

VARIANTS = (*CONVOLUTION, *POOLING, *NORMS)
