"""Known wrong implementations of dropout, and of nets with it."""

from autograder.diagnosis.catalogue import Misconception

HEADINGS = {
    "dropout_forward": "Dropout: forward",
    "dropout_backward": "Dropout: backward",
    "FullyConnectedNet.dropout": "A net with dropout",
}


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    task = name.rpartition(".")[0]
    file = "deepnets/fc_net.py" if "." in task else "deepnets/layers.py"
    return Misconception(name, task, file, edits, hint, f"4-Dropout.ipynb: {HEADINGS[task]}")


_MASK = "mask = ((rng.random(x.shape) < p) / p).astype(x.dtype)"
_OUT = "out = x * mask"
# The other block of the task contains this text too.
_TEST = "out = x\n"
_RNG = 'rng = np.random.default_rng(dropout_param.get("seed"))'

FORWARD = [
    _mistake(
        "dropout_forward.not_scaled",
        "The kept values are not divided by p, so that the mean of the output is smaller.",
        (_MASK, "mask = (rng.random(x.shape) < p).astype(x.dtype)"),
    ),
    _mistake(
        "dropout_forward.p_drops",
        "Here p is the probability of keeping a value; yours drops with probability p.",
        (_MASK, "mask = (rng.random(x.shape) >= p) / (1 - p)"),
    ),
    _mistake(
        "dropout_forward.comparison_reversed",
        "The values that should be kept are dropped, and the other way round: the comparison is "
        "reversed.",
        (_MASK, _MASK.replace("< p", "> p")),
    ),
    _mistake(
        "dropout_forward.scaled_for_dropping",
        "The right share is kept, but divided by one minus p.",
        (_MASK, _MASK.replace("/ p", "/ (1 - p)")),
    ),
    _mistake(
        "dropout_forward.scaled_by_p",
        "The kept values are multiplied by p; divided by it, they keep the mean.",
        (_MASK, _MASK.replace("/ p", "* p")),
    ),
    _mistake(
        "dropout_forward.scaled_twice",
        "The kept values are divided by p twice.",
        (_OUT, "out = x * mask / p"),
    ),
    _mistake(
        "dropout_forward.normal_numbers",
        "The mask compares normally distributed numbers with p; those of a uniform distribution "
        "lie below p with probability p.",
        (_MASK, _MASK.replace("rng.random(x.shape)", "rng.normal(size=x.shape)")),
    ),
    _mistake(
        "dropout_forward.precedence",
        "Nothing is dropped in training: is it because, without brackets, division comes before "
        "comparison, and p divided by p is one?",
        (_MASK, "mask = (rng.random(x.shape) < p / p).astype(x.dtype)"),
    ),
    _mistake(
        "dropout_forward.not_compared",
        "The values are multiplied by random numbers; the mask holds zeros and one other value.",
        (_MASK, "mask = rng.random(x.shape)"),
    ),
    _mistake(
        "dropout_forward.test_scaled",
        "The test multiplies by p, but training has already divided by it.",
        (_TEST, "out = x * p\n"),
    ),
    _mistake(
        "dropout_forward.test_divided",
        "The test divides by p; it passes the values on as they are.",
        (_TEST, "out = x / p\n"),
    ),
    _mistake(
        "dropout_forward.test_drops",
        "Values are dropped in the test too.",
        (_TEST, "out = x * (rng.random(x.shape) < p) / p\n"),
    ),
    _mistake(
        "dropout_forward.two_axes_only",
        "The mask is made for two axes; the input may have any number of them.",
        (_MASK, _MASK.replace("x.shape", "(x.shape[0], x.shape[1])")),
    ),
    _mistake(
        "dropout_forward.one_mask_for_all_examples",
        "All examples of the batch lose the same values: every value must be tossed separately.",
        (_MASK, _MASK.replace("rng.random(x.shape)", "rng.random(x.shape[1:] or x.shape)")),
    ),
    _mistake(
        "dropout_forward.whole_examples",
        "Whole examples are dropped: every value must be tossed separately.",
        (_MASK, _MASK.replace("x.shape", "(len(x),) + (1,) * (x.ndim - 1)")),
    ),
    _mistake(
        "dropout_forward.whole_channels",
        "Images lose whole channels: every value must be tossed separately.",
        (_MASK, _MASK.replace("x.shape", "x.shape[:2] + (1,) * (x.ndim - 2)")),
    ),
    _mistake(
        "dropout_forward.half_a_mask_twice",
        "Half of the mask is a copy of the other half: every value must be tossed separately.",
        (_MASK, "half = rng.random((*x.shape[:-1], -(-x.shape[-1] // 2))) < p\n        "
         "mask = np.concatenate([half, half], axis=-1)[..., : x.shape[-1]] / p"),
    ),
    _mistake(
        "dropout_forward.fixed_number",
        "Every call keeps the same number of values: tossed separately, their number varies.",
        (_MASK, "mask = (rng.permutation(x.size).reshape(x.shape) < round(p * x.size)) / p"),
    ),
    _mistake(
        "dropout_forward.zero_seed_ignored",
        "The seed 0 is taken for no seed at all: zero counts as false.",
        (_RNG, 'rng = np.random.default_rng(dropout_param.get("seed") or None)'),
    ),
    _mistake(
        "dropout_forward.double_precision_only",
        "Single precision is refused: a layer works with the precision that its inputs have.",
        (_MASK, 'if x.dtype != np.float64:\n            raise TypeError("x must be float64")\n'
         f"        {_MASK}"),
    ),
    _mistake(
        "dropout_forward.seed_ignored",
        "The seed has no effect: two calls with one seed must drop the same values.",
        (_RNG, "rng = np.random.default_rng()"),
    ),
    _mistake(
        "dropout_forward.fixed_seed",
        "A seed is fixed in your code, so that every call drops the same values.",
        (_RNG, "rng = np.random.default_rng(0)"),
    ),
    _mistake(
        "dropout_forward.fixed_default_seed",
        "Without a seed every call drops the same values: a seed stands in for it.",
        (_RNG, _RNG.replace('"seed"', '"seed", 231')),
    ),
]  # fmt: skip

