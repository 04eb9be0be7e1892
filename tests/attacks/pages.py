"""What the reports make of an entry: pages, tables, the terminal."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from rich.console import Console

from autograder.reports import class_summary, environment, student_summary, write_csv, write_html

TEMPLATES = Path(environment.__file__).parent / "templates"
HEAD = re.compile(r"\s*".join((
    re.escape((TEMPLATES / "base.html.j2").read_text("utf-8").partition("{%")[0]), "[^<]*</title>",
    "<style>", re.escape((TEMPLATES / "style.css.j2").read_text("utf-8").strip()), "</style>",
    "</head>",
)))  # fmt: skip
TAGS = re.findall(r"\S+", """
a abbr article aside b bdi body br caption code dd details div dl dt em figcaption figure footer h1
h2 h3 h4 header i li main nav ol p pre section small span strong summary table tbody td tfoot th
thead time tr ul
""")  # fmt: skip
ATTRIBUTES = re.findall(r"\S+", """
aria-hidden aria-labelledby class colspan id open role rowspan scope tabindex title
""")  # fmt: skip
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
VALUES = {
    "href": re.compile(r"#|[\w./%-]+\.html|\.\./"),
    "style": re.compile(r"(width: [\d.]+%|height: [\d.]+%|vertical-align: bottom|margin-top: 0)$"),
}
FORMULA = tuple("=+-@\t\r\n")


class Page(HTMLParser):
    """Finds what no page of ours has below its head, and any head but ours."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.odd: list[str] = []
        self.feed(HEAD.sub("", text, count=1))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.odd += [f"<{tag}>"] if tag not in TAGS else []
        for name, value in attrs:
            usual = VALUES[name].match(value or "") if name in VALUES else name in ATTRIBUTES
            self.odd += [] if usual else [f"<{tag} {name}={value}>"]


def unsafe(document: dict[str, Any]) -> Iterator[str]:
    """Where hostile text got through to somebody who reads the results."""
    with tempfile.TemporaryDirectory() as folder:
        for page in write_html(document, Path(folder) / "pages"):
            text = page.read_text("utf-8")
            yield from (f"page: {odd}" for odd in Page(text).odd)
            yield from (f"page: {found!r}" for found in STEERING.findall(text))
            if not page.resolve().is_relative_to(Path(folder).resolve()):
                yield f"page: outside of its folder: {page}"
        table = write_csv(document, Path(folder) / "points.csv").read_text("utf-8")
    for row in csv.reader(io.StringIO(table)):
        yield from (f"table: {cell[:50]!r}" for cell in row if cell.startswith(FORMULA))
    yield from (f"terminal: {found!r}" for found in STEERING.findall(_printed(document)))


def _printed(document: dict[str, Any]) -> str:
    """What a terminal without colours gets."""
    names = [submission["id"] for submission in document["submissions"]]
    console = Console(file=io.StringIO(), width=100, color_system=None, legacy_windows=False)
    console.print(class_summary(document), *(student_summary(document, name) for name in names))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
