"""Accepted implementations in weights.py."""

from autograder.diagnosis.variants.objects.entry import variant

_FANS = """\
    *kernel, n_in, n_out = shape
    pixels = int(np.prod(kernel))
    fan_in, fan_out = pixels * n_in, pixels * n_out
"""
_UNIFORM = "self.rng.uniform(-a, a, size=shape)"
_NORMAL = "self.rng.normal(scale=std, size=shape)"

VARIANTS = (
    variant(
        "fans.two_cases",
        "The two kinds of layers apart.",
        (_FANS, """\
    if len(shape) == 2:
        fan_in, fan_out = shape
    else:
        kh, kw, c_in, c_out = shape
        fan_in, fan_out = kh * kw * c_in, kh * kw * c_out
"""),
    ),
    variant(
        "fans.all_but_one",
        "All numbers, divided by the axis that does not count; floats.",
        (_FANS, """\
    fan_in, fan_out = np.prod(shape) / shape[-1], np.prod(shape) / shape[-2]
"""),
    ),
    variant(
        "XavierUniform.call.stretched",
        "Numbers between 0 and 1, stretched and moved.",
        (_UNIFORM, "a * (2 * self.rng.random(shape) - 1)"),
    ),
    variant(
        "XavierUniform.call.global_generator",
        "NumPy's global generator: the seed has no effect then.",
        (_UNIFORM, "np.random.uniform(-a, a, shape)"),
    ),
    variant(
        "XavierNormal.call.scaled",
        "Scaled afterwards.",
        (_NORMAL, "std * self.rng.standard_normal(shape)"),
    ),
    variant(
        "HeUniform.call.root_of_three",
        "The deviation times the root of 3.",
        ("a = np.sqrt(6 / fan_in)", "a = np.sqrt(3) * np.sqrt(2 / fan_in)"),
    ),
    variant(
        "HeNormal.call.power",
        "A power of one half.",
        ("std = np.sqrt(2 / fan_in)", "std = (2.0 / fan_in) ** 0.5"),
        (_NORMAL, "self.rng.normal(0, std, shape)"),
    ),
)  # fmt: skip
