"""The ten silhouettes, as signed distances: positive inside, zero on the outline.

Coordinates: u to the right and v downwards, both in 1/256 of the object's radius.
"""

from math import isqrt

import numpy as np

from datasets.pictograms.fixed import Ints

Parts = tuple[Ints, Ints]
"""The main part of a figure, and the part painted over it."""

either, both = np.maximum, np.minimum


def disk(u: Ints, v: Ints, x: int, y: int, r: int) -> Ints:
    """A disk of centre (x, y) and radius r."""
    return ((r * r - (u - x) ** 2 - (v - y) ** 2) * (32768 // r)) >> 16


def box(u: Ints, v: Ints, left: int, right: int, top: int, bottom: int) -> Ints:
    """A rectangle."""
    return both(both(u - left, right - u), both(v - top, bottom - v))


def triangle(u: Ints, v: Ints, top: int, base: int, half: int, x: int = 0) -> Ints:
    """An isosceles triangle of apex (x, top) over a base at v = base of width 2 * half."""
    height = base - top
    side = isqrt(height * height + half * half - 1) + 1
    across, down = 256 * height // side, 256 * half // side
    sides: Ints = (down * (v - top) - across * np.abs(u - x)) >> 8
    return both(base - v, sides)


def ring(u: Ints, v: Ints, outer: int, inner: int) -> Ints:
    """A disk with a round hole, around the origin."""
    return both(disk(u, v, 0, 0, outer), -disk(u, v, 0, 0, inner))


def ball(u: Ints, v: Ints) -> Parts:
    """A ball with a stripe."""
    whole = disk(u, v, 0, 0, 250)
    return whole, both(whole, 62 - np.abs(v))


def boat(u: Ints, v: Ints) -> Parts:
    """A hull with two sails."""
    hull = both(both(v - 80, 220 - v), ((-200 * np.abs(u) - 160 * v) >> 8) + 250)
    mainsail = both(triangle(u, v, -256, 60, 190, x=-6), u + 10)
    jib = both(triangle(u, v, -190, 60, 150, x=-30), -40 - u)
    return hull, either(mainsail, jib)


def donut(u: Ints, v: Ints) -> Parts:
    """A ring with icing."""
    return ring(u, v, 250, 105), ring(u, v, 215, 140) - 8


def fish(u: Ints, v: Ints) -> Parts:
    """A body with a tail, an eye and a stripe."""
    body = disk((u * 170) >> 8, v, 25, 0, 128)
    tail = both(u + 250, ((-u - 70) * 200 - np.abs(v) * 160) >> 8)
    stripe = both(body, 26 - np.abs(u - 10))
    return either(body, tail), either(disk(u, v, 130, -30, 30), stripe)


def heart(u: Ints, v: Ints) -> Parts:
    """A square on its corner below two disks, with a highlight."""
    point = ((205 - np.abs(u) - np.abs(v - 25)) * 181) >> 8
    return either(point, disk(np.abs(u), v, 102, -77, 145)), disk(u, v, -105, -85, 50)


def house(u: Ints, v: Ints) -> Parts:
    """Walls, and a roof with a door."""
    roof, door = triangle(u, v, -256, -30, 256), box(u, v, -50, 50, 80, 235)
    return box(u, v, -180, 180, -40, 235), either(roof, door)


def moon(u: Ints, v: Ints) -> Parts:
    """A crescent with a crater."""
    crescent = both(disk(u, v, 0, 0, 250), -disk(u, v, 110, -40, 200))
    return crescent, disk(u, v, -150, 60, 40)


def mushroom(u: Ints, v: Ints) -> Parts:
    """A cap, and a stem with the cap's two spots."""
    cap = both(disk(u, v, 0, 20, 250), 20 - v)
    spots = either(disk(u, v, -95, -70, 48), disk(u, v, 70, -110, 52))
    return cap, either(box(u, v, -72, 72, 20, 245), spots)


def star(u: Ints, v: Ints) -> Parts:
    """A pentagram: the points inside at least four of five half-planes."""
    normals = (0, 256), (243, 79), (150, -207), (-150, -207), (-243, 79)
    edges = np.stack([98 - ((x * u + y * v) >> 8) for x, y in normals])
    outline = np.sort(edges, axis=0)[1]
    return outline, outline - 60


def tree(u: Ints, v: Ints) -> Parts:
    """Two layers of branches, and a trunk."""
    branches = either(triangle(u, v, -256, 10, 150), triangle(u, v, -130, 160, 215))
    return branches, box(u, v, -42, 42, 160, 250)


FIGURES = (ball, boat, donut, fish, heart, house, moon, mushroom, star, tree)
CLASSES = tuple(figure.__name__ for figure in FIGURES)


def figures(classes: Ints, u: Ints, v: Ints) -> Parts:
    """The two parts of each image's own figure; classes (n,), all others (n, 32, 32)."""
    main, second = np.empty_like(u), np.empty_like(v)
    for number, figure in enumerate(FIGURES):
        chosen = np.flatnonzero(classes == number)
        main[chosen], second[chosen] = figure(u[chosen], v[chosen])
    return main, second
