"""Accepted implementations of the layers with weights in layers.py."""

from autograder.diagnosis.variants.objects.entry import variant

_PARAMETERS = 'self.parameters = {"W": W, "b": np.zeros((1, self.n_out))}'
_GRADIENTS = "self.gradients = {name: np.zeros_like(w) for name, w in self.parameters.items()}"
_COARSE = (
    'self.parameters = {"W": W.astype(np.float32), "b": np.zeros((1, self.n_out), np.float32)}'
)
_Z = 'Z = X @ self.parameters["W"] + self.parameters["b"]'
_CACHE = 'self.cache = {"X": X, "Z": Z}'
_XZ = 'X, Z = self.cache["X"], self.cache["Z"]'
_DW = 'self.gradients["W"] = X.T @ dZ'
_DB = 'self.gradients["b"] = dZ.sum(axis=0, keepdims=True)'

_CONVOLVED = """\
        # The pixels beneath one entry of the filter, of all windows at once: few products of large
        # matrices instead of many small ones.
        Z = b + sum(
            X_pad[:, i : i + s * rows : s, j : j + s * columns : s] @ W[i, j]
            for i, j in np.ndindex(kh, kw)
        )
"""
_LOOPS = """\
        Z = np.zeros((len(X), rows, columns, self.n_out), X.dtype)
        for i in range(rows):
            for j in range(columns):
                window = X_pad[:, i * s : i * s + kh, j * s : j * s + kw]
                Z[:, i, j] = np.einsum("nhwc,hwcf->nf", window, W) + b
"""
_VIEWS = """\
        view = np.lib.stride_tricks.sliding_window_view(X_pad, (kh, kw), axis=(1, 2))
        Z = np.einsum("nijchw,hwcf->nijf", view[:, ::s, ::s], W) + b
"""
_BACK = """\
        for i, j in np.ndindex(self.kernel_shape):
            beneath = np.s_[:, i : i + s * rows : s, j : j + s * columns : s]
            dW[i, j] = np.tensordot(X_pad[beneath], dZ, axes=([0, 1, 2], [0, 1, 2]))
            dX_pad[beneath] += dZ @ W[i, j].T
"""
_BACK_BY_WINDOWS = """\
        kh, kw = self.kernel_shape
        for n, i, j in np.ndindex(dZ.shape[:3]):
            window = np.s_[n, i * s : i * s + kh, j * s : j * s + kw]
            dW += X_pad[window][..., np.newaxis] * dZ[n, i, j]
            dX_pad[window] += W @ dZ[n, i, j]
"""
_DX = "dX = dX_pad[:, top : top + height, left : left + width]"

VARIANTS = (
    variant(
        "FullyConnected.init.into_the_dicts",
        "The dicts that are there are filled.",
        (_PARAMETERS, 'self.parameters["b"] = np.zeros((1, self.n_out))\n'
                      '        self.parameters["W"] = W'),
        (_GRADIENTS, "for name in self.parameters:\n"
                     "            self.gradients[name] = np.zeros(self.parameters[name].shape)"),
    ),
    variant(
        "FullyConnected.init.cleared",
        "By the method that all layers have.",
        (_GRADIENTS, "self.clear_gradients()"),
    ),
    variant(
        "FullyConnected.init.single_precision",
        "Parameters in float32.",
        (_PARAMETERS, _COARSE),
    ),
    variant(
        "FullyConnected.forward.attributes",
        "What the backward pass needs, in attributes instead of the cache.",
        (_Z, 'Z = np.dot(X, self.parameters["W"]) + self.parameters["b"]'),
        (_CACHE, "self.X, self.Z = X, Z"),
        (_XZ, "X, Z = self.X, self.Z"),
    ),
    variant(
        "FullyConnected.forward.output_in_the_cache",
        "The cache in another form.",
        (_CACHE, "self.cache = [X, Z, self.activation(Z)]"),
        (_XZ, "X, Z, _ = self.cache"),
    ),
    variant(
        "FullyConnected.backward.in_place",
        "Written into the arrays that are there.",
        (_DW, 'self.gradients["W"][...] = X.T @ dZ'),
        (_DB, 'self.gradients["b"][...] = dZ.sum(axis=0)'),
    ),
    variant(
        "FullyConnected.backward.row_by_row",
        "A sum over the examples.",
        (_DW, 'self.gradients["W"] = sum(np.outer(x, dz) for x, dz in zip(X, dZ))'),
        (_DB, 'self.gradients["b"] = np.ones((1, len(X)), dZ.dtype) @ dZ'),
    ),
    variant(
        "FullyConnected.backward.new_dict",
        "A new dict for every call.",
        (_DW, 'self.gradients = {"W": np.einsum("ni,no->io", X, dZ)}'),
        (_DB, 'self.gradients["b"] = dZ.sum(axis=0).reshape(1, -1)'),
    ),
    variant(
        "Conv2D.init.by_name",
        "The sizes by their names.",
        ("W = self.init_weights((*self.kernel_shape, self.n_in, self.n_out))",
         "kh, kw = self.kernel_shape\n"
         "        W = self.init_weights((kh, kw, X_shape[-1], self.n_out))"),
        (_GRADIENTS, "self.clear_gradients()"),
    ),
    variant("Conv2D.init.single_precision", "Parameters in float32.", (_PARAMETERS, _COARSE)),
    variant("Conv2D.forward.loops", "A loop over the windows.", (_CONVOLVED, _LOOPS)),
    variant(
        "Conv2D.forward.views",
        "All windows as one array.",
        (_CONVOLVED, _VIEWS),
    ),
    variant("Conv2D.backward.loops", "A loop over the windows.", (_BACK, _BACK_BY_WINDOWS)),
    variant(
        "Conv2D.backward.cut_from_the_end",
        "Counted from the end, where there is padding.",
        (_DX, "bottom, right = X_pad.shape[1] - top, X_pad.shape[2] - left\n"
              "        dX = dX_pad[:, top:bottom, left:right]"),
    ),
)  # fmt: skip
