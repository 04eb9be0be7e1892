"""Files that are not Python at all, though their name says so."""

import json
import re

PLUS, NUMBER = re.compile(r"\+|@@|---|diff |index |new file "), re.compile(r"\s*\d+\b")
PAGE = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)


def guise(text: str) -> str:
    """What the text is instead of Python, and what to do, or ""."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return "the file is empty"
    if PAGE.match(text):
        return "this is a web page, no Python: download the file itself"
    if _is_notebook(text):
        return "this is a notebook, no Python: copy the code of its cells into the file"
    if all(map(PLUS.match, lines)):
        return "all lines begin with +, as in a diff: delete that"
    if all(map(NUMBER.match, lines)):
        return "all lines begin with a number: delete the numbers"
    return ""


def _is_notebook(text: str) -> bool:
    if not text.lstrip().startswith("{") or '"cells"' not in text:
        return False
    try:
        return "cells" in json.loads(text)
    except (ValueError, RecursionError):
        return False
