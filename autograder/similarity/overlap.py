"""Which pairs have fingerprints in common that few others have."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from autograder.similarity.fingerprints import Marks, Rows
from autograder.similarity.work import Work

USUAL = 0.1
"""A fingerprint that more than this share of a year has is usual there, and counts for nobody."""
FEW = 5
"""So many of a small class may share one all the same."""
BLOCK = 4096


def rare_marks(works: Sequence[Work]) -> list[Marks]:
    """The distinct fingerprints of each of `works`, which are sorted by year, without the usual."""
    own = [np.unique(work.fingerprints.marks) for work in works]
    years = groupby(zip(works, own, strict=True), key=lambda pair: pair[0].year)
    usual = _merged([_usual([marks for _, marks in year]) for _, year in years])
    return [np.setdiff1d(marks, usual, assume_unique=True) for marks in own]


def _usual(own: Sequence[Marks]) -> Marks:
    marks, holders = np.unique(np.concatenate(own), return_counts=True)
    return marks[holders > max(FEW, USUAL * len(own))]


def _merged(parts: Sequence[Marks]) -> Marks:
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *parts]))


def counts_in_common(rare: Sequence[Marks], size: int) -> NDArray[np.int64]:
    """(size, len(rare)): how many fingerprints each of the first `size` shares with each.

    Who has what is a matrix of zeros and ones, made block by block; its product with itself is
    exact in single precision.
    """
    owners, columns, width = _held_by_two(rare)
    counts = np.zeros((size, len(rare)), np.int64)
    for start in range(0, width, BLOCK):
        block = slice(*np.searchsorted(columns, (start, start + BLOCK)))
        held = np.zeros((len(rare), BLOCK), np.float32)
        held[owners[block], columns[block] - start] = 1
        counts += (held[:size] @ held.T).astype(np.int64)
    return counts


def _held_by_two(rare: Sequence[Marks]) -> tuple[Rows, Rows, int]:
    """Who has which of the fingerprints that two or more have, by its number among these, and how
    many there are."""
    _, numbers, holders = np.unique(np.concatenate(rare), return_inverse=True, return_counts=True)
    owners = np.repeat(np.arange(len(rare)), [len(own) for own in rare])
    shared = holders > 1
    among, kept = np.cumsum(shared) - 1, shared[numbers]
    owners, columns = owners[kept], among[numbers[kept]]
    order = np.argsort(columns, kind="stable")
    return owners[order], columns[order], int(shared.sum())


def pairs(counts: NDArray[np.int64], least: int) -> Iterator[tuple[int, int]]:
    """Those that share at least so many, the first of the class and the second behind it."""
    first, second = np.nonzero(np.triu(counts, 1) >= least)
    yield from zip(first.tolist(), second.tolist(), strict=True)
