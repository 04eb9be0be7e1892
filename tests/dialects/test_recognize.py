"""Which dialect the files speak, and what is given as evidence."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from autograder.assignment import Assignment, AssignmentError
from autograder.dialects.dialect import load_dialect
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.recognize import recognized

from .conftest import hand_in
from .examples_of import EXAMPLES as OTHERS
from .examples_of import example
from .rendering import RENDERED, in_python2, rendered
from .test_examples import TOTALS

EXAMPLES = Path(__file__).parents[2] / "submissions"
PAGE = Path(__file__).parents[2] / "docs" / "dialects.md"
# What the files cannot tell: 2025 asks what 2021 does, 182 of 2019 has the files of 2021.
TAKEN_FOR = {"cs231n-2021": "cs231n-2025", "eecs182-2019": "eecs182-2021"}


def told(files: dict[str, str], assignment: Assignment, chosen: str = "auto") -> tuple[str, str]:
    """The dialect's name and the evidence, as one text."""
    content = {name: text.encode() for name, text in files.items()}
    spoken = recognized(content, assignment, chosen)
    return (spoken.dialect.name, "; ".join(spoken.evidence)) if spoken else ("own", "")


@pytest.mark.parametrize("name", RENDERED)
def test_every_dialect_is_recognized(
    files: dict[str, str], assignment: Assignment, name: str
) -> None:
    found, evidence = told(rendered(files, load_dialect(name)), assignment)
    assert found == TAKEN_FOR.get(name, name)
    assert f"folder {load_dialect(name).package}" in evidence


def test_a_mark_tells_2021_from_2025(files: dict[str, str], assignment: Assignment) -> None:
    texts = rendered(files, load_dialect("cs231n-2021"))
    texts["cs231n/layers.py"] += "# *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****\n"
    assert told(texts, assignment)[0] == "cs231n-2021"


def test_what_is_ambiguous_says_how_to_decide(
    files: dict[str, str], assignment: Assignment
) -> None:
    texts = rendered(files, load_dialect("eecs182-2019"))
    assert "--dialect" in told(texts, assignment)[1]
    texts["deeplearning/solver.py"] = "def record_histories_as_npz(self): pass"
    name, evidence = told(texts, assignment)
    assert name == "eecs182-2021" and "--dialect" not in evidence


def test_a_file_that_does_not_parse_tells_all_the_same(
    files: dict[str, str], assignment: Assignment
) -> None:
    texts = rendered(files, load_dialect("cs231n-2017"))
    for name in texts:
        texts[name] += "\ndef broken(:\n    print 'hello'\n"
    assert told(texts, assignment)[0] == "cs231n-2017"


def test_loose_files_are_known_by_what_they_import(
    files: dict[str, str], assignment: Assignment
) -> None:
    texts = rendered(files, load_dialect("cs231n-2016"))
    loose = {name.split("/")[-1]: text for name, text in texts.items()}
    name, evidence = told(loose, assignment)
    assert name == "cs231n-2016" and "import from cs231n" in evidence


@pytest.mark.parametrize("name", RENDERED)
def test_loose_files_are_known_by_their_net(
    files: dict[str, str], assignment: Assignment, name: str
) -> None:
    texts = rendered(files, load_dialect(name))
    loose = {path.split("/")[-1]: text for path, text in texts.items()}
    assert told(loose, assignment)[0] == TAKEN_FOR.get(name, name)


LOOSE = {
    "cs231n-2016": ("layers.py", "optim.py"),
    "cs231n-2018": ("layers.py",),
    "nndl": ("layers.py", "optim.py"),
}


@pytest.mark.parametrize("name", LOOSE)
def test_loose_files_are_known_without_a_net(
    files: dict[str, str], assignment: Assignment, name: str
) -> None:
    texts = rendered(files, load_dialect(name))
    loose = {path.split("/")[-1]: text for path, text in texts.items()}
    assert told({file: loose[file] for file in LOOSE[name]}, assignment)[0] == name


def test_a_loose_net_that_trains_itself_is_of_homework_3(assignment: Assignment) -> None:
    [text] = example("lena").values()
    assert told({"neural_net.py": text}, assignment)[0] == "nndl-hw3"


@pytest.mark.parametrize(("old", "new"), [("dx", "dw"), ("0.001", "0.01")])
def test_one_renamed_argument_is_no_other_course(
    files: dict[str, str], assignment: Assignment, old: str, new: str
) -> None:
    texts = rendered(files, load_dialect("eecs182-2021"))
    assert any(old in text for text in texts.values())
    other = {name: text.replace(old, new) for name, text in texts.items()}
    assert told(other, assignment)[0] == "eecs182-2021"


