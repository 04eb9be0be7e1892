"""Looks at a wrong answer and the right one: each says a sentence, or nothing.

No sentence holds a number of the right answer: it may be shown for hidden trials.
"""

from collections.abc import Callable

from autograder.diagnosis.looks import places, shapes, sizes
from autograder.diagnosis.looks.numbers import Floats

Look = Callable[[Floats, Floats], str]

SHAPES: tuple[Look, ...] = shapes.LOOKS
VALUES: tuple[Look, ...] = (
    places.hardly, places.not_finite, places.zeros, sizes.factor, sizes.power, sizes.offset,
    shapes.permuted, places.reordered, sizes.signs, sizes.whole_numbers, places.masked,
    places.border, places.some_rows, sizes.factor_of_each, sizes.offset_of_each, places.nearly,
)  # fmt: skip
