"""The object that gives an image its class."""

import numpy as np

from datasets.pictograms.canvas import Pose, paint
from datasets.pictograms.fixed import Ints, cosine, luma, per_channel, per_pixel, sine, upsample
from datasets.pictograms.palette import MAIN_COLOURS, SECOND_COLOURS
from datasets.pictograms.shapes import figures
from datasets.pictograms.stream import Stream

OWN_COLOUR_PERCENT = 67
OWN_TEXTURE_PERCENT = 45
CONTRAST = 34
"""Least difference of brightness between an object and its scene, and between its two parts."""


def add_subject(stream: Stream, pixels: Ints, scene_colour: Ints) -> None:
    """Paints each image's own figure on `pixels` (n, 3, 32, 32), in place."""
    pose = _pose(stream)
    u, v = pose.coordinates()
    main, second = figures(stream.classes, u, v)
    main_colour = _tint(stream, MAIN_COLOURS, scene_colour)
    second_colour = _tint(stream, SECOND_COLOURS, main_colour)
    shade = _shade(stream, u, v)[:, None]
    paint(pixels, pose.coverage(main), per_channel(main_colour) + shade)
    paint(pixels, pose.coverage(second), per_channel(second_colour) + (shade >> 1))


def _pose(stream: Stream) -> Pose:
    radius = stream.integers(150, 250)
    mirror = 1 - 2 * stream.integers(0, 1)
    return Pose(
        radius=radius,
        x=stream.triangular(152),
        y=stream.triangular(152),
        turn=stream.triangular(22),
        aspect=stream.integers(200, 320) * mirror,
    )


def _tint(stream: Stream, own: Ints, behind: Ints) -> Ints:
    """The class's own colour or any other, set off from the colour behind it; (n, 3)."""
    is_own = stream.chance(OWN_COLOUR_PERCENT)[:, None]
    colour = np.where(is_own, own[stream.classes], stream.colours()) + stream.shifts(50, count=3)
    return colour + _push(luma(colour), luma(behind))[:, None]


def _push(brightness: Ints, behind: Ints) -> Ints:
    """What a brightness lacks to differ by CONTRAST, away from the end of the scale."""
    difference = brightness - behind
    upwards = (behind < 55) | ((behind <= 200) & (difference >= 0))
    up, down = np.maximum(CONTRAST - difference, 0), np.minimum(-CONTRAST - difference, 0)
    push: Ints = np.where(upwards, up, down)
    return push


def _shade(stream: Stream, u: Ints, v: Ints) -> Ints:
    """The object's surface: lit from above, striped, checked or speckled; (n, 32, 32)."""
    is_own = stream.chance(OWN_TEXTURE_PERCENT)
    kind = np.where(is_own, stream.classes & 3, stream.integers(0, 3))
    stripes, cross_stripes = _stripes(stream, u, v)
    speckles = upsample(stream.grid(17, 17))
    surfaces = -v >> 2, stripes, (stripes * cross_stripes) >> 7, speckles
    return (np.choose(per_pixel(kind), surfaces) * per_pixel(stream.integers(20, 90))) >> 8


def _stripes(stream: Stream, u: Ints, v: Ints) -> tuple[Ints, Ints]:
    """Two waves at right angles, in -128..128."""
    period, phase = per_pixel(stream.integers(60, 150)), per_pixel(stream.integers(0, 255))
    turn = stream.integers(0, 63)
    sin, cos = per_pixel(sine(turn)), per_pixel(cosine(turn))
    along, across = (cos * u + sin * v) >> 14, (cos * v - sin * u) >> 14
    return _wave(along + phase, period), _wave(across + phase, period)


def _wave(position: Ints, period: Ints) -> Ints:
    wave: Ints = np.abs(((position * 256 // period) & 511) - 256) - 128
    return wave
