"""Accepted implementations of the pooling layer in layers.py."""

from autograder.diagnosis.variants.objects.entry import variant

_POOLED = """\
        every = np.s_[:: self.stride]
        windows = np.lib.stride_tricks.sliding_window_view(X_pad, self.kernel_shape, axis=(1, 2))
        windows = windows[:, every, every]
        Y = windows.max(axis=(4, 5)) if self.mode == "max" else windows.mean(axis=(4, 5))
"""
_LOOPS = """\
        (kh, kw), s = self.kernel_shape, self.stride
        rows, columns = (X_pad.shape[1] - kh) // s + 1, (X_pad.shape[2] - kw) // s + 1
        Y = np.zeros((len(X), rows, columns, X.shape[3]), X.dtype)
        for i in range(rows):
            for j in range(columns):
                window = X_pad[:, i * s : i * s + kh, j * s : j * s + kw]
                Y[:, i, j] = window.max((1, 2)) if self.mode == "max" else window.mean((1, 2))
"""
_BACK = """\
        for i, j in np.ndindex(kh, kw):
            beneath = np.s_[:, i : i + s * rows : s, j : j + s * columns : s]
            if self.mode == "max":
                share = (X_pad[beneath] == Y) & ~taken
                taken |= share
            dX_pad[beneath] += share * dLdY
"""
_EQUAL_SHARES = """\
        for i, j in np.ndindex(rows, columns):
            window = np.s_[:, i * s : i * s + kh, j * s : j * s + kw]
            gradient = dLdY[:, i : i + 1, j : j + 1]
            if self.mode == "max":
                peaks = X_pad[window] == Y[:, i : i + 1, j : j + 1]
                gradient = gradient * peaks / peaks.sum(axis=(1, 2), keepdims=True)
            else:
                gradient = gradient / (kh * kw)
            dX_pad[window] += gradient
"""
_LAST = _BACK.replace("in np.ndindex(kh, kw)", "in reversed(list(np.ndindex(kh, kw)))")
_ARGMAX = """\
        for n, i, j, c in np.ndindex(Y.shape):
            window = np.s_[n, i * s : i * s + kh, j * s : j * s + kw, c]
            if self.mode == "max":
                place = np.unravel_index(X_pad[window].argmax(), (kh, kw))
                dX_pad[window][place] += dLdY[n, i, j, c]
            else:
                dX_pad[window] += dLdY[n, i, j, c] / (kh * kw)
"""

VARIANTS = (
    variant("Pool2D.forward.loops", "A loop over the windows.", (_POOLED, _LOOPS)),
    variant(
        "Pool2D.backward.equal_shares",
        "Equal maxima share the gradient of their window.",
        (_BACK, _EQUAL_SHARES),
    ),
    variant(
        "Pool2D.backward.last_maximum",
        "The last one of equal maxima has the gradient.",
        (_BACK, _LAST),
    ),
    variant("Pool2D.backward.positions", "By the position of the maximum.", (_BACK, _ARGMAX)),
)
