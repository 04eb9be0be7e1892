"""Known wrong implementations in weights.py."""

from autograder.diagnosis.catalogue import Misconception
from autograder.diagnosis.misconceptions.objects.entry import mistake

_FANS = "fan_in, fan_out = pixels * n_in, pixels * n_out"

FANS = [
    mistake(
        "fans.swapped",
        "Inputs and outputs have changed places: the last axis holds the outputs.",
        (_FANS, "fan_out, fan_in = pixels * n_in, pixels * n_out"),
    ),
    mistake(
        "fans.kernel_ignored",
        "An output of a convolution sees every pixel beneath the kernel: these count as well.",
        (_FANS, "fan_in, fan_out = n_in, n_out"),
    ),
    mistake(
        "fans.kernel_in_fan_in_only",
        "Each input of a convolution reaches as many outputs per filter as the kernel has pixels.",
        (_FANS, "fan_in, fan_out = pixels * n_in, n_out"),
    ),
    mistake(
        "fans.first_axes",
        "The first two axes of a convolution's weights are rows and columns of the kernel.",
        (_FANS, "fan_in, fan_out = shape[0], shape[1]"),
    ),
    mistake(
        "fans.all_numbers",
        "The product of all axes counts connections: one output has only its share of them.",
        (_FANS, "fan_in = fan_out = int(np.prod(shape))"),
    ),
    mistake(
        "fans.sides_added",
        "A kernel has rows times columns of pixels, not their sum.",
        ("pixels = int(np.prod(kernel))", "pixels = sum(kernel) or 1"),
    ),
    mistake(
        "fans.channels_first",
        "The last two axes are inputs and outputs: other libraries have them first.",
        ("*kernel, n_in, n_out = shape", "n_out, n_in, *kernel = shape"),
    ),
]

_BOTH, _IN = "(fan_in + fan_out)", "fan_in"
NORMAL, UNIFORM = "self.rng.normal(scale=std, size=shape)", "self.rng.uniform(-a, a, size=shape)"
SPREAD = "A uniform distribution from -a to a has variance a²/3: a is too small by the root of 3."


def _uniform(name: str, fan: str) -> list[Misconception]:
    task, limit = f"{name}.call", f"a = np.sqrt(6 / {fan})"
    return [
        mistake(f"{task}.limit_is_the_deviation", SPREAD, (limit, f"a = np.sqrt(2 / {fan})")),
        mistake(
            f"{task}.root_missing",
            "The root is missing: variances were taken for lengths.",
            (limit, f"a = 6 / {fan}"),
        ),
        mistake(
            f"{task}.half_the_variance",
            "The variance is half of what is asked for: where is the factor 2?",
            (limit, f"a = np.sqrt(3 / {fan})"),
        ),
        mistake(
            f"{task}.normal",
            "A uniform distribution is asked for, and these numbers are drawn from a normal one.",
            (UNIFORM, "self.rng.normal(scale=a / np.sqrt(3), size=shape)"),
        ),
        mistake(
            f"{task}.positive",
            "Weights have both signs: the interval begins at -a.",
            (UNIFORM, "self.rng.uniform(0, a, size=shape)"),
        ),
        mistake(
            f"{task}.fixed_seed",
            "The generator starts anew in every call, so that all layers get the same weights.",
            (UNIFORM, "np.random.default_rng(0).uniform(-a, a, size=shape)"),
        ),
    ]


def _normal(name: str, fan: str) -> list[Misconception]:
    task, std = f"{name}.call", f"std = np.sqrt(2 / {fan})"
    return [
        mistake(
            f"{task}.variance_for_deviation",
            "The variance is used as the standard deviation: its root is missing.",
            (std, f"std = 2 / {fan}"),
        ),
        mistake(
            f"{task}.half_the_variance",
            "The variance is half of what is asked for: where is the factor 2?",
            (std, f"std = np.sqrt(1 / {fan})"),
        ),
        mistake(
            f"{task}.factor_outside_the_root",
            "The factor 2 belongs under the root.",
            (std, f"std = 2 / np.sqrt{fan if fan == _BOTH else f'({fan})'}"),
        ),
        mistake(
            f"{task}.uniform",
            "A normal distribution is asked for, and these numbers are drawn from a uniform one.",
            (NORMAL, "self.rng.uniform(-1, 1, size=shape) * np.sqrt(3) * std"),
        ),
        mistake(
            f"{task}.mean_one",
            "The mean of the weights has to be zero.",
            (NORMAL, "self.rng.normal(1, std, size=shape)"),
        ),
        mistake(
            f"{task}.fixed_seed",
            "The generator starts anew in every call, so that all layers get the same weights.",
            (NORMAL, "np.random.default_rng(0).normal(scale=std, size=shape)"),
        ),
    ]


OTHER_FAN = [
    mistake(
        "XavierUniform.call.he",
        "This is He's variance: Xavier's has inputs and outputs in it.",
        ("a = np.sqrt(6 / (fan_in + fan_out))", "a = np.sqrt(6 / fan_in)"),
    ),
    mistake(
        "XavierNormal.call.he",
        "This is He's variance: Xavier's has inputs and outputs in it.",
        ("std = np.sqrt(2 / (fan_in + fan_out))", "std = np.sqrt(2 / fan_in)"),
    ),
    mistake(
        "HeUniform.call.fan_out",
        "He's variance is made of the number of inputs, not of that of the outputs.",
        ("a = np.sqrt(6 / fan_in)", "a = np.sqrt(6 / fans(shape)[1])"),
    ),
    mistake(
        "HeUniform.call.xavier",
        "This is Xavier's variance: He's has only the inputs in it.",
        ("a = np.sqrt(6 / fan_in)", "a = np.sqrt(6 / sum(fans(shape)))"),
    ),
    mistake(
        "HeNormal.call.fan_out",
        "He's variance is made of the number of inputs, not of that of the outputs.",
        ("std = np.sqrt(2 / fan_in)", "std = np.sqrt(2 / fans(shape)[1])"),
    ),
    mistake(
        "HeNormal.call.xavier",
        "This is Xavier's variance: He's has only the inputs in it.",
        ("std = np.sqrt(2 / fan_in)", "std = np.sqrt(2 / sum(fans(shape)))"),
    ),
]

MISCONCEPTIONS = (
    *FANS,
    *_uniform("XavierUniform", _BOTH),
    *_normal("XavierNormal", _BOTH),
    *_uniform("HeUniform", _IN),
    *_normal("HeNormal", _IN),
    *OTHER_FAN,
)
