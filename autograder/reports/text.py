"""Hostile text made harmless before anything shows it."""

import hashlib
import re
from collections.abc import Sequence

LONGEST = 20_000

# Control characters but tab and newline, and those that turn the direction of what follows.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_SAFE_STEM = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


def clean(text: str) -> str:
    """`text` without terminal sequences, direction overrides and lone surrogates, of bounded size.

    Each is replaced by U+FFFD, so that a reader sees that something was there.
    """
    kept = _HARMFUL.sub("\ufffd", text[:LONGEST].replace("\r\n", "\n"))
    return kept if len(text) <= LONGEST else f"{kept}\n… (cut)"


def one_line(text: str, longest: int = 60) -> str:
    """`text` for a table cell: no line breaks, at most `longest` characters."""
    flat = " ".join(clean(text).split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def csv_cell(text: str) -> str:
    """`text` that no spreadsheet takes for a formula: a leading apostrophe marks it as text."""
    harmless = not text.startswith(_FORMULA) and not text.lstrip().startswith(_FORMULA)
    return text if harmless else "'" + text


def file_stems(names: Sequence[str]) -> list[str]:
    """One file name (without suffix) per name: portable, and unique even where case is ignored."""
    taken: set[str] = set()
    stems = []
    for name in names:
        wanted = _stem(name)
        stem, n = wanted, 1
        while stem in taken:
            n += 1
            stem = f"{wanted}.{n}"
        taken.add(stem)
        stems.append(stem)
    return stems


def _stem(name: str) -> str:
    if _SAFE_STEM.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-") or "student"
    return f"{slug}.{hashlib.sha256(name.encode()).hexdigest()[:8]}"
