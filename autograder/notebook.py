"""The graded cells of a notebook, as text: nothing else of it is ever run."""

import ast
import re
from collections.abc import Iterable
from typing import Any

from autograder.salvage.notebooks import NotJson, notebook_json
from autograder.salvage.remark import Remark
from autograder.salvage.syntax import tree_or_none
from autograder.stubs import raises_stub

MAGIC = re.compile(r"^([ \t]*)[%!].*", re.MULTILINE)
ASSIGNED_MAGIC = re.compile(r"^([ \t]*\w+ *= *)[%!].*", re.MULTILINE)


class NotebookError(Exception):
    """The file is not a notebook; the message says why and what to do."""


def function_cells(
    content: bytes, tasks: Iterable[str], repaired: frozenset[str] = frozenset()
) -> tuple[dict[str, str], list[str]]:
    """The source of the cell that defines the function or class of each task, and remarks.

    Slips of the kinds `repaired` are mended in a file that is no JSON.

    A cell is found by its nbgrader grade id; where that was lost, by the function it defines. A
    released stub does not count beside a cell that was filled in.
    """
    cells, slips = _code_cells(content, repaired)
    found, remarks = {}, [str(slip) for slip in slips]
    for task in tasks:
        chosen, remark = _chosen(cells, task)
        if chosen is not None:
            found[task] = chosen
        if remark:
            remarks.append(remark)
    return found, remarks


def _chosen(cells: list[tuple[str | None, str]], task: str) -> tuple[str | None, str]:
    """The source that counts for `task`, if there is one, and what is remarkable about it."""
    named = [source for grade_id, source in cells if grade_id == task]
    defining = [source for _, source in cells if _defines(source, task)]
    own = [source for source in defining if source in named]
    good = _filled(own, task) or _filled(defining, task) or own or defining or named
    if not good:
        return None, f"no cell defines {task}()"
    if len(set(good)) > 1:
        return good[0], f"{len(good)} cells define {task}(); the first one counts"
    if good[0] in named:
        return good[0], ""
    if named:
        return good[0], f"the cell of {task}() is still the released one; another one counts"
    return good[0], f"the cell of {task}() lost its id; it was found by its function"


def _filled(sources: list[str], task: str) -> list[str]:
    return [source for source in sources if not raises_stub(source, task)]


def _code_cells(
    content: bytes, repaired: frozenset[str]
) -> tuple[list[tuple[str | None, str]], list[Remark]]:
    try:
        notebook, slips = notebook_json(content, repaired)
        return [_cell(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"], slips
    except NotJson as error:
        text = f"is not JSON, so it is no notebook: {error}; mend it, or save it again in Jupyter"
        raise NotebookError(text) from None
    except (KeyError, TypeError, AttributeError):
        text = "is not a notebook of format 4: open and save it in a current Jupyter"
        raise NotebookError(text) from None


def _cell(cell: Any) -> tuple[str | None, str]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    grade_id = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return grade_id if isinstance(grade_id, str) else None, _python(text)


def _python(source: str) -> str:
    """A cell that runs in Jupyter is no worse for its `%%time`: magic lines do nothing here."""
    plain = ASSIGNED_MAGIC.sub(r"\1None", MAGIC.sub(r"\1pass", source))
    return source if plain == source or tree_or_none(source) else plain


def _defines(source: str, function: str) -> bool:
    if not re.search(rf"^(def|class) {function}\b", source, re.MULTILINE):
        return False
    module = tree_or_none(source)
    return module is None or any(
        isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == function
        for node in module.body
    )
