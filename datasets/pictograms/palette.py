"""What each class likes to look like; an image follows it only with some probability."""

from typing import NamedTuple

import numpy as np

from datasets.pictograms.fixed import Ints
from datasets.pictograms.shapes import CLASSES

Colour = tuple[int, int, int]


class Look(NamedTuple):
    """The two favourite scenes and the two colours of a class."""

    scenes: tuple[str, str]
    main: Colour
    second: Colour


_SCENES: dict[str, tuple[Colour, Colour]] = {  # colour at the top, colour at the bottom
    "sky": ((120, 170, 225), (175, 205, 230)),
    "sea": ((120, 160, 200), (40, 90, 140)),
    "meadow": ((150, 190, 215), (80, 130, 55)),
    "beach": ((190, 200, 210), (200, 170, 115)),
    "night": ((25, 30, 65), (50, 48, 62)),
    "room": ((190, 165, 145), (120, 85, 60)),
    "forest": ((60, 88, 50), (88, 66, 45)),
    "snow": ((200, 206, 212), (228, 228, 232)),
}

_LOOKS = {
    "ball": Look(("meadow", "beach"), (205, 55, 50), (240, 240, 235)),
    "boat": Look(("sea", "sky"), (225, 225, 220), (120, 70, 45)),
    "donut": Look(("room", "beach"), (165, 105, 70), (235, 150, 180)),
    "fish": Look(("sea", "sea"), (225, 130, 45), (240, 220, 190)),
    "heart": Look(("room", "snow"), (215, 45, 85), (250, 180, 190)),
    "house": Look(("meadow", "snow"), (170, 95, 70), (90, 60, 50)),
    "moon": Look(("night", "night"), (228, 222, 180), (180, 175, 150)),
    "mushroom": Look(("forest", "meadow"), (190, 45, 40), (235, 225, 205)),
    "star": Look(("night", "sky"), (235, 205, 60), (250, 235, 150)),
    "tree": Look(("sky", "meadow"), (45, 115, 50), (95, 65, 40)),
}


def _favourites() -> Ints:
    places = list(_SCENES)
    chosen = [[places.index(scene) for scene in _LOOKS[name].scenes] for name in CLASSES]
    return np.array(chosen, np.int32)


SCENES: Ints = np.array(list(_SCENES.values()), np.int32)
"""(8, 2, 3) colours of each scene: top and bottom."""
FAVOURITE_SCENES: Ints = _favourites()
"""(10, 2) rows of SCENES that belong to each class."""
MAIN_COLOURS: Ints = np.array([_LOOKS[name].main for name in CLASSES], np.int32)
"""(10, 3)."""
SECOND_COLOURS: Ints = np.array([_LOOKS[name].second for name in CLASSES], np.int32)
"""(10, 3)."""
