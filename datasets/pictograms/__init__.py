"""Pictogram-10: ten classes of drawn 32 x 32 images that exercise a network as CIFAR-10 does.

The images are drawn, not stored: a seed gives the same bytes on every machine and NumPy, because
only `PCG64.random_raw` and 32-bit integer arithmetic are used. A silhouette stands on a scene,
tilted, moved, partly hidden and badly lit. Colour, scene and texture hint at the class without
giving it away, and some labels are wrong, as in any real data set.
"""

import numpy as np
from numpy.typing import NDArray

from datasets.pictograms.background import background
from datasets.pictograms.foreground import add_occluder, photograph
from datasets.pictograms.shapes import CLASSES
from datasets.pictograms.stream import CHUNK, Stream
from datasets.pictograms.subject import add_subject

__all__ = ["CLASSES", "SEED", "TEST", "TRAIN", "generate"]

SEED = 10
TRAIN, TEST = 0, 2
"""The splits; 1 is free, for whoever wants fresh images."""
WRONG_LABEL_PERCENT = 4

Bytes = NDArray[np.uint8]


def generate(count: int, split: int = TRAIN, seed: int = SEED) -> tuple[Bytes, Bytes]:
    """Draws the first `count` images of a split; a smaller set is a prefix of a larger one.

    Returns:
        images (count, 3, 32, 32) and labels (count,), both uint8.
    """
    chunks = [_chunk(Stream(seed, split, index)) for index in range(-(-count // CHUNK))]
    images, labels = zip(*chunks, strict=True)
    return np.concatenate(images)[:count], np.concatenate(labels)[:count]


def _chunk(stream: Stream) -> tuple[Bytes, Bytes]:
    """Paints from back to front; the order of the steps is the order of the random numbers."""
    pixels, scene_colour = background(stream)
    add_subject(stream, pixels, scene_colour)
    add_occluder(stream, pixels)
    images = np.clip(photograph(stream, pixels), 0, 255).astype(np.uint8)
    return images, _labels(stream)


def _labels(stream: Stream) -> Bytes:
    # A label drawn at random is right one time in ten, so draw 10/9 as often.
    redraw = stream.chance(10 * WRONG_LABEL_PERCENT, out_of=900)
    return np.where(redraw, stream.integers(0, 9), stream.classes).astype(np.uint8)