_DX = "dx = dout * mask"

BACKWARD = [
    _mistake(
        "dropout_backward.new_mask",
        "The backward pass tosses anew; it must use the mask of the forward pass.",
        (_DX, "p = dropout_param['p']\n        "
         "dx = dout * (np.random.default_rng().random(dout.shape) < p) / p"),
    ),
    _mistake(
        "dropout_backward.not_scaled",
        "The backward pass uses the mask, but not the scale of the kept values.",
        (_DX, "dx = dout * (mask > 0)"),
    ),
    _mistake(
        "dropout_backward.scaled_twice",
        "The gradient is divided by p, which the mask has done already.",
        (_DX, 'dx = dout * mask / dropout_param["p"]'),
    ),
    _mistake(
        "dropout_backward.divided_and_scaled_for_dropping",
        "The gradient is divided by one minus p.",
        (_DX, 'dx = dout * (mask > 0) / (1 - dropout_param["p"])'),
    ),
    _mistake(
        "dropout_backward.passed_through",
        "The gradient passes unchanged: a value that was dropped has no influence on the loss.",
        (_DX, "dx = dout.copy()"),
    ),
    _mistake(
        "dropout_backward.scaled_only",
        "The gradient is scaled, but not masked: a value that was dropped has no influence on the "
        "loss.",
        (_DX, 'dx = dout / dropout_param["p"]'),
    ),
    _mistake(
        "dropout_backward.mask_reversed",
        "The gradient reaches the dropped values and not the kept ones.",
        (_DX, 'dx = dout * (mask == 0) / dropout_param["p"]'),
    ),
    _mistake(
        "dropout_backward.mask_of_the_last_call",
        "The mask of the last forward pass is used; the one that belongs here is in the cache.",
        (_MASK, f"{_MASK}\n        dropout_forward.mask = mask"),
        (_DX, "dx = dout * dropout_forward.mask"),
    ),
    _mistake(
        "dropout_backward.masked_in_the_test",
        "In the test there is no mask: the gradient passes unchanged.",
        ('    dx = dout\n    if dropout_param["mode"] == "train":\n', "    if True:\n"),
    ),
]  # fmt: skip

_NET = "out, dropout_cache = dropout_forward(out, self.dropout_param)"
_NET_BACK = "dout = dropout_backward(dout, dropout_cache)"
_AFFINE = 'out, affine_cache = affine_forward(x, self.params[f"W{i}"], self.params[f"b{i}"])'
_AFFINE_BACK = 'dx, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)'
_SCORES = "scores, scores_cache = affine_forward(out, weights[-1], biases[-1])"
_DSCORES = 'dout, grads[f"W{last}"], grads[f"b{last}"] = affine_backward(dscores, scores_cache)'
_ARGUMENT = "self.dropout_param"
_NORM = "out, norm_cache = self.normalize_forward(i, out)"
_ORDER_BACK = """\
        dout = relu_backward(dout, relu_cache)
        dout, grads = self.normalize_backward(i, dout, norm_cache)
"""


def _with_param(text: str) -> tuple[str, str]:
    return _NET, _NET.replace(_ARGUMENT, text)


