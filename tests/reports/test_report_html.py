import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import report_sample

from autograder.reports import ReportError, write_html

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """What a page holds; complains of tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute))]


def _pages(document: dict[str, Any], folder: Path) -> tuple[str, dict[str, str]]:
    """The class page, and the hand-outs by id."""
    index, *students = write_html(document, folder)
    ids = [submission["id"] for submission in document["submissions"]]
    texts = (page.read_text(encoding="utf-8") for page in students)
    return index.read_text(encoding="utf-8"), dict(zip(ids, texts, strict=True))


def test_a_page_for_the_class_and_one_for_each_student(
    document: dict[str, Any], tmp_path: Path
) -> None:
    paths = write_html(document, tmp_path / "new" / "folder")
    assert paths[0] == tmp_path / "new" / "folder" / "index.html"
    assert len(set(paths)) == len(paths) == 1 + len(document["submissions"])
    pages = [path for path in tmp_path.rglob("*.*") if path.suffix and path.is_file()]
    assert sorted(pages) == sorted(paths)


def test_the_table_of_a_large_class_goes_on_on_other_pages(
    document: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.reports.html.PAGE", 10)
    written = write_html(document, tmp_path)
    tables = [tmp_path / "index.html", tmp_path / "table/2.html", tmp_path / "table/3.html"]
    outlines = {file: Outline(file.read_text(encoding="utf-8")) for file in tables}
    hand_outs = set[Path]()
    for file, outline in outlines.items():
        links = {
            (file.parent / link).resolve() for link in outline.values("href") if link[0] != "#"
        }
        assert links <= set(written)
        hand_outs |= {link for link in links if link.parent.name == "students"}
    assert len(hand_outs) == len(document["submissions"]) == len(written) - 3
    document["submissions"] = document["submissions"][:12]
    write_html(document, tmp_path)
    assert [file.exists() for file in tables] == [True, True, False]


def test_the_hand_out_of_who_left_goes_and_no_other_file(
    document: dict[str, Any], tmp_path: Path
) -> None:
    left = write_html(document, tmp_path)[2]
    foreign = [tmp_path / name for name in ("notes.html", "students/mine.html")]
    for file in foreign:
        file.write_text("not of a report")
    del document["submissions"][1]
    written = write_html(document, tmp_path)
    assert left.name == "bob.html" and not left.exists()
    assert all(file.exists() for file in (*foreign, *written))


@pytest.mark.parametrize("link", ["../precious", "students/../../precious", "students/..", ""])
def test_a_list_of_hand_outs_that_was_edited_removes_nothing_else(
    document: dict[str, Any], tmp_path: Path, link: str
) -> None:
    (tmp_path / "precious").write_text("not of a report")
    folder = tmp_path / "report"
    write_html(document, folder)
    (folder / ".hand-outs").write_text(f"{link}\n")
    write_html(document, folder)
    assert (tmp_path / "precious").exists()


def test_files_in_trouble_are_told_at_the_top(document: dict[str, Any], tmp_path: Path) -> None:
    zipped = {"path": "bob.zip", "status": "refused", "message": "is not a readable zip"}
    document["submissions"][1]["files"] = [zipped]
    index, students = _pages(document, tmp_path)
    assert index.index("bob.zip: is not a readable zip") < index.index("Distribution of points")
    assert index.index("bob.zip") < index.index("was never closed")
    bob = students["bob"]
    assert bob.index("Nothing that you handed in") < bob.index("bob.zip: is") < bob.index("points<")
    assert "Not all of your files could be used" in students["alice"]
    assert "could be used" not in students["carol"]


def test_a_hand_out_tells_what_trials_found_alike_once(
    document: dict[str, Any], tmp_path: Path
) -> None:
    finding = report_sample.finding(message="layers stopped with NameError")
    crash = {"verdict": "crashed", "findings": [finding, finding | {"trial": "edge/one"}]}
    document["submissions"][1]["tasks"][0].update(crash)
    page = _pages(document, tmp_path)[1]["bob"]
    assert page.count("layers stopped with NameError") == 1
    assert "main/wide, edge/one" in page


def test_every_link_of_the_class_page_leads_to_a_page(
    document: dict[str, Any], tmp_path: Path
) -> None:
    index, *students = write_html(document, tmp_path)
    outline = Outline(index.read_text(encoding="utf-8"))
    files = {tmp_path / link for link in outline.values("href") if not link.startswith("#")}
    assert files == set(students)


def test_hostile_text_makes_no_markup(document: dict[str, Any], tmp_path: Path) -> None:
    index, students = _pages(document, tmp_path)
    allowed = {"aria-hidden", "aria-labelledby", "charset", "class", "colspan", "content", "href"}
    allowed |= {"http-equiv", "id", "lang", "name", "role", "rowspan", "scope", "style", "tabindex"}
    for page in (index, *students.values()):
        outline = Outline(page)
        names = {tag for tag, _ in outline.tags}
        assert not names & {"script", "img", "iframe", "object", "link", "base", "form"}
        assert {key for _, attrs in outline.tags for key in attrs} <= allowed | {"title"}
        assert "\x1b" not in page and "\u202e" not in page
    assert "&lt;script&gt;" in index
    assert "&lt;script&gt;" in students["alice"]


def test_pages_load_nothing(document: dict[str, Any], tmp_path: Path) -> None:
    for page in write_html(document, tmp_path):
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert "url(" not in text and "@import" not in text and " src=" not in text


def test_the_class_page_tells_all(document: dict[str, Any], tmp_path: Path) -> None:
    index, _ = _pages(document, tmp_path)
    assert report_sample.SEED in index
    assert "2.4.6" in index and "landlock" in index
    assert report_sample.STAFF_SECRET in index and report_sample.GRADER_TRACE in index
    assert "svm_loss.db_not_summed" in index


def test_grader_faults_stand_apart_only_when_there_are_some(
    document: dict[str, Any], tmp_path: Path
) -> None:
    assert 'id="faults"' in _pages(document, tmp_path)[0]
    document["submissions"] = document["submissions"][1:]
    assert 'id="faults"' not in _pages(document, tmp_path)[0]


def test_a_hand_out_holds_nothing_for_staff(document: dict[str, Any], tmp_path: Path) -> None:
    _, students = _pages(document, tmp_path)
    secrets = [report_sample.SEED, report_sample.STAFF_SECRET, report_sample.GRADER_TRACE]
    secrets += ["STAFF HINT", "db_not_summed"]
    for page in students.values():
        assert not any(secret in page for secret in secrets)


def test_a_hand_out_names_no_other_student(document: dict[str, Any], tmp_path: Path) -> None:
    _, students = _pages(document, tmp_path)
    for name in ("victor", "ursula", "rupert"):
        assert [student for student, page in students.items() if name in page] == [name]


def test_a_hand_out_explains_what_happened(document: dict[str, Any], tmp_path: Path) -> None:
    page = " ".join(re.sub(r"<[^>]+>", "", _pages(document, tmp_path)[1]["alice"]).split())
    assert "22.1 of 39 points" in page
    assert "Judged with the staff’s softmax_loss and affine_backward in place of yours" in page
    assert "its gradient is a sum over the rows" in page
    assert "largest db[3] = 0.0410" in page
    assert "The grader failed here, not you." in page
    assert "W1 is float32" in page
    assert "never closed; the other functions were judged" in page
    assert "cs231n-2021" not in page and "softmax_loss is in layers.py" not in page


def test_messages_keep_their_lines(document: dict[str, Any], tmp_path: Path) -> None:
    page = _pages(document, tmp_path)[1]["alice"]
    assert "5 of 5 entries.\n  shape     (5,)\n" in page


def test_pages_are_accessible(document: dict[str, Any], tmp_path: Path) -> None:
    index, students = _pages(document, tmp_path)
    for page in (index, students["alice"]):
        outline = Outline(page)
        names = [tag for tag, _ in outline.tags]
        assert ("html", {"lang": "en"}) in outline.tags
        assert names.count("h1") == names.count("main") == 1
        assert names.count("caption") == names.count("table")
        assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")
        ids = outline.values("id")
        assert len(ids) == len(set(ids))
        assert set(outline.values("aria-labelledby")) <= set(ids)


def test_colours_are_readable_in_both_themes(document: dict[str, Any], tmp_path: Path) -> None:
    index, _ = _pages(document, tmp_path)
    light, dark = re.findall(r":root \{(.*?)\}", index, re.DOTALL)
    pairs = [(f"{tone}-text", tone) for tone in ("good", "half", "bad", "wait", "none", "fault")]
    pairs += [(ink, paper) for ink in ("text", "soft", "accent") for paper in ("page", "card")]
    for theme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#\w+);", theme))
        assert all(_contrast(colours[ink], colours[paper]) >= 4.5 for ink, paper in pairs)


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_an_empty_class_has_a_page(document: dict[str, Any], tmp_path: Path) -> None:
    document["submissions"] = []
    assert "No submissions" in _pages(document, tmp_path)[0]


def test_an_unwritable_folder_is_said(document: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match=r"file.*cannot be written"):
        write_html(document, tmp_path / "file" / "report")


def test_a_hand_out_tells_where_to_read_again(document: dict[str, Any], tmp_path: Path) -> None:
    _, pages = _pages(document, tmp_path)
    assert f"Read again: {report_sample.SECTION}" in pages["alice"]
    for submission in document["submissions"]:
        for task in submission["tasks"]:
            for found in task.get("findings", []):
                found["section"] = ""
    assert "Read again" not in _pages(document, tmp_path)[1]["alice"]
