"""Is this answer the expected one? Shape first, then type, then values."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge.finding import Finding


@dataclass(frozen=True)
class Tolerance:
    """|actual - expected| <= relative * |expected| + absolute * max|expected|."""

    relative: float
    absolute: float


# By the less precise of the two dtypes; float16 is too coarse to tell right from wrong.
TOLERANCES = {
    "float64": Tolerance(1e-6, 1e-9),
    "float32": Tolerance(2e-4, 2e-5),
}


@dataclass(frozen=True)
class Comparison:
    """The verdict on one quantity: a finding if it is wrong, and notes either way."""

    finding: Finding | None = None
    notes: tuple[str, ...] = ()


def compare(
    quantity: str,
    actual: Any,
    expected: Any,
    *,
    lenient: bool = False,
    tolerance: Tolerance | None = None,
) -> Comparison:
    """Compare an answer with the reference's.

    `lenient` accepts (1, M) for (M,) and (C,) for (1, C, 1, 1), with a note. NaN equals nothing.
    `tolerance` overrides the table by dtype.
    """
    want = np.asarray(expected)
    got, fault = _as_array(quantity, actual)
    if got is None:
        return Comparison(fault)
    notes = []
    if lenient and forgiven(got.shape, want.shape):
        notes.append(f"{quantity} has shape {got.shape}; {want.shape} is asked for, accepted")
        got = got.reshape(want.shape)
    if got.shape != want.shape:
        summary = f"{quantity} has shape {got.shape}, but must have shape {want.shape}"
        return Comparison(Finding(quantity, summary, actual=got, expected=want))
    if got.dtype != want.dtype and want.dtype.kind == "f" and got.dtype.kind == "f":
        notes.append(f"{quantity} has dtype {got.dtype}; {want.dtype} would be natural here")
    return Comparison(_values(quantity, got, want, tolerance), tuple(notes))


def forgiven(got: tuple[int, ...], want: tuple[int, ...]) -> bool:
    """Is `got` another usual shape of the same vector: (1, M) for (M,), (C,) for (1, C, 1, 1)?"""
    return got == (1, *want) or (1, *got, 1, 1) == want


def _as_array(quantity: str, actual: Any) -> tuple[NDArray[Any] | None, Finding | None]:
    if actual is None:
        summary = f"{quantity} is None: is a return statement missing?"
        return None, Finding(quantity, summary)
    if not isinstance(actual, np.ndarray | int | float):
        return None, Finding(quantity, f"{quantity} is a {_kind(actual)}, not a NumPy array")
    got = np.asarray(actual)
    if got.dtype.kind not in "fiub" or got.dtype == np.float16:
        return None, Finding(quantity, f"{quantity} has dtype {got.dtype}; float64 is expected")
    return got, None


def _kind(value: Any) -> str:
    return type(value).__name__.replace("RemoteObject", "Python object")


def _values(
    quantity: str, got: NDArray[Any], want: NDArray[Any], tolerance: Tolerance | None
) -> Finding | None:
    tolerance = tolerance or _tolerance(got, want)
    scale = float(np.max(np.abs(want), initial=0.0))
    with np.errstate(all="ignore"):
        error = np.abs(got.astype(np.float64) - want)
        bound = tolerance.relative * np.abs(want) + tolerance.absolute * scale + 1e-300
        wrong = ~(error <= bound)
    if not wrong.any():
        return None
    return _mismatch(quantity, got, want, error, wrong)


def _tolerance(got: NDArray[Any], want: NDArray[Any]) -> Tolerance:
    coarse = np.float32 in (got.dtype, want.dtype)
    return TOLERANCES["float32" if coarse else "float64"]


def _mismatch(
    quantity: str, got: NDArray[Any], want: NDArray[Any], error: NDArray[Any], wrong: NDArray[Any]
) -> Finding:
    relative = relative_error(got, want)
    if bad := int((~np.isfinite(got)).sum()):
        what = f"{bad} of {got.size} are not finite (NaN or infinite)"
    else:
        worst = float(relative[wrong].max())
        what = f"{int(wrong.sum())} of {got.size} differ, largest relative error {worst:.2e}"
    score = np.where(wrong, np.where(np.isnan(error), np.inf, error), -1.0)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(score)), score.shape))
    at = f" at index {_index(index)}" if got.ndim else ""
    there = "there, " if at else ""
    detail = f"{there}yours is {float(got[index]):.8g}, expected {float(want[index]):.8g}"
    summary = f"{quantity} is wrong: {what}" + (f", largest difference{at}" if at else "")
    return Finding(quantity, summary, detail, actual=got, expected=want)


def _index(index: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, index)) + "]"


class Unfit(ValueError):
    """An answer with which a case cannot go on; the message is for the student."""


def shaped(value: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    """`value`, if it is an array of numbers of that shape; ValueError if not.

    To be called before computing with a student's answer: what broadcasts can fill all memory.
    """
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiub":
        raise ValueError(f"a {_kind(value)} is not numbers")
    if value.shape != shape:
        raise ValueError(f"an array has shape {value.shape}, but must have shape {shape}")
    return value


def relative_error(x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float64]:
    """|x - y| / max(1e-8, |x| + |y|), element by element, as CS231n measures it."""
    with np.errstate(all="ignore"):
        x64, y64 = x.astype(np.float64), y.astype(np.float64)
        error: NDArray[np.float64] = np.abs(x64 - y64) / np.maximum(1e-8, np.abs(x64) + np.abs(y64))
    return error
