"""In front of the object: an occluder, then light and the camera's noise."""

import numpy as np

from datasets.pictograms.canvas import COLUMN, ROW, Pose, paint
from datasets.pictograms.fixed import SIZE, Ints, per_channel, per_pixel
from datasets.pictograms.shapes import box, disk
from datasets.pictograms.stream import Stream

OCCLUDER_PERCENT = 45


def add_occluder(stream: Stream, pixels: Ints) -> None:
    """Hides a part of some images behind a disk or a rectangle, in place."""
    pose = Pose(
        radius=stream.integers(50, 90),
        x=stream.integers(-240, 240),
        y=stream.integers(-240, 240),
        turn=stream.integers(0, 63),
        aspect=stream.integers(60, 300),
    )
    u, v = pose.coordinates()
    shapes = disk(u, v, 0, 0, 240), box(u, v, -200, 200, -200, 200)
    distance = np.choose(per_pixel(stream.integers(0, 1)), shapes)
    present = per_pixel(stream.chance(OCCLUDER_PERCENT).astype(np.int32))
    paint(pixels, pose.coverage(distance) * present, per_channel(stream.colours()))


def photograph(stream: Stream, pixels: Ints) -> Ints:
    """The pixels under uneven light, with contrast and noise; (n, 3, 32, 32), not clipped."""
    light = _light(stream)[:, None]
    contrast = per_pixel(stream.integers(180, 280))[:, None]
    exposed = (((pixels - 126) * contrast) >> 8) + light
    noise = stream.noise(3, SIZE, SIZE)
    return exposed + ((noise * per_pixel(stream.integers(2, 18))[:, None]) >> 8)


def _light(stream: Stream) -> Ints:
    """Brightness of every pixel's mid-grey, with a gradient; (n, 32, 32)."""
    brightness = per_pixel(stream.triangular(46)) + 118
    rightwards, downwards = per_pixel(stream.triangular(64)), per_pixel(stream.triangular(64))
    return brightness + ((rightwards * COLUMN + downwards * ROW) >> 5)
