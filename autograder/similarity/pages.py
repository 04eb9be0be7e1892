"""The comparison as HTML: a list of pairs, and for each pair a page with both side by side."""

from collections.abc import Iterable
from pathlib import Path

from autograder.reports.document import ReportError
from autograder.reports.environment import environment
from autograder.reports.files import explained, write_whole
from autograder.reports.pages import forget_others
from autograder.reports.text import clean, file_stems
from autograder.similarity.compare import Comparison
from autograder.similarity.overlap import FEW, USUAL
from autograder.similarity.passages import passages

MOST_PAGES = 300
"""Of more pairs nobody reads; the table has them all."""


def demand_folder(folder: Path, submissions: Iterable[Path]) -> None:
    """Make the folder; ReportError if that cannot be, or if other things lie there."""
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"{folder}: is a file, and pages need a folder: choose another --html")
    if folder.resolve() in {path.resolve() for path in submissions}:
        raise ReportError(f"{folder}: holds submissions: choose another --html")
    if (folder / "students").exists():
        raise ReportError(f"{folder}: holds the report of a class: choose another --html")
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_pages(comparison: Comparison, title: str, folder: Path) -> Path:
    """Write `folder`/index.html and `folder`/pairs/*.html; the path of the first.

    Pages that it wrote there before of other pairs go. Pages need neither network nor scripts.
    ReportError if the folder cannot be written.
    """
    pages, shown = environment("autograder.similarity"), comparison.pairs[:MOST_PAGES]
    pages.filters["clean"] = clean
    pages.globals.update(comparison=comparison, title=title, usual=USUAL, few=FEW)
    stems = file_stems([f"{pair.first.id}--{pair.second.name}" for pair in shown])
    links = [f"pairs/{stem}.html" for stem in stems]
    forget_others(folder, "pairs", links)
    page = pages.get_template("pair.html.j2")
    for pair, link in zip(shown, links, strict=True):
        found = passages(pair.first, pair.second, pair.shared)
        write_whole(folder / link, page.render(pair=pair, passages=found))
    index = pages.get_template("index.html.j2").render(shown=list(zip(shown, links, strict=True)))
    return write_whole(folder / "index.html", index)
