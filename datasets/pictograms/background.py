"""Behind the object: a two-tone scene with texture, and clutter."""

import numpy as np

from datasets.pictograms.canvas import COLUMN, ROW, Pose, paint
from datasets.pictograms.fixed import Ints, per_channel, per_pixel, upsample
from datasets.pictograms.palette import FAVOURITE_SCENES, SCENES
from datasets.pictograms.shapes import box, disk, triangle
from datasets.pictograms.stream import Stream

FAVOURITE_SCENE_PERCENT = 55
CLUTTER = 2
_OCTAVES = (3, 96), (5, 80), (9, 72), (17, 56)  # cells a side, strength out of 128


def background(stream: Stream) -> tuple[Ints, Ints]:
    """Paints the scenes.

    Returns:
        pixels (n, 3, 32, 32), not yet clipped, and each scene's mean colour (n, 3).
    """
    scene = _scenes(stream)
    sky_weight = _horizon(stream)
    tones = SCENES[scene] + stream.shifts(46, count=6).reshape(-1, 2, 3)
    top, bottom = tones[:, 0], tones[:, 1]
    pixels = (per_channel(top) * (128 - sky_weight) + per_channel(bottom) * sky_weight) >> 7
    _add_texture(stream, pixels)
    for _ in range(CLUTTER):
        _add_clutter(stream, pixels)
    return pixels, (top + bottom) >> 1


def _scenes(stream: Stream) -> Ints:
    favourite = FAVOURITE_SCENES[stream.classes, stream.integers(0, 1)]
    return np.where(
        stream.chance(FAVOURITE_SCENE_PERCENT), favourite, stream.integers(0, len(SCENES) - 1)
    )


def _horizon(stream: Stream) -> Ints:
    """Weight of the bottom colour out of 128: a tilted, soft step."""
    height, tilt = per_pixel(stream.triangular(24)), per_pixel(stream.triangular(90))
    below = ((ROW * 256 + tilt * COLUMN) >> 8) - height
    weight: Ints = np.clip(below, -10, 10) * 6 + 64
    return weight[:, None]


def _add_texture(stream: Stream, pixels: Ints) -> None:
    """Adds four octaves of grey texture and a slow drift of colour."""
    octaves = [(upsample(stream.grid(k, k)) * strength) >> 7 for k, strength in _OCTAVES]
    amplitude = per_pixel(stream.integers(8, 64))
    pixels += ((np.sum(octaves, axis=0, dtype=np.int32) * amplitude) >> 8)[:, None]
    pixels += (upsample(stream.grid(3, 3, 3)) * 24) >> 7


def _add_clutter(stream: Stream, pixels: Ints) -> None:
    pose = Pose(
        radius=stream.integers(40, 110),
        x=stream.integers(-256, 256),
        y=stream.integers(-256, 256),
        turn=stream.integers(0, 63),
        aspect=stream.integers(150, 400),
    )
    u, v = pose.coordinates()
    shapes = disk(u, v, 0, 0, 240), box(u, v, -220, 220, -220, 220), triangle(u, v, -230, 200, 220)
    distance = np.choose(per_pixel(stream.integers(0, 2)), shapes)
    opacity = per_pixel(stream.integers(90, 256))
    paint(pixels, (pose.coverage(distance) * opacity) >> 8, per_channel(stream.colours()))