def old_notebook(files: dict[str, str]) -> dict[str, str]:
    kernel = '{"metadata": {"kernelspec": {"name": "python2"}}}'
    return {**files, "Dropout.ipynb": kernel}


def old_solver(files: dict[str, str]) -> dict[str, str]:
    return {**files, "cs231n/solver.py": "for i in xrange(3):\n  print i\n"}


@pytest.mark.parametrize("surrounded", [old_notebook, old_solver])
def test_what_lies_beside_the_files_tells_their_python(
    files: dict[str, str], assignment: Assignment, surrounded: Callable[..., dict[str, str]]
) -> None:
    texts = rendered(files, load_dialect("cs231n-2016"))
    optim = texts["cs231n/optim.py"]
    texts["cs231n/optim.py"] = optim.replace("setdefault('t', 0)", "setdefault('t', 1)")
    assert texts["cs231n/optim.py"] != optim
    assert "bn_param[mode] = mode was handed out so: 2016" in told(texts, assignment)[1]
    net = texts["cs231n/classifiers/fc_net.py"]
    texts["cs231n/classifiers/fc_net.py"] = net.replace("bn_param[mode]", "bn_param['mode']")
    assert told(texts, assignment)[0] == "cs231n-2017"
    name, evidence = told(surrounded(texts), assignment)
    assert name == "cs231n-2016" and "is Python 2: whole numbers are divided as there" in evidence


def test_of_two_homeworks_the_one_is_read_that_has_what_is_asked(
    files: dict[str, str], assignment: Assignment, tmp_path: Path
) -> None:
    first = rendered(files, load_dialect("cs231n-2016"))
    second = rendered(files, load_dialect("cs231n-2021"))
    del first["cs231n/layers.py"], second["cs231n/classifiers/cnn.py"]
    semester = {
        **{f"assignment1/{name}": text for name, text in first.items()},
        **{f"assignment2/{name}": text for name, text in second.items()},
    }
    submission = read_in_dialect(hand_in(tmp_path / "ada", semester), assignment, "auto")
    assert submission.spoken and "2021 or later" in str(submission.spoken)
    assert set(submission.files.items()) <= set(second.items())
    statuses = {each.path: each for each in submission.statuses}
    assert statuses["cs231n/classifiers/cnn.py"].status == "missing"
    told_of = statuses["cs231n/optim.py"].message
    assert "assignment2/cs231n/optim.py was read, but there is assignment1" in told_of


def test_parts_of_a_homework_may_lie_in_folders_of_their_own(
    files: dict[str, str], assignment: Assignment, tmp_path: Path
) -> None:
    texts = rendered(files, load_dialect("cs231n-2016"))
    parts = {f"{PurePosixPath(name).stem}/{name}": text for name, text in texts.items()}
    submission = read_in_dialect(hand_in(tmp_path / "ada", parts), assignment, "auto")
    assert dict(submission.files).keys() == texts.keys()


def test_the_docstring_decides_what_p_means(files: dict[str, str], assignment: Assignment) -> None:
    texts = rendered(files, load_dialect("nndl"))
    said = "We drop each neuron output with probability p"
    texts["nndl/layers.py"] = texts["nndl/layers.py"].replace(said, said.replace("drop", "keep"))
    content = {name: text.encode() for name, text in texts.items()}
    spoken = recognized(content, assignment, "auto")
    assert spoken and spoken.dialect.p == "keep" and spoken.dialect.off == 0
    assert "dropout_forward says: p keeps" in spoken.evidence


def test_a_folder_of_given_files_is_not_the_students_package(
    files: dict[str, str], assignment: Assignment
) -> None:
    texts = {"cs231n/layers.py": "x = 1\n", **rendered(files, load_dialect("nndl"))}
    assert told(texts, assignment)[0] == "nndl"


def test_a_choice_overrides_what_the_files_tell(
    files: dict[str, str], assignment: Assignment
) -> None:
    texts = rendered(files, load_dialect("eecs182-2021"))
    assert told(texts, assignment, "own") == ("own", "")
    name, evidence = told(texts, assignment, "eecs182-2019")
    assert name == "eecs182-2019" and evidence.startswith("chosen with --dialect")
    with pytest.raises(AssignmentError, match="cs231n-2016"):
        told(texts, assignment, "cs231n")


