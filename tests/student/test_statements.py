"""A module runs as a whole; if it fails somewhere, the rest of it runs statement by statement."""

import ast
from typing import Any

import pytest

from autograder.student.statements import run

TEXTS = {
    "right": "a = 1\ndef f(): return a\n",
    "in the middle": "done = []\ndone.append(1); x = 1 / 0; done.append(2)\nb = done\n",
    "in a definition": "def tag(f): 1 / 0\n@tag\n@tag\ndef f(): pass\ndef g(): return 2\n",
    "in a class": "class A:\n    x = y\nclass B:\n    x = 1\n",
    "in a block": "for i in range(3):\n    if i: raise ValueError(i)\n    c = i\nd = 4\n",
    "in another's function": "import json\nx = json.loads('[')\ny = 5\n",
    "several": "a = b\nb = 1\nc = a\nd = b\n",
    "names of an import": "from os import path, nothing, sep\nimport sys, missing, json\nx = 1\n",
    "an import that would be new": "from __future__ import annotations\nx: y = z\nw: v = 1\n",
    "the end": "a = 1\nraise SystemExit\nb = 2\n",
    "non-ASCII": "s = 'ä'; t = 1 / 0; u = 'ö'\n",
}


def outcome(text: str) -> tuple[dict[str, Any], list[tuple[str, frozenset[str] | None]]]:
    namespace: dict[str, Any] = {"__name__": "m"}
    found = [(repr(e), names) for e, names in run(text, "m.py", namespace, (BaseException,))]
    return _plain(namespace), found


def one_by_one(text: str) -> tuple[dict[str, Any], list[str]]:
    """What to expect: every statement by itself, and every name of an import."""
    namespace: dict[str, Any] = {"__name__": "m"}
    found = []
    for statement in ast.parse(text).body:
        for part in _parts(ast.unparse(statement)):
            head = "from __future__ import annotations\n" if "__future__" in text else ""
            try:
                exec(compile(head + part, "m.py", "exec", dont_inherit=True), namespace)
            except Exception as error:
                found.append(repr(error))
            except SystemExit as error:
                return _plain(namespace), [*found, repr(error)]
    return _plain(namespace), found


def _parts(text: str) -> list[str]:
    head, is_import, names = text.rpartition("import ")
    whole = not is_import or "\n" in text or not text.startswith(("import", "from"))
    return [text] if whole else [f"{head}import {name}" for name in names.split(", ")]


def _plain(namespace: dict[str, Any]) -> dict[str, Any]:
    known = (int, str, list, dict)
    return {k: v if isinstance(v, known) else type(v) for k, v in namespace.items() if k[0] != "_"}


@pytest.mark.parametrize("name", TEXTS)
def test_what_fails_and_what_is_there_are_as_if_each_statement_ran_alone(name: str) -> None:
    namespace, found = outcome(TEXTS[name])
    assert (namespace, [error for error, _ in found]) == one_by_one(TEXTS[name])


def test_what_failed_is_not_done_again() -> None:
    namespace, found = outcome(
        "done = []\ndef f():\n    done.append(1)\n    1 / 0\nx = f()\ny = 2\n"
    )
    assert namespace["done"] == [1] and namespace["y"] == 2
    assert [names for _, names in found] == [frozenset({"x"})]


def test_each_lost_name_of_an_import_is_told() -> None:
    _, found = outcome(TEXTS["names of an import"])
    assert [names for _, names in found] == [frozenset({"nothing"}), frozenset({"missing"})]
