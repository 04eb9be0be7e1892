"""Accepted implementations of dropout, and of nets with it: any dice are as good as any other."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    task = name.rpartition(".")[0]
    file = "deepnets/fc_net.py" if "." in task else "deepnets/layers.py"
    return Variant(name, task, file, edits, note)


_MASK = "mask = ((rng.random(x.shape) < p) / p).astype(x.dtype)"
_OUT = "out = x * mask"
_RNG = 'rng = np.random.default_rng(dropout_param.get("seed"))'
_GLOBAL = """\
if "seed" in dropout_param:
        np.random.seed(dropout_param["seed"])"""
_DX = "dx = dout * mask"
_ORDER = """\
        out, relu_cache = relu_forward(out)
        dropout_cache = None
        if self.use_dropout:
            ### BEGIN SOLUTION FullyConnectedNet.dropout
            out, dropout_cache = dropout_forward(out, self.dropout_param)
            ### END SOLUTION
"""
_NET = "out, dropout_cache = dropout_forward(out, self.dropout_param)"
_NET_BACK = "dout = dropout_backward(dout, dropout_cache)"


def _toss(name: str, note: str, mask: str, rng: str = _GLOBAL) -> Variant:
    return _variant(f"dropout_forward.{name}", note, (_RNG, rng), (_MASK, mask))


VARIANTS = (
    _toss("global_generator", "NumPy's global generator, as in CS231n.",
          "mask = (np.random.rand(*x.shape) < p) / p"),
    _toss("random_sample", "Another name of the global generator.",
          "mask = (np.random.random_sample(x.shape) <= p) * (1 / p)"),
    _toss("binomial", "Binomial numbers of one toss.",
          "mask = np.random.binomial(1, p, size=x.shape) / p"),
    _toss("choice", "A choice between two values.",
          "mask = np.random.choice([0.0, 1.0 / p], size=x.shape, p=[1 - p, p])"),
    _toss("uniform", "Uniform numbers above the share that is dropped.",
          "mask = (np.random.uniform(size=x.shape) >= 1 - p).astype(float) / p"),
    _toss("own_generator", "A generator of its own, with whole numbers.",
          "mask = np.floor(rng.random(x.shape) + p) / p", _RNG),
    _toss("old_generator", "A generator of the old kind.",
          "mask = (rng.uniform(0, 1, x.shape) < p) / p",
          'rng = np.random.RandomState(dropout_param.get("seed"))'),
    _toss("floor_of_random", "The integer part of a shifted number.",
          "mask = (np.random.random(x.shape) + p).astype(int) / p"),
    _variant(
        "dropout_forward.mask_not_scaled",
        "The mask holds zeros and ones, and both passes divide.",
        (_MASK, "mask = rng.random(x.shape) < p"),
        (_OUT, "out = x * mask / p"),
        (_DX, 'dx = dout * mask / dropout_param["p"]'),
    ),
    _variant(
        "dropout_forward.in_place",
        "Changes the caller's array, against the library's rule; the answers stay right.",
        (_OUT, "x *= mask\n        out = x"),
    ),
    _variant(
        "dropout_forward.where",
        "A choice instead of a product.",
        (_OUT, "out = np.where(mask > 0, x / p, 0)"),
    ),
    _variant(
        "dropout_forward.value_by_value",
        "One value at a time.",
        (_MASK, """\
mask = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            mask[index] = 1 / p if rng.random() < p else 0"""),
    ),
    _variant(
        "dropout_forward.test_copied",
        "The test returns a copy.",
        ("        out = x\n", "        out = x.copy()\n"),
    ),
    _variant(
        "dropout_backward.in_place",
        "Changes the caller's array, against the library's rule; the answers stay right.",
        (_DX, "dout *= mask\n        dx = dout"),
    ),
    _variant(
        "dropout_backward.where",
        "A choice instead of a product.",
        (_DX, 'dx = np.where(mask > 0, dout / dropout_param["p"], 0)'),
    ),
    _variant(
        "dropout_backward.copy_and_fill",
        "The dropped values are set to zero afterwards.",
        (_DX, 'dx = dout / dropout_param["p"]\n        dx[mask == 0] = 0'),
    ),
    _variant(
        "FullyConnectedNet.dropout.before_relu",
        "Before the ReLU: a product with values that are not negative passes through it.",
        (_ORDER, """\
        dropout_cache = None
        if self.use_dropout:
            out, dropout_cache = dropout_forward(out, self.dropout_param)
        out, relu_cache = relu_forward(out)
"""),
    ),
    _variant(
        "FullyConnectedNet.dropout.own_dict",
        "The dict is built anew in every call.",
        (_NET, _NET.replace("self.dropout_param", "dict(self.dropout_param)")),
    ),
    _variant(
        "FullyConnectedNet.dropout.own_seed_for_every_layer",
        "Every layer has a seed of its own: the masks of two layers of one width differ then.",
        (_NET, """\
param = dict(self.dropout_param)
            if "seed" in param:
                param["seed"] += i
            out, dropout_cache = dropout_forward(out, param)"""),
    ),
    _variant(
        "FullyConnectedNet.dropout.asked_in_backward",
        "The cache tells whether there was a mask.",
        (_NET_BACK, f"if dropout_cache is not None:\n                {_NET_BACK}"),
    ),
)  # fmt: skip