def test_a_wrong_choice_is_told(files: dict[str, str], assignment: Assignment) -> None:
    texts = rendered(files, load_dialect("cs231n-2016"))
    for chosen in ("nndl", "cs231n-2021", "nndl-hw3"):
        assert "the files look like cs231n-2016: the files" in told(texts, assignment, chosen)[1]
    assert "look like the assignment's own" in told(files, assignment, "cs231n-2021")[1]


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("eecs182-2021", "eecs182-2019"), ("cs231n-2021", "cs231n-2021"), ("nndl", "nndl")],
)
def test_a_right_choice_is_not_doubted(
    files: dict[str, str], assignment: Assignment, name: str, chosen: str
) -> None:
    """Nor is one between courses that the files do not tell apart."""
    assert "look like" not in told(rendered(files, load_dialect(name)), assignment, chosen)[1]


def test_either_net_of_homework_3_may_be_chosen(
    files: dict[str, str], assignment: Assignment
) -> None:
    both = {**rendered(files, load_dialect("nndl")), **example("lena")}
    assert "look like" not in told(both, assignment, "nndl-hw3")[1]


def test_the_assignments_own_students_are_never_taken_for_others(
    files: dict[str, str], assignment: Assignment
) -> None:
    assert told(files, assignment) == ("own", "")
    assert told({**files, "old/cs231n/layers.py": "x = 1\n"}, assignment) == ("own", "")
    other = rendered(files, load_dialect("cs231n-2016"))
    beside = {f"a/{name}": text for name, text in other.items()}
    of_mine = {f"b/{name}": text for name, text in files.items() if "layers" in name}
    assert told({**beside, **of_mine}, assignment) == ("own", "")
    moved = {name.replace("deepnets", "cs231n"): text for name, text in files.items()}
    assert told(moved, assignment) == ("own", "")
    loose = {name.split("/")[-1]: text for name, text in files.items()}
    assert told(loose, assignment) == ("own", "")


def test_examples_speak_the_assignments_own_dialect(assignment: Assignment) -> None:
    places = [path for path in EXAMPLES.iterdir() if path.suffix != ".md"]
    others = [p.name for p in places if read_in_dialect(p, assignment, "auto").spoken]
    assert len(places) >= 30 and others == []


def test_net_files_may_lie_elsewhere_in_the_package(
    files: dict[str, str], assignment: Assignment, tmp_path: Path
) -> None:
    texts = rendered(files, load_dialect("cs231n-2016"))
    moved = {name.replace("classifiers/", ""): text for name, text in texts.items()}
    submission = read_in_dialect(hand_in(tmp_path / "ada", moved), assignment, "auto")
    assert set(submission.files) == set(moved)


def test_how_often_the_dialect_is_recognized(files: dict[str, str], assignment: Assignment) -> None:
    """The page states it, over all examples and renderings; Python 2 is tried as well."""
    cases = [(TOTALS[path.name][0], example(path.name)) for path in sorted(OTHERS.iterdir())]
    cases += [(TAKEN_FOR.get(n, n), rendered(files, load_dialect(n))) for n in RENDERED]
    cases += [(name, in_python2(texts)) for name, texts in cases if name in ("cs231n-2016", "nndl")]
    for what, ways in WAYS.items():
        tried = [(name, told(part, assignment)[0]) for name, t in cases for part in ways(t)]
        exact = sum(name == found for name, found in tried)
        course = sum(_family(name) == _family(found) for name, found in tried)
        row = f"| {what} | {exact} of {len(tried)} | {course} of {len(tried)} |"
        assert row in PAGE.read_text("utf-8").splitlines(), row


def _family(name: str) -> str:
    return name.partition("-")[0]


def _loose(texts: dict[str, str]) -> dict[str, str]:
    """Without their folders, and what no folder needs."""
    return {p.split("/")[-1]: text for p, text in texts.items() if not p.endswith("__init__.py")}


def _each_left_out(texts: dict[str, str]) -> list[dict[str, str]]:
    rest = [{name: text for name, text in texts.items() if name != gone} for gone in texts]
    return [part for part in rest if part]


def _each_alone(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{name: text} for name, text in texts.items()]


WAYS: dict[str, Callable[[dict[str, str]], list[dict[str, str]]]] = {
    "as handed in": lambda texts: [texts],
    "without folders": lambda texts: [_loose(texts)],
    "without folders, each file missing once": lambda texts: _each_left_out(_loose(texts)),
    "one file alone, without a folder": lambda texts: _each_alone(_loose(texts)),
}
