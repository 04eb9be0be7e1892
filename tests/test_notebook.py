"""What a student does to a notebook beside writing the answer: nothing of it is fatal."""

import json
import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import NO_REPAIRS, Assignment, Repairs
from autograder.submission import FileStatus, Submission, read_submission

EXAMPLES = Path(__file__).parents[1] / "submissions"
NOTEBOOK = "5-ConvolutionalNetworks.ipynb"
TASK, OTHER = "overfit_convnet", "convnet_hyperparameters"
TWO = f"2 cells define {TASK}(); the first one counts"
LOST = f"the cell of {TASK}() lost its id; it was found by its function"
LEFT = f"the cell of {TASK}() is still the released one; another one counts"
STUB = f'def {TASK}():\n    raise NotImplementedError("{TASK}: replace this line")'
NONE = f"no cell defines {TASK}()"
Cells = list[dict[str, Any]]
Read = Callable[[Callable[[Cells], object]], Submission]


@pytest.fixture
def read(tmp_path: Path, assignment: Assignment) -> Read:
    """Reads ada's work after a change of her notebook's cells."""

    def change_and_read(change: Callable[[Cells], object]) -> Submission:
        folder = Path(shutil.copytree(EXAMPLES / "ada", tmp_path / "ada", dirs_exist_ok=True))
        notebook = json.loads((EXAMPLES / "ada" / NOTEBOOK).read_text("utf-8"))
        change(notebook["cells"])
        (folder / NOTEBOOK).write_text(json.dumps(notebook), "utf-8")
        return read_submission(folder, assignment)

    return change_and_read


def _remark(submission: Submission) -> str:
    [status] = [status for status in submission.statuses if status.path == NOTEBOOK]
    assert status == FileStatus(NOTEBOOK, "salvaged" if status.message else "ok", status.message)
    return status.message


def _graded(cells: Cells) -> dict[str, Any]:
    return next(cell for cell in cells if cell["id"] == TASK)


def _without_outputs(cells: Cells) -> None:
    for cell in cells:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}


def _copied(cells: Cells) -> None:
    cells.append(deepcopy(_graded(cells)))


def _copied_and_edited(cells: Cells) -> None:
    _copied(cells)
    cells[-1]["source"] = ["def overfit_convnet():\n", "    return {}"]


def _copied_below_a_stub(cells: Cells) -> None:
    cells.insert(0, {**deepcopy(_graded(cells)), "source": STUB})


def _solved_below_the_stub(cells: Cells) -> None:
    filled = _graded(cells)
    cells.append({**deepcopy(filled), "metadata": {}})
    filled["source"] = STUB


def _made_text(cells: Cells) -> None:
    _graded(cells)["cell_type"] = "markdown"


def _stripped_of_metadata(cells: Cells) -> None:
    _graded(cells)["metadata"] = {}


def test_outputs_change_nothing(read: Read, assignment: Assignment) -> None:
    executed = read_submission(EXAMPLES / "ada", assignment)
    assert '"execution_count": 1,' in (EXAMPLES / "ada" / NOTEBOOK).read_text("utf-8")
    assert read(_without_outputs) == executed


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        (list.reverse, ""), (_copied, ""), (_copied_and_edited, TWO), (_copied_below_a_stub, ""),
        (_stripped_of_metadata, LOST), (_solved_below_the_stub, LEFT),
    ],
)  # fmt: skip
def test_a_cell_is_found_wherever_it_stands(
    read: Read, change: Callable[[Cells], object], remark: str
) -> None:
    changed = read(change)
    assert changed.cells == read(lambda cells: None).cells
    assert _remark(changed) == remark


@pytest.mark.parametrize("change", [lambda cells: cells.remove(_graded(cells)), _made_text])
def test_a_lost_cell_costs_itself_only(
    read: Read, assignment: Assignment, change: Callable[[Cells], object]
) -> None:
    whole, changed = read(lambda cells: None), read(change)
    assert whole.cells.keys() - changed.cells.keys() == {TASK}
    assert changed.stub_left(assignment.task(TASK)) and OTHER in changed.cells
    assert _remark(changed) == NONE


@pytest.mark.parametrize(
    "line", ["%%time", "%matplotlib inline", "!ls", "%%time\n%autoreload 2", "x = !ls"]
)
def test_a_magic_line_does_nothing(read: Read, line: str) -> None:
    changed = read(lambda cells: _graded(cells)["source"].insert(0, f"{line}\n"))
    assert _remark(changed) == ""
    assert _returned(changed) == _returned(read(lambda cells: None))


def test_a_remainder_is_no_magic(read: Read) -> None:
    source = [f"def {TASK}():\n", "    return (7\n", "        % 4)"]
    assert _returned(read(lambda cells: _graded(cells).update(source=source))) == 3


def _returned(submission: Submission) -> Any:
    namespace: dict[str, Any] = {}
    exec(submission.cells[TASK], namespace)
    return namespace[TASK]()


