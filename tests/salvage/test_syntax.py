"""What compiled code tells of a text is what its tree tells."""

import ast
from collections import Counter
from pathlib import Path

from autograder.salvage.syntax import defines_twice, imported, tree_or_none

ROOT = Path(__file__).parents[2]
FOLDERS = "source", "submissions", "tests"
FILES = [path for name in FOLDERS for path in (ROOT / name).rglob("*.py")]
TEXTS = [path.read_text("utf-8", "replace") for path in sorted(FILES)]
SLIPS = [
    "import a.b, c as d; from e.f import (g,\n h)",
    "from . import a\nfrom .b import c\nfrom ...d.e import *",
    "def f():\n    try:\n        import a\n    except ImportError:\n        from b import c\n",
    "".join(f"x{i} = {i}.5\n" for i in range(700)) + "from ..late import a\n",
    "def f(): pass\n\n\nclass A:\n    def f(self): pass\n\n    def f(self): pass\n",
    "class A: pass\n\n\ndef A(): pass\n",
    "f = [lambda x: x, lambda x: x, [x for x in f], [y for y in f]]\n\n\ndef f(): pass\n",
]


TREES = {text: tree for text in (*TEXTS, *SLIPS) if (tree := tree_or_none(text))}


def test_imports_are_those_of_the_tree() -> None:
    found = {text: set(_imports(tree)) for text, tree in TREES.items()}
    assert {text: imported(text) for text in TREES} == found


def test_doubles_are_those_of_the_tree() -> None:
    doubles = {text for text, tree in TREES.items() if _has_doubles(tree)}
    assert doubles and doubles <= {text for text in TREES if defines_twice(text)} < {*TREES}


def _imports(tree: ast.Module) -> list[tuple[int, str]]:
    nodes = list(ast.walk(tree))
    froms = [(n.level, n.module or "") for n in nodes if isinstance(n, ast.ImportFrom)]
    plain = [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    return [*froms, *((0, name) for name in plain)]


def _has_doubles(tree: ast.Module) -> bool:
    """At the top, or in a class there."""
    bodies = [tree.body, *(n.body for n in tree.body if isinstance(n, ast.ClassDef))]
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    counts = (Counter(n.name for n in body if isinstance(n, kinds)) for body in bodies)
    return any(max(count.values(), default=0) > 1 for count in counts)
