"""What is found in copies, and in honest work; what a page shows, and what it never says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from assignments import MODULAR_NETS
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading.roster import RosterError, find_submissions
from autograder.reports import ReportError
from autograder.similarity.compare import THRESHOLD, Comparison, compare, find_earlier
from autograder.similarity.overlap import FEW
from autograder.similarity.pages import demand_folder, write_pages
from autograder.similarity.reading import WORTH_PROCESSES, read_works
from autograder.similarity.starter import handed_out
from autograder.similarity.table import write_table
from benchmarks.disguises import DISGUISES

EXAMPLES = Path(__file__).parents[2] / "submissions"
APART = [EXAMPLES / name for name in ("ada", "bela", "chen")]
STARTER = handed_out(MODULAR_NETS)
HOSTILE = '"</code><script>alert(1)</script>\u202e"'
PASSAGE = """\
def smooth(values, width):
    total, result = 0.0, []
    for place, value in enumerate(values):
        total += value * 0.5 - width
        if place >= width:
            total -= values[place - width] * 0.25
        result.append(total / min(place + 1, width))
    scale = max(abs(each) for each in result) or 1.0
    shifted = [each / scale - 0.125 for each in result]
    for place in range(1, len(shifted)):
        shifted[place] += shifted[place - 1] ** 2 / 3
    return [round(each, 7) for each in shifted]
"""


def handed_in(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def copied(path: Path, to: Path, disguise: str) -> Path:
    texts = {name: (path / name).read_text("utf-8") for name in MODULAR_NETS.student_files}
    return handed_in(to, {name: DISGUISES[disguise](text) for name, text in texts.items()})


def found(comparison: Comparison) -> list[tuple[str, str]]:
    return [(pair.first.name, pair.second.name) for pair in comparison.pairs]


def pages(comparison: Comparison, folder: Path) -> dict[str, str]:
    write_pages(comparison, "Modular nets", folder)
    return {str(p.relative_to(folder)): p.read_text("utf-8") for p in folder.rglob("*.html")}


def test_those_who_wrote_for_themselves_are_no_pair() -> None:
    assert found(compare(APART, [], STARTER)) == []


def test_the_starter_is_nobodys_own(tmp_path: Path) -> None:
    gus = {p.name: p.read_text("utf-8") for p in (EXAMPLES / "gus" / "deepnets").glob("*.py")}
    twice = [handed_in(tmp_path / name, gus) for name in ("ann", "ben")]
    comparison = compare([*twice, EXAMPLES / "gus"], [], STARTER, threshold=1)
    assert [work.fingerprints.own_lines() for work in comparison.works] == [0, 0, 0]


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_copy_is_found_whatever_it_looks_like(tmp_path: Path, disguise: str) -> None:
    copy = copied(EXAMPLES / "bela", tmp_path / "zoe", disguise)
    comparison = compare([*APART, copy], [], STARTER)
    assert found(comparison) == [("bela", "zoe")]
    assert comparison.pairs[0].shares[0] > 0.6


def test_one_function_is_found_under_another_files_name(tmp_path: Path) -> None:
    one = handed_in(tmp_path / "zoe", {"own/helpers.py": f"import math\n\n\n{PASSAGE}"})
    other = handed_in(tmp_path / "yan", {"layers.py": f"x = 1\n\n\n{PASSAGE}"})
    comparison = compare([*APART, one, other], [], STARTER)
    assert found(comparison) == [("yan", "zoe")]
    assert comparison.pairs[0].lines == len(PASSAGE.splitlines())


def test_what_many_have_is_usual(tmp_path: Path) -> None:
    paths = [handed_in(tmp_path / f"s{n}", {"layers.py": PASSAGE}) for n in range(FEW + 1)]
    assert len(found(compare(paths[:FEW], [], STARTER))) == FEW * (FEW - 1) // 2
    assert found(compare(paths, [], STARTER)) == []


def test_earlier_years_are_compared_with_the_class_and_not_with_one_another(
    tmp_path: Path,
) -> None:
    for place in ("new/ann", "2024/bob", "2024/cleo"):
        handed_in(tmp_path / place, {"deepnets/layers.py": PASSAGE})
    old, new = tmp_path / "2024", tmp_path / "new"
    own = find_submissions([new], [MODULAR_NETS])
    earlier = find_earlier([old], own, [MODULAR_NETS])
    pairs = compare(own, earlier, STARTER).pairs
    assert [(p.first.id, p.second.id, p.second.year) for p in pairs] == [
        ("ann", "bob", str(old)),
        ("ann", "cleo", str(old)),
    ]
    with pytest.raises(RosterError, match="name it once"):
        find_earlier([new], own, [MODULAR_NETS])


def test_answers_in_words_are_compared_as_well(tmp_path: Path) -> None:
    answer = " ".join(f"Layer {n} of mine learns more slowly than the next." for n in range(40))
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [answer]}]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    paths = [handed_in(tmp_path / name, {"4-Dropout.ipynb": text}) for name in ("ann", "ben")]
    assert found(compare(paths, [], STARTER)) == [("ann", "ben")]


def test_no_text_of_a_student_becomes_part_of_a_page(tmp_path: Path) -> None:
    text = PASSAGE.replace("0.125", f"len({HOSTILE})")
    paths = [handed_in(tmp_path / name, {"layers.py": text}) for name in ("<b>ann", "<i>ben")]
    written = pages(compare(paths, [], STARTER), tmp_path / "report")
    assert len(written) == 2
    assert any("alert(1)" in page for page in written.values())
    for page in written.values():
        assert not re.search("<script|<b>ann|<i>ben|\u202e", page)
        assert "default-src 'none'" in page


def test_the_same_lines_stand_side_by_side(tmp_path: Path) -> None:
    below = {"layers.py": f"import math\n\n\n{PASSAGE}"}
    paths = [handed_in(tmp_path / "ann", {"a.py": PASSAGE}), handed_in(tmp_path / "ben", below)]
    written = pages(compare(paths, [], STARTER), tmp_path / "report")
    page = written["pairs/ann--ben.html"]
    marked = re.findall(r'class="same"><span class="number">(\d+)</span><b>=</b>', page)
    assert [*map(int, marked)] == [*range(1, 13), *range(4, 16)]
    assert 'href="pairs/ann--ben.html"' in written["index.html"]


def test_the_order_of_submissions_changes_no_byte(tmp_path: Path) -> None:
    paths = [*APART, copied(APART[0], tmp_path / "zoe", "names of variables")]
    one, other = (compare(order, [], STARTER, 5) for order in (paths, paths[::-1]))
    assert one.pairs
    assert pages(one, tmp_path / "one") == pages(other, tmp_path / "other")
    tables = [write_table(each, tmp_path / "pairs.csv").read_bytes() for each in (one, other)]
    assert tables[0] == tables[1]


def test_several_processes_read_the_same(tmp_path: Path) -> None:
    path = handed_in(tmp_path / "ann", {"layers.py": PASSAGE})
    sources = [(path, str(n)) for n in range(WORTH_PROCESSES)]
    works = [list(read_works(sources, STARTER, jobs)) for jobs in (1, 2)]
    marks = [[(w.year, w.fingerprints.marks.tolist()) for w in each] for each in works]
    assert marks[0] == marks[1] and marks[0][0][1]


def test_what_cannot_be_compared_is_named(tmp_path: Path) -> None:
    handed_in(tmp_path / "big", {"layers.py": "x = 1\n" * (1 << 20)})
    handed_in(tmp_path / "odd", {"1-FullyConnectedNets.ipynb": '{"cells": [3', "layers.py": ""})
    handed_in(tmp_path / "broken", {"layers.py": 'def f(:\n  (((("""\n\x00\\', "optim.py": "'"})
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "layers.py").write_bytes(bytes(range(256)) * 200)
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04")
    comparison = compare(sorted(tmp_path.iterdir()), [], STARTER)
    assert [work.id for work in comparison.left_out] == ["big", "odd", "torn"]
    index = pages(comparison, tmp_path / "report")["index.html"]
    assert "layers.py: 6291456 characters are too many" in index


