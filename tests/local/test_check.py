"""The student's door, in a folder like the one that students unpack."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from typer.testing import CliRunner

import autograder
from autograder import check
from autograder.assignment import Assignment, AssignmentError
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result
from autograder.local import steps
from autograder.local.commands import app
from autograder.local.recorded import FILE, RecordingError
from autograder.local.report import CheckFailed, Report
from autograder.release.kit import copy_kit
from autograder.submission import FileStatus

LAYERS, NET, NOTEBOOK = "deepnets/layers.py", "deepnets/fc_net.py", "1-FullyConnectedNets.ipynb"
SUM = "db = dout.sum(axis=0)"
STUB = 'raise NotImplementedError("affine_backward: replace this line with your code")'
OVERFIT = "overfit_three_layers"
Edit = Callable[[str, str, str], None]


def solver(best: float) -> Any:
    history = [0.1, best]
    return SimpleNamespace(val_acc_history=history, train_acc_history=history, loss_history=[1.0])


@pytest.mark.usefixtures("folder")
def test_right_work_passes_within_a_second(assignment: Assignment) -> None:
    """Asked again, if memory was tidied up meanwhile: that takes long in a process of tests."""
    for task in assignment.tasks:
        if task.file:
            assert any(seconds_until_passed(task.id) < 1 for _ in range(3)), task.id


def seconds_until_passed(task_id: str) -> float:
    begin = time.process_time()
    report = check(task_id)
    assert report.passed and "✓" in repr(report), report
    return time.process_time() - begin


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (SUM.replace("sum", "mean"), ["✗", "failed", "db is wrong", "difference at", "expected"]),
        (STUB, ["○", "not attempted", "affine_backward is not implemented yet"]),
        ("db = dout[99]", ["✗", "crashed", "IndexError", "deepnets/layers.py, line", "dout[99]"]),
        ("db = None", ["db is None"]), ("db = )", ["SyntaxError"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told(edit: Edit, new: str, words: list[str]) -> None:
    edit(LAYERS, SUM, new)
    text = repr(check("affine_backward"))
    assert all(word in text for word in words), text
    assert check("relu_forward").passed


def test_a_saved_repair_counts_at_once(edit: Edit) -> None:
    edit(LAYERS, SUM, "db = dout")
    assert not check("affine_backward").passed
    edit(LAYERS, "db = dout", SUM)
    assert check("affine_backward").passed


@pytest.mark.parametrize("names", [("relu_forward", "adam"), (["relu_forward"],), (np.maximum,)])
def test_one_task_is_checked_by_its_name(folder: Path, names: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="one task at a time, by its name"):
        check(*names)


def test_it_works_in_a_folder_below(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "deepnets")
    assert check("adam").passed


def test_outside_it_says_where_to_go(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssignmentError, match=rf"no assignment\.toml here or above.*{folder}"):
        check("adam")
    monkeypatch.chdir("/")
    with pytest.raises(AssignmentError, match="the folder that you unpacked"):
        check("adam")


def test_what_is_missing_is_named(folder: Path) -> None:
    for name, meant in (("adma", "adam"), ("ADAM", "adam"), ("relu_fwd", "relu_forward")):
        with pytest.raises(AssignmentError, match=rf"no task '{name}'\. Did you mean {meant}"):
            check(name)
    (folder / "deepnets" / "optim.py").unlink()
    assert "optim.py: the file is missing" in repr(check("adam"))
    (folder / FILE).unlink()
    with pytest.raises(RecordingError, match="zip again"):
        check("adam")
    (folder / "deepnets" / "data.py").write_bytes(b"\xff")
    with pytest.raises(AssignmentError, match=r"data\.py: this given file cannot be read"):
        check("adam")
    (folder / "deepnets" / "data.py").unlink()
    with pytest.raises(AssignmentError, match="given file is missing"):
        check("adam")


def test_an_equal_finding_is_shown_once(edit: Edit) -> None:
    edit(LAYERS, "out = np.maximum(x, 0)", "out = x.shape[99]")
    report = check("relu_forward")
    trials = "main: positive and negative; edge: any number of axes"
    for text in (report.text, report._repr_html_()):
        assert text.count("IndexError") == 1 and trials in text
    edit(LAYERS, SUM, "db = dout")
    text = repr(check("affine_backward"))
    assert "(5, 3)" in text and "(4, 3)" in text


def test_an_interrupt_says_what_ran(edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    edit(LAYERS, "out = np.maximum(x, 0)", "import signal; signal.raise_signal(2)")
    with pytest.raises(KeyboardInterrupt):
        check("relu_forward")
    InteractiveShell().run_cell("from autograder import check; check('relu_forward')")
    place = "deepnets/layers.py, line 66, in relu_forward: import signal; signal.raise_signal(2)"
    assert capsys.readouterr().out == f"Interrupted while relu_forward was checked, at {place}\n"


def test_code_that_raises_an_interrupt_interrupts_nothing(
    edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    edit(LAYERS, "out = np.maximum(x, 0)", "raise KeyboardInterrupt")
    text = "relu_forward raised KeyboardInterrupt itself: nobody interrupted it"
    assert text in repr(check("relu_forward"))
    monkeypatch.setattr(sys.modules["__main__"], OVERFIT, sys.exit, raising=False)
    assert "SystemExit" in repr(check(OVERFIT))
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(("line", "why"), [
    ("import sys; sys.exit(0)", "SystemExit: 0"),
    ("1 / 0", "ZeroDivisionError: division by zero"),
])  # fmt: skip
def test_a_file_that_stops_before_its_end_is_remarked(folder: Path, line: str, why: str) -> None:
    with (folder / LAYERS).open("a") as file:
        file.write(f"\n{line}\n")
    report = check("relu_forward")
    remark = f"Note: {LAYERS} stopped before its end with {why} ({LAYERS}, line "
    assert report.passed and remark in report.text
    assert "stopped" not in repr(check("adam"))


def test_a_finding_that_tells_of_the_stop_is_enough(edit: Edit) -> None:
    edit(LAYERS, "import numpy as np", "raise SystemExit")
    assert repr(check("relu_forward")).count("SystemExit:") == 1


def test_under_nbgrader_a_failure_fails_the_cell(
    edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("affine_backward").passed
    edit(LAYERS, SUM, "db = -dout.sum(axis=0)")
    with pytest.raises(CheckFailed, match="db is wrong"):
        check("affine_backward")


@pytest.mark.parametrize("columns", [50, 1000])
def test_lines_fit_the_terminal_and_are_never_long(
    edit: Edit, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    edit(LAYERS, SUM, "db = dout.mean(axis=0)")
    monkeypatch.setenv("COLUMNS", str(columns))
    output, whole = command("check", "affine_backward").output, repr(check("affine_backward"))
    assert max(map(len, output.splitlines())) <= min(columns, 100)
    assert max(map(len, whole.splitlines())) <= 100
    assert output.split()[: len(whole.split())] == whole.split()


def test_the_instructions_show_what_a_check_says(edit: Edit) -> None:
    page = (Path(__file__).parents[2] / "docs" / "student.md").read_text("utf-8")
    [shown] = re.findall(r"^```\n(✗ .*?)^```", page, re.MULTILINE | re.DOTALL)
    edit(LAYERS, SUM, "db = dout.mean(axis=0)")
    assert repr(check("affine_backward")).startswith(shown)


def test_a_known_mistake_is_explained_once(edit: Edit) -> None:
    edit(LAYERS, SUM, "db = dout.mean(axis=0)")
    report = check("affine_backward")
    for text in (repr(report), report._repr_html_()):
        assert text.count("db is wrong") > 1
        assert text.count("Hint: ") == text.count("Read again: ") == 1


def test_what_numbers_look_like_is_told_for_each_quantity(assignment: Assignment) -> None:
    dx = Finding("dx", "dx is wrong", hint="Twice too large.")
    again, dw = replace(dx, summary="dx is wrong again"), Finding("dw", "dw is", hint=dx.hint)
    report = Report(Result(assignment.task("affine_backward"), "failed", findings=(dx, again, dw)))
    for text in (repr(report), report._repr_html_()):
        assert text.count("dx is wrong") == text.count("Hint: Twice too large.") == 2


HOSTILE = "<script>alert('&')</script>"


def test_foreign_text_is_escaped(assignment: Assignment) -> None:
    task = assignment.task("affine_forward")
    finding = Finding("x", HOSTILE, HOSTILE, case=HOSTILE, hint=HOSTILE)
    result = Result(task, HOSTILE, notes=(HOSTILE,), findings=(finding,))
    report = Report(result, [FileStatus(LAYERS, "salvaged", HOSTILE)])
    html = report._repr_html_()
    assert "<script" not in html and html.count("&lt;script&gt;") == 7
    assert HOSTILE in repr(report)


def test_an_error_with_markup_is_escaped_too(edit: Edit) -> None:
    edit(LAYERS, SUM, f"raise ValueError({HOSTILE!r})")
    assert "<script" not in check("affine_backward")._repr_html_()


@pytest.mark.usefixtures("folder")
def test_a_trained_solver_is_read() -> None:
    assert check(OVERFIT, solver(1.0)).passed
    report = check(OVERFIT, solver(0.5))
    assert not report.passed and "50.0%" in repr(report) and "100%" in repr(report)


def cell_of(folder: Path, task: str, body: str) -> None:
    notebook = json.loads((folder / NOTEBOOK).read_text())
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == task:
            cell["source"] = f"def {task}():\n    {body}\n"
    (folder / NOTEBOOK).write_text(json.dumps(notebook))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"raise NotImplementedError('{OVERFIT}: replace this')", "not attempted"),
        ("return 1 / 0", "crashed"), ("return {'learning_rate': 1e-3}", "weight_scale"),
        ("return {'learning_rate': -1, 'weight_scale': 1}", "learning_rate is -1"),
        ("return {'learning_rate': 0.1, 'weight_scale': 0.1}", "passed"),
    ],
)  # fmt: skip
def test_numbers_in_the_notebook_are_judged_as_saved(folder: Path, body: str, words: str) -> None:
    cell_of(folder, OVERFIT, body)
    assert words in repr(check(OVERFIT, solver(1.0)))


def test_a_function_of_the_running_notebook_goes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises() -> Any:
        raise NotImplementedError(f"{OVERFIT}: replace this line with your code")

    main = sys.modules["__main__"]
    monkeypatch.setattr(main, OVERFIT, raises, raising=False)
    assert "not attempted" in repr(check(OVERFIT))
    monkeypatch.setattr(main, OVERFIT, lambda: 1 / 0)
    assert "ZeroDivisionError" in repr(check(OVERFIT))
    monkeypatch.setattr(main, OVERFIT, lambda: object())
    assert "must return a dict" in repr(check(OVERFIT))
    monkeypatch.setattr(main, OVERFIT, lambda: {"learning_rate": 0.1, "weight_scale": 0.1})
    assert check(OVERFIT, solver(1.0)).passed


def test_without_a_solver_the_students_own_net_is_trained(folder: Path, edit: Edit) -> None:
    cell_of(folder, OVERFIT, "return {'learning_rate': 0.01, 'weight_scale': 0.05}")
    run = "def _overfit(\n    hidden_dims"
    edit("deepnets/experiments.py", run, run.replace("_overfit", "_unused"))
    small = (
        "def _overfit(hidden, chosen, data, verbose):\n"
        "    rng = np.random.default_rng(0)\n"
        "    X, y = rng.normal(size=(20, 6)).astype('f4'), np.arange(20) % 2\n"
        "    data = {'X_train': X, 'y_train': y, 'X_val': X, 'y_val': y}\n"
        "    net = FullyConnectedNet([200], 6, 2, weight_scale=0.5, dtype=np.float32, seed=0)\n"
        "    plan = {'learning_rate': 0.5, 'batch_size': 10, 'num_epochs': 60}\n"
        "    return _train(net, data, plan, verbose)\n\n\n"
    )
    edit("deepnets/experiments.py", "def _train(", small + "def _train(")
    assert check(OVERFIT).passed
    edit(LAYERS, "out = np.maximum(x, 0)", "raise KeyError('mine')")
    assert "KeyError: 'mine'" in repr(check(OVERFIT))


def command(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_the_command_checks_what_it_is_asked(edit: Edit) -> None:
    edit(LAYERS, SUM, "db = dout")
    result = command("check", "relu_forward", "affine_backward")
    assert result.exit_code == 1 and "1 of 2 tasks pass" in result.output
    twice = command("check", "relu_forward", "relu_forward")
    assert twice.exit_code == 0 and "1 of 1 tasks pass" in twice.output
    unknown = command("check", "relu")
    assert unknown.exit_code == 2 and "no task 'relu'" in unknown.output
    nothing = command("check", "--skip-experiments", OVERFIT)
    assert nothing.exit_code == 2 and "nothing to check" in nothing.output


def test_submit_packs_the_work_and_nothing_else(folder: Path, assignment: Assignment) -> None:
    assert command("submit").exit_code == 0
    first = (folder / "submission.zip").read_bytes()
    names = zipfile.ZipFile(folder / "submission.zip").namelist()
    assert names == [*assignment.student_files, *assignment.notebooks, *assignment.weights]
    assert command("submit").exit_code == 0
    assert (folder / "submission.zip").read_bytes() == first


def test_submit_lists_what_is_not_implemented(
    folder: Path, edit: Edit, assignment: Assignment
) -> None:
    assert "Warning" not in command("submit").output
    edit(LAYERS, SUM, STUB)
    cell_of(folder, OVERFIT, f"raise NotImplementedError('{OVERFIT}: replace this')")
    result = command("submit")
    assert result.exit_code == 0 and zipfile.is_zipfile("submission.zip")
    total = len(assignment.tasks)
    text = f"Warning: 2 of {total} tasks are not implemented yet:\n"
    assert f"{text}  {LAYERS}: affine_backward\n  {NOTEBOOK}: {OVERFIT}\n" in result.output


def test_submit_lists_what_a_file_does_not_define(folder: Path, edit: Edit) -> None:
    edit(LAYERS, "def relu_forward", "def my_relu_forward")
    edit(LAYERS, "def svm_loss", "def my_svm_loss")
    with (folder / "deepnets/optim.py").open("a") as file:
        file.write("\n\nclass Losses:\n    pass\n\n\ndef svm_loss(x, y):\n    pass\n")
    output = command("submit").output
    line = (folder / "deepnets/optim.py").read_text().count("\n") - 1
    assert f"2 of 55 tasks are not implemented yet:\n  {LAYERS}: relu_forward, svm_loss\n" in output
    place = f"(there is one in deepnets/optim.py, line {line})"
    told = f"Warning: {LAYERS} does not define relu_forward, svm_loss {place}"
    assert told in " ".join(output.split())


def test_a_function_in_a_wrong_place_is_told_and_costs_itself_alone(
    folder: Path, edit: Edit
) -> None:
    edit(LAYERS, "def relu_forward(", "class Relu:\n  def relu_forward(x): pass\n\ndef other(")
    line = (folder / LAYERS).read_text().split("\n").index("  def relu_forward(x): pass") + 1
    report = check("relu_forward")
    text = f"layers has no 'relu_forward'; there is one inside class Relu, line {line}"
    assert report.result.verdict == "not attempted" and text in report.text
    assert check("TwoLayerNet.init").passed and check("affine_forward").passed


def test_a_second_definition_is_told(folder: Path, edit: Edit) -> None:
    with (folder / LAYERS).open("a") as file:
        file.write("\n\ndef relu_forward(x):\n    return np.maximum(x, 0), x\n")
    assert "relu_forward is defined in lines" in repr(check("relu_forward"))
    result = command("submit")
    assert result.exit_code == 0
    assert f"Warning: {LAYERS}: relu_forward is defined in lines" in result.output


def test_a_stub_below_the_work_counts_as_in_python(folder: Path) -> None:
    with (folder / LAYERS).open("a") as file:
        file.write(f"\n\ndef affine_backward(dout, cache):\n    {STUB}\n")
    assert "the last is a released stub: delete it" in check("affine_backward").text
    assert check("affine_backward").result.verdict == "not attempted"
    refused("affine_backward is defined in lines", "the last is a released stub: delete it")


def test_submit_says_that_an_older_zip_is_older(edit: Edit) -> None:
    assert command("submit").exit_code == 0
    os.utime("submission.zip", (0, time.mktime((2026, 3, 4, 5, 6, 0, 0, 0, -1))))
    before = Path("submission.zip").read_bytes()
    edit(LAYERS, SUM, "db = )")
    result = command("submit")
    assert result.exit_code == 2 and Path("submission.zip").read_bytes() == before
    old = "submission.zip of 2026-03-04 05:06 is still there, and was NOT updated"
    assert old in result.output


def test_submit_writes_over_nothing_but_a_zip(folder: Path) -> None:
    before = (folder / LAYERS).read_bytes()
    result = command("submit", "--to", LAYERS)
    assert result.exit_code == 2 and "must end in .zip" in result.output
    assert (folder / LAYERS).read_bytes() == before


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / LAYERS).unlink()
    (folder / LAYERS).symlink_to("/proc/self/mem")
    (folder / "submission.zip").write_text("older")
    for result in (command("check", "adam"), command("submit")):
        assert result.exit_code == 2 and "layers.py: cannot be read (" in result.output
    assert "is still there, and was NOT updated" in result.output


def refused(*words: str) -> None:
    result = command("submit")
    assert result.exit_code == 2 and "Traceback" not in result.output
    assert all(word in result.output for word in words), result.output
    assert not Path("submission.zip").exists()


def test_submit_refuses_and_says_why(folder: Path, edit: Edit) -> None:
    edit(LAYERS, SUM, "db = )")
    (folder / NOTEBOOK).write_text("{")
    (folder / NET).rename(folder / "net.py")
    refused("layers.py: line", "fc_net.py: the file is missing", "not JSON")
    assert "was judged" not in command("submit").output


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x_test = load_data()", "NameError: name 'load_data' is not defined"),
        ("n = input('n? ')", "EOFError: EOF when reading a line"),
        ("import sys; sys.exit()", "SystemExit"),
        ("import os; os._exit(3)", "ended the process (exit status 3): does your code call exit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("while True: pass", "gave no answer within 3 s: is there an endless loop outside of"),
    ],
)
def test_submit_refuses_a_file_that_does_not_run(
    folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setattr(steps, "SECONDS", 3)
    edit(LAYERS, "import numpy as np\n", f"import numpy as np\n{line}\n")
    number = (folder / LAYERS).read_text().split("\n").index(line) + 1
    place = "" if "process" in words or "loop" in words else f"{LAYERS}, line {number}"
    refused(f"{LAYERS}: it does not run: ", words, place)
    assert command("submit").output.count("it does not run") == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text + b"\0\0", "holds NUL bytes"),
        (lambda text: text.decode().encode("utf-16-le"), "saved as UTF-16-LE"),
        (lambda text: b"# coding: foo\n" + text, "line 1 names an unknown encoding, foo"),
        (lambda text: b"# gr\xfc\n" + text, "line 1 is not valid UTF-8"),
        (lambda text: b'{"cells": []}', "this is a notebook, no Python"),
    ],
)  # fmt: skip
def test_what_python_refuses_is_neither_passed_nor_packed(
    folder: Path, change: Callable[[bytes], bytes], words: str
) -> None:
    (folder / LAYERS).write_bytes(change((folder / LAYERS).read_bytes()))
    report = check("relu_forward")
    text = report.text
    assert not report.passed and words in text
    assert "layers has no 'relu_forward': nothing of deepnets/layers.py can be read" in text
    refused(f"{LAYERS}: ", words)


@pytest.mark.parametrize(
    ("new", "once"), [(f"print x.shape; {SUM}", "print"), ("db = )", "unmatched ')'")]
)
def test_a_line_that_is_no_python_is_told_once(edit: Edit, new: str, once: str) -> None:
    edit(LAYERS, SUM, new)
    report = check("affine_backward")
    for text in (report.text, unescape(report._repr_html_())):
        assert text.count(f"line {number_of(new)}") == 1 and once in text
    assert command("submit").output.count(f"line {number_of(new)}") == 1
    assert f"line {number_of(new)}" in repr(check("relu_forward"))


def number_of(line: str) -> int:
    return Path(LAYERS).read_text().split("\n").index(f"    {line}") + 1


@pytest.mark.parametrize(
    ("new", "remark"),
    [
        (f"print x.shape; {SUM}", "is a Python 2 print statement: write print(x.shape)"),
        (f"{SUM} + np.product(0.0)", "NumPy has no np.product any more: write np.prod"),
    ],
)
def test_a_slip_is_told_and_left_to_the_student(
    folder: Path, edit: Edit, new: str, remark: str
) -> None:
    edit(LAYERS, SUM, new)
    report = check("affine_backward")
    assert remark in repr(report) and "repaired for grading" not in repr(report)
    assert not report.passed and check("relu_forward").passed
    refused(f"{LAYERS}: line", remark)
    assert new in (folder / LAYERS).read_text()


def test_submit_refuses_a_file_that_lies_elsewhere(folder: Path) -> None:
    (folder / "old" / "deepnets").mkdir(parents=True)
    (folder / NET).rename(folder / "old" / NET)
    refused("fc_net.py", "the file is missing")


@pytest.mark.parametrize(("place", "line"), [("deepnets/mine.py", "from .mine import total"),
                                             ("mine.py", "from mine import total")])  # fmt: skip
def test_a_module_of_ones_own_is_checked_and_packed(
    folder: Path, edit: Edit, place: str, line: str
) -> None:
    edit(LAYERS, SUM, "db = total(dout)")
    edit(LAYERS, "import numpy as np\n", f"import numpy as np\n{line}\n")
    (folder / place).write_text("def total(x):\n    return x.sum(axis=0)\n")
    assert check("affine_backward").passed
    assert command("submit").exit_code == 0
    assert place in zipfile.ZipFile("submission.zip").namelist()
    (folder / place).write_text("def total(x):\n    return x.mean(axis=0)\n")
    assert check("affine_backward").result.verdict == "failed"


def test_a_module_that_is_not_there_is_told(folder: Path, edit: Edit) -> None:
    edit(LAYERS, "import numpy as np\n", "import numpy as np\nfrom .mine import total\n")
    assert "imports mine.py, which is no file of the assignment" in repr(check("affine_backward"))
    refused(f"{LAYERS}: line", "imports mine.py", "put what it defines into this file")


def test_submit_warns_of_what_the_grader_lacks(
    folder: Path, edit: Edit, assignment: Assignment
) -> None:
    copy_kit(folder, assignment)
    assert "Warning" not in command("submit").output
    usual = "import numpy.linalg, os, matplotlib.pyplot, torch, dateutil.tz, deepnets.data"
    odd = "import hypothesis.stateful\nfrom pytest import fixture\ntry: import scipy\nexcept: pass"
    edit(LAYERS, "import numpy as np\n", f"import numpy as np\n{usual}\n{odd}\n")
    cell_of(folder, OVERFIT, "import pytest")
    result = command("submit")
    line = (folder / LAYERS).read_text().split("\n").index("import hypothesis.stateful") + 1
    assert result.exit_code == 0 and result.output.count("Warning") == 3
    for place, module in (
        (f"{LAYERS}, line {line}", "hypothesis"), (f"{LAYERS}, line {line + 1}", "pytest"),
        (f"the cell of {OVERFIT}, line 2", "pytest"),
    ):  # fmt: skip
        assert f"Warning: {place} imports {module}, which the grader does not" in result.output


def test_submit_says_when_it_cannot_write(folder: Path) -> None:
    (folder / "file").write_text("")
    result = command("submit", "--to", "file/submission.zip")
    assert result.exit_code == 2 and "file/submission.zip" in result.output


def test_the_module_is_the_command(folder: Path) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(autograder.__file__).parents[1])}
    run = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "adam"],
        cwd=folder, env=here, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "1 of 1 tasks pass" in run.stdout and not run.stderr