NET = [
    _mistake(
        "FullyConnectedNet.dropout.ignored",
        "The net drops nothing when it trains.",
        (_NET, "pass"),
        (_NET_BACK, "pass"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.active_in_the_test",
        "The net drops units when it is asked for scores; dropout belongs to training only.",
        _with_param('{**self.dropout_param, "mode": "train"}'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.ratio_reversed",
        "The net keeps what it should drop: the ratio is that of the kept units.",
        _with_param('{**self.dropout_param, "p": 1 - self.dropout_param["p"]}'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.ratio_fixed",
        "A keep ratio is written into your code: the argument has no effect.",
        _with_param('{**self.dropout_param, "p": 0.5}'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.seed_ignored",
        "A net with a seed must drop the same units in every call.",
        _with_param('{k: v for k, v in self.dropout_param.items() if k != "seed"}'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.fixed_seed",
        "A seed is fixed in your code: the same units are dropped in all steps of the training.",
        _with_param('{"seed": 231, **self.dropout_param}'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.first_layer_only",
        "Units are dropped in the first hidden layer only.",
        (_NET, f"if i == 1:\n                {_NET}"),
        (_NET_BACK, f"if i == 1:\n                {_NET_BACK}"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.last_layer_only",
        "Units are dropped in the last hidden layer only.",
        (_NET, f"if i == self.num_layers - 1:\n                {_NET}"),
        (_NET_BACK, f"if i == self.num_layers - 1:\n                {_NET_BACK}"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.scores_dropped",
        "The scores are dropped too: dropout belongs to the hidden layers.",
        (_SCORES, f"{_SCORES}\n        if self.use_dropout:\n"
         "            scores, last_cache = dropout_forward(scores, self.dropout_param)"),
        (_DSCORES, "if self.use_dropout:\n            dscores = "
         f"dropout_backward(dscores, last_cache)\n        {_DSCORES}"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.inputs_dropped",
        "The inputs of the layers are dropped, images among them; dropout comes after the ReLU.",
        (_NET, "pass"),
        (_AFFINE, "drop_cache = None\n        if self.use_dropout:\n            "
         f"x, drop_cache = dropout_forward(x, self.dropout_param)\n        {_AFFINE}"),
        ("return out, (affine_cache, norm_cache, relu_cache, dropout_cache)",
         "return out, (affine_cache, norm_cache, relu_cache, drop_cache)"),
        (_NET_BACK, "pass"),
        (_AFFINE_BACK, f"{_AFFINE_BACK}\n        if self.use_dropout:\n            "
         "dx = dropout_backward(dx, dropout_cache)"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.off_with_a_normalization",
        "A net that normalizes drops nothing: dropout and normalization do not exclude each other.",
        ("self.use_dropout = dropout_keep_ratio != 1",
         "self.use_dropout = dropout_keep_ratio != 1 and normalization is None"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.before_the_normalization",
        "Units are dropped before they are normalized, which shifts their zeros; dropout comes "
        "last, after the ReLU.",
        (_NORM, "dropout_cache = None\n        if self.use_dropout:\n            "
         f"{_NET}\n        {_NORM}"),
        ("        dropout_cache = None\n        if self.use_dropout:\n            "
         f"### BEGIN SOLUTION FullyConnectedNet.dropout\n            {_NET}",
         "        if self.use_dropout:\n            "
         "### BEGIN SOLUTION FullyConnectedNet.dropout\n            pass"),
        (_NET_BACK, "pass"),
        (_ORDER_BACK, f"{_ORDER_BACK}        if self.use_dropout:\n            {_NET_BACK}\n"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.backward_before_the_normalization",
        "The backward pass comes to dropout after the normalization; it takes the layers in the "
        "reverse order.",
        (_NET_BACK, "pass"),
        (_ORDER_BACK, f"{_ORDER_BACK}        if self.use_dropout:\n            {_NET_BACK}\n"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.scaled_twice",
        "The kept units are divided by the keep ratio twice: the layer has done it already.",
        (_NET, f'{_NET}\n            out = out / self.dropout_param["p"]'),
        (_NET_BACK, f'{_NET_BACK} / self.dropout_param["p"]'),
    ),
    _mistake(
        "FullyConnectedNet.dropout.dropped_twice",
        "Dropout is applied twice in a row, so that too much is dropped.",
        (_NET, f"{_NET}\n            out, second_cache = dropout_forward(out, "
         "self.dropout_param)\n            dropout_cache = dropout_cache, second_cache"),
        (_NET_BACK, "first, second = dropout_cache\n            "
         "dout = dropout_backward(dropout_backward(dout, second), first)"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.backward_skipped",
        "The backward pass goes around dropout: units that were dropped get no gradient.",
        (_NET_BACK, "pass"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.tossed_anew",
        "The backward pass tosses a mask of its own: gradients take the way that the values took.",
        (_NET_BACK, "dout, _ = dropout_forward(dout, self.dropout_param)"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.first_mask_kept",
        "The backward pass uses masks of an earlier step, not those of its own forward pass.",
        (_NET_BACK, "kept = self.__dict__.setdefault(f'mask{i}', dropout_cache)\n            "
         "dout = dropout_backward(dout, kept)"),
    ),
    _mistake(
        "FullyConnectedNet.dropout.test_scaled",
        "Without labels the hidden units are multiplied by the keep ratio: training has already "
        "divided by it.",
        (_NET, f'{_NET}\n            if self.dropout_param["mode"] == "test":\n'
         '                out = out * self.dropout_param["p"]'),
    ),
]  # fmt: skip

MISCONCEPTIONS = (*FORWARD, *BACKWARD, *NET)