def test_the_command_accuses_nobody(tmp_path: Path) -> None:
    for place in ("new/=ann", "old/ben"):
        handed_in(tmp_path / place, {"deepnets/layers.py": PASSAGE})
    handed_in(tmp_path / "new" / "=ann", {"1.ipynb": "[", "2.ipynb": "["})
    (tmp_path / "new" / "notes.txt").write_text("")
    html, csv = tmp_path / "report", tmp_path / "pairs.csv"
    options = ["--earlier", tmp_path / "old", "--html", html, "--csv", csv]
    assignment = ["--assignment", MODULAR_NETS.root]
    arguments = map(str, ["similarity", tmp_path / "new", *options, *assignment])
    result = CliRunner().invoke(app, [*arguments])
    assert result.exit_code == 0, result.output
    assert f"{THRESHOLD} lines or more in common that few others have: 1 pair." in result.output
    for told in ("1.ipynb: no notebook that can be read; 2.ipynb", "Not compared: notes.txt\n"):
        assert told in result.output
    assert "12,'=ann,ben," in csv.read_text()
    shown = [page.read_text("utf-8") for page in html.rglob("*.html")]
    for text in (result.output, csv.read_text(), *shown):
        assert not re.search(r"cheat|plagiar|suspic|guilt|fraud|copied|offen[cd]", text, re.I)
    for page in shown:
        assert "A question, not an answer" in page


def test_what_else_was_handed_out_is_nobodys_own_either(tmp_path: Path) -> None:
    given = handed_in(tmp_path / "lecture", {"smooth.py": PASSAGE})
    paths = [handed_in(tmp_path / name, {"layers.py": PASSAGE}) for name in ("ann", "ben")]
    assert found(compare(paths, [], handed_out(MODULAR_NETS, [given]))) == []
    with pytest.raises(RosterError, match="cannot be read"):
        handed_out(MODULAR_NETS, [tmp_path / "nothing"])


def test_pages_of_pairs_that_are_none_any_more_go(tmp_path: Path) -> None:
    paths = [handed_in(tmp_path / name, {"layers.py": PASSAGE}) for name in ("ann", "ben")]
    assert "pairs/ann--ben.html" in pages(compare(paths, [], STARTER), tmp_path / "report")
    assert list(pages(compare(paths, [], STARTER, 99), tmp_path / "report")) == ["index.html"]


def test_the_report_of_a_class_and_submissions_stay(tmp_path: Path) -> None:
    (tmp_path / "report" / "students").mkdir(parents=True)
    for folder, submissions in ((tmp_path / "report", []), (tmp_path, [tmp_path])):
        with pytest.raises(ReportError, match="choose another --html"):
            demand_folder(folder, submissions)
