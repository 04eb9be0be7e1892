"""The JSON of a notebook: an editor, a merge or a full disk may have broken it."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from autograder.salvage.merges import resolved
from autograder.salvage.remark import Remark

COMMA = re.compile(r'("(?:[^"\\\n]++|\\.)*+"?)|,(?=\s*[\]}])')
"""A string, or a comma behind which nothing comes."""
CELL = re.compile(r'\{\s*"cell_type"\s*:')
MOST_COMMAS, MOST_CONFLICTS, MOST_BROKEN = 20, 50, 20
MAX_MERGED = 1 << 22
"""In a longer text no merge is resolved: each side costs an attempt to read it."""


class NotJson(ValueError):
    """Nothing of the text can be used; the message says what is wrong with it."""


def notebook_json(content: bytes, repaired: frozenset[str]) -> tuple[Any, list[Remark]]:
    """The value that a notebook's file holds, with the repairs that are among `repaired`.

    Of what is no JSON in spite of them, whole cells are left. Raises NotJson.
    """
    with suppress(ValueError, RecursionError):
        return json.loads(content), []
    text = content.decode(json.detect_encoding(content), "replace").replace("\r\n", "\n")
    value, found = _read(text)
    remarks = [remark.after(repaired) for remark in found]
    if not all(remark.repaired for remark in remarks):
        raise NotJson("; ".join(map(str, remarks)))
    return value, remarks


def _read(text: str) -> tuple[Any, list[Remark]]:
    conflicts: list[Remark] = []
    if len(text) <= MAX_MERGED:
        text, conflicts = resolved(text, _unread, MOST_CONFLICTS)
    remarks = [*conflicts, *_commas(text)]
    text = _without_commas(text)
    try:
        return json.loads(text), remarks
    except RecursionError:
        return None, [Remark("lost", "it is nested too deeply")]
    except json.JSONDecodeError as error:
        cells = list(_whole_cells(text))
        problem = f"line {error.lineno} is no JSON: {error.msg}"
        kind, how = "broken_notebooks", f"its {len(cells)} whole cells were read"
        return {"cells": cells}, [*remarks, Remark(kind if cells else "lost", problem, how)]
    except ValueError:  # Python turns no text of more than 4300 digits into a number.
        return None, [Remark("lost", "it holds a number that is too long")]


def _unread(text: str) -> int:
    """How much of `text` lies behind the first place that is no JSON, 0 if all of it is."""
    try:
        json.loads(_without_commas(text))
        return 0
    except json.JSONDecodeError as error:
        return len(text) - error.pos + 1
    except (ValueError, RecursionError):
        return len(text) + 1


def _without_commas(text: str) -> str:
    """As long as `text`, so that places stay."""
    return COMMA.sub(lambda match: match[1] or " ", text)


def _commas(text: str) -> Iterator[Remark]:
    found = [match.start() for match in COMMA.finditer(text) if not match[1]]
    for place in found[:MOST_COMMAS]:
        line = text.count("\n", 0, place) + 1
        yield Remark(
            "broken_notebooks", f"line {line} has a comma before a closing bracket: delete it"
        )


def _whole_cells(text: str) -> Iterator[Any]:
    decoder, end, broken = json.JSONDecoder(), 0, 0
    for match in CELL.finditer(text):
        if match.start() < end or broken > MOST_BROKEN:
            continue
        try:
            cell, end = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            broken += 1
        else:
            yield from [cell] if "source" in cell else []
