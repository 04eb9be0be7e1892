"""A hostile submission: its intent, its classes, and what honest code of that quality earns."""

import ast
import json
import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SUBMISSIONS = HERE / "submissions"
LAYERS = "deepnets/layers.py"
TASKS = ("affine_forward", "affine_backward", "relu_forward")
FACTS = ("CLASSES", "ON", "EARNS", "PARTLY", "TASKS", "FILE", "ENDLESS", "SAYS", "DORMANT")
REACHED = "from .arms import reached as _reached"


@dataclass(frozen=True)
class Attack:
    """One file of submissions/.

    Its constants say the rest: CLASSES, numbers of classes.py; ON, what it is added to, the
    released "stubs" or "right" work; EARNS, those of its TASKS that it earns in full, or "all";
    PARTLY, those it earns a part of; FILE, the student's file that it goes into, or a notebook of
    which it is the one cell; ENDLESS, if it uses all the time there is; SAYS, what its entry or its
    output must tell, so that it has met what it is aimed at; DORMANT, those of its functions that
    nobody should call. One that hands in more than such a file defines `build(folder, work)`, which
    returns the path to grade.
    """

    name: str
    intent: str
    text: str
    facts: Mapping[str, Any] = field(repr=False)

    @property
    def classes(self) -> tuple[int, ...]:
        return tuple(self.facts["CLASSES"])

    @property
    def tasks(self) -> tuple[str, ...]:
        return tuple(self.facts.get("TASKS", TASKS))

    @property
    def earns(self) -> frozenset[str]:
        earns = self.facts.get("EARNS", ())
        return frozenset(self.tasks if earns == "all" else earns)

    @property
    def partly(self) -> frozenset[str]:
        return frozenset(self.facts.get("PARTLY", ()))

    @property
    def endless(self) -> bool:
        return bool(self.facts.get("ENDLESS"))

    @property
    def says(self) -> tuple[str, ...]:
        return tuple(self.facts.get("SAYS", ()))

    @property
    def places(self) -> list[str]:
        """Where its code has to come by, if it is to do what it says."""
        traced = Traced()
        traced.visit(ast.parse("" if self.builds else self.text))
        dormant = set(self.facts.get("DORMANT", ()))
        return [place for place in traced.places if place.split()[0] not in dormant]

    @property
    def builds(self) -> bool:
        return "def build(" in self.text

    def hand_in(self, folder: Path, work: Mapping[str, Mapping[str, str]], arms: str) -> Path:
        """Write it below `folder`; `work` holds the texts of "stubs" and of "right" files."""
        if self.builds:
            program = runpy.run_path(str(SUBMISSIONS / f"{self.name}.py"))
            built: Path = program["build"](folder, work)
            own = f"{self.name}{built.suffix}" if built.stem == "eve" else built.name
            return built.rename(built.with_name(own))
        file = self.facts.get("FILE", LAYERS)
        base, wanted = work[self.facts.get("ON", "stubs")], {LAYERS, file}
        files = {name: text for name, text in base.items() if name in wanted}
        text = f"{REACHED}\n{ast.unparse(Traced().visit(ast.parse(self.text)))}"
        if file.endswith(".ipynb"):
            files[file] = notebook(text)
        else:
            files[file] = f"{without(files[file], defined(self.text))}\n\n{text}"
        return write(folder / self.name, {**files, "deepnets/arms.py": arms})


class Traced(ast.NodeTransformer):
    """Has each function, and each lambda without parameters, tell that it was reached."""

    def __init__(self) -> None:
        self.places: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.body.insert(0, ast.Expr(self._telling(node.name, node.lineno)))
        self.generic_visit(node)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.Lambda:
        if not ast.unparse(node.args):
            told = self._telling("lambda", node.lineno)
            node.body = ast.BoolOp(ast.Or(), [told, node.body])
        self.generic_visit(node)
        return node

    def _telling(self, name: str, line: int) -> ast.expr:
        self.places.append(f"{name} in line {line}")
        return ast.parse(f"_reached({self.places[-1]!r})", mode="eval").body


def attacks() -> list[Attack]:
    """All of them, by name."""
    return [read(path) for path in sorted(SUBMISSIONS.glob("*.py"))]


def notebook(*sources: str) -> str:
    """One with a code cell for each of them."""
    cells = [
        {"cell_type": "code", "source": source, "outputs": [], "metadata": {}} for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The files below `folder`."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def defined(text: str) -> frozenset[str]:
    """What a text defines at its top level."""
    nodes = ast.parse(text).body
    names = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    return frozenset(names | {target.id for target in targets if isinstance(target, ast.Name)})


def without(text: str, names: frozenset[str]) -> str:
    """`text` without its own definitions of `names`."""
    lines: list[str | None] = [*text.splitlines()]
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            assert node.end_lineno
            lines[node.lineno - 1 : node.end_lineno] = [None] * (node.end_lineno - node.lineno + 1)
    return "\n".join(line for line in lines if line is not None)


def read(path: Path) -> Attack:
    """The attack in a file, of which nothing is run."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    facts = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in FACTS
    }
    intent = " ".join((ast.get_docstring(tree) or "").split())
    return Attack(path.stem, intent, text, facts)