@pytest.mark.parametrize(
    ("line", "remark"),
    [
        ("print 7", "line 2 is a Python 2 print statement: write print(7) (repaired for grading)"),
        ("np.product(7)", "line 2: NumPy has no np.product any more: write np.prod"
                          " (repaired for grading)"),
        ("math.pi", ""),
        ("x = ?", f"line 2: invalid syntax; {TASK} cannot be judged"),
    ],
)  # fmt: skip
def test_slips_in_a_cell_are_told(read: Read, line: str, remark: str) -> None:
    """What another cell may import is none; the return shows that lines stay in place."""
    source = f"def {TASK}():\n    {line}\n    return 7"
    changed = read(lambda cells: _graded(cells).update(source=source))
    assert _remark(changed) == (remark and f"in the cell of {TASK}, {remark}")
    if line == "x = ?":
        with pytest.raises(SyntaxError, match=f"the cell of {TASK}, line 2: invalid syntax"):
            _returned(changed)
    else:
        assert _returned(changed) == 7


Break = Callable[..., Submission]
REPAIRS = Repairs()


@pytest.fixture
def broken(tmp_path: Path, assignment: Assignment) -> Break:
    """Reads ada's work after a change of her notebook's text."""

    def change_and_read(change: Callable[[str], str], repairs: Repairs = REPAIRS) -> Submission:
        folder = Path(shutil.copytree(EXAMPLES / "ada", tmp_path / "ada", dirs_exist_ok=True))
        text = change((EXAMPLES / "ada" / NOTEBOOK).read_text("utf-8"))
        with pytest.raises((ValueError, RecursionError)):
            json.loads(text)
        (folder / NOTEBOOK).write_text(text, "utf-8")
        return read_submission(folder, assignment.model_copy(update={"repairs": repairs}))

    return change_and_read


def _conflict(first: str, second: str) -> Callable[[str], str]:
    """The first line of the cell that counts, on two sides."""
    sides = f"<<<<<<< HEAD\n{first}=======\n{second}>>>>>>> dev\n"
    return lambda text: re.sub(rf'^ *"def {TASK}\(.*\n', lambda _: sides, text, flags=re.M)


GOOD, OTHERS = f'"def {TASK}(x=7):\\n",\n', f'"def {TASK}(x=8):\\n",\n'


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (GOOD, OTHERS, "first"),
        (OTHERS, GOOD, "first"),
        (OTHERS.replace(",\n", "\n"), GOOD, "second"),
        ("", GOOD, "second"),
        (f"{GOOD}||||||| base\n[\n", OTHERS, "first"),
    ],
)
def test_a_merge_in_a_notebook_is_resolved(
    broken: Break, first: str, second: str, kept: str
) -> None:
    changed = broken(_conflict(first, second))
    side = first if kept == "first" else second
    assert json.loads(side.partition(",\n")[0]) in changed.cells[TASK]
    line = _conflict(first, second)((EXAMPLES / "ada" / NOTEBOOK).read_text("utf-8"))
    begin = line[: line.index("<<<<<<<")].count("\n") + 1
    assert _remark(changed).startswith(f"lines {begin} to ")
    assert _remark(changed).endswith(
        "are an unresolved merge: keep one side, delete the other and the marks"
        f" (repaired for grading, with the {kept} side)"
    )


def test_commas_before_a_bracket_are_dropped(broken: Break, read: Read) -> None:
    def comma(text: str) -> str:
        return re.sub(r"\n(?= *\]\n)", ",\n", text, count=1).replace("[,", "[", 1)

    changed = broken(comma)
    assert changed.cells == read(lambda cells: None).cells
    told = r"line \d+ has a comma before a closing bracket: delete it \(repaired for grading\)"
    assert re.fullmatch(told, _remark(changed))


def test_a_comma_within_a_string_stays(broken: Break) -> None:
    line = f'"def {TASK}(x=[\\",]\\", ]):\\n",\n'
    assert f'def {TASK}(x=[",]", ]):' in broken(_conflict(line, line)).cells[TASK]


def test_of_a_notebook_that_is_cut_off_whole_cells_are_read(broken: Break, read: Read) -> None:
    changed = broken(lambda text: text[: text.index(f'"grade_id": "{OTHER}"')])
    assert read(lambda cells: None).cells.keys() - changed.cells.keys() == {OTHER}
    first, second = _remark(changed).split("\n")
    told = r"line \d+ is no JSON: .* \(repaired for grading, its \d+ whole cells were read\)"
    assert re.fullmatch(told, first) and second == f"no cell defines {OTHER}()"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_conflict(GOOD, OTHERS), "are an unresolved merge"),
        (lambda text: text.rstrip()[:-1] + ",}", "has a comma before a closing bracket"),
        (lambda text: text[:-10], "is no JSON"),
        (lambda text: "no notebook", "line 1 is no JSON: Expecting value"),
        (lambda text: "[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_not_repaired_is_refused_and_told(
    broken: Break, change: Callable[[str], str], told: str
) -> None:
    changed = broken(change, NO_REPAIRS)
    [status] = [status for status in changed.statuses if status.path == NOTEBOOK]
    assert status.status == "refused" and told in status.message
    assert "repaired" not in status.message
