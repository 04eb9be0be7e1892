import hashlib
from itertools import pairwise

import numpy as np
import pytest

from datasets import pictograms
from datasets.pictograms.fixed import cosine, sine, upsample
from datasets.pictograms.shapes import CLASSES, box, disk, figures, triangle


def sha256(*arrays: np.ndarray) -> str:
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def test_one_chunk_is_the_same_on_every_machine() -> None:
    images, labels = pictograms.generate(200)
    assert sha256(images, labels) == (
        "4b19d1fc3d354f4773508634cc10ebb3ec15d9371ed28a8d0bb39ed3af034b48"
    )


def test_images_and_labels_have_cifar_shapes() -> None:
    images, labels = pictograms.generate(10)
    assert images.shape == (10, 3, 32, 32) and images.dtype == np.uint8
    assert labels.shape == (10,) and labels.dtype == np.uint8


def test_a_smaller_set_is_a_prefix_of_a_larger_one() -> None:
    few, many = pictograms.generate(150), pictograms.generate(250)
    for a, b in zip(few, many, strict=True):
        np.testing.assert_array_equal(a, b[:150])


def test_splits_and_seeds_share_no_image() -> None:
    sets = [pictograms.generate(200, split, seed)[0] for split, seed in [(0, 10), (2, 10), (0, 11)]]
    pictures = {image.tobytes() for images in sets for image in images}
    assert len(pictures) == 600


def test_classes_are_nearly_balanced_and_a_few_labels_wrong() -> None:
    _, labels = pictograms.generate(2000)
    counts = np.bincount(labels, minlength=10)
    assert counts.sum() == 2000 and counts.min() >= 180 and counts.max() <= 220
    assert np.any(counts != 200)


def test_pixels_are_spread_as_those_of_photographs() -> None:
    images, _ = pictograms.generate(1000)
    assert 115 < images.mean() < 130
    assert 60 < images.std() < 70


def test_sine_is_a_sine() -> None:
    angle = np.arange(-64, 128, dtype=np.int32)
    np.testing.assert_allclose(sine(angle) / 2**14, np.sin(angle * np.pi / 32), atol=1e-4)
    np.testing.assert_allclose(cosine(angle) / 2**14, np.cos(angle * np.pi / 32), atol=1e-4)


@pytest.mark.parametrize("k", [3, 5, 9, 17])
def test_upsampling_keeps_a_flat_grid_and_the_order_of_a_ramp(k: int) -> None:
    flat = np.full((2, k, k), 7, np.int32)
    np.testing.assert_array_equal(upsample(flat), np.full((2, 32, 32), 7))
    ramp = upsample(np.broadcast_to(np.arange(k, dtype=np.int32) * 100, (1, k, k)))[0, 0]
    assert all(left <= right for left, right in pairwise(ramp))


def test_shapes_are_positive_inside_and_negative_outside() -> None:
    u, v = np.array([0, 200], np.int32), np.array([0, 0], np.int32)
    for distance in (
        disk(u, v, 0, 0, 100),
        box(u, v, -50, 50, -50, 50),
        triangle(u, v, -100, 50, 80),
    ):
        assert distance[0] > 0 > distance[1]


def test_every_class_has_its_own_silhouette() -> None:
    side = np.arange(-256, 257, 16, dtype=np.int32)
    u, v = (np.repeat(grid[None], 10, axis=0) for grid in np.meshgrid(side, side))
    main, second = figures(np.arange(10, dtype=np.int32), u, v)
    silhouettes = np.maximum(main, second) > 0
    assert len({image.tobytes() for image in silhouettes}) == len(CLASSES) == 10
    assert all(0.1 < image.mean() < 0.9 for image in silhouettes)
