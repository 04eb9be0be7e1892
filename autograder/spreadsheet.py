"""Tables from other programs: read as they are, and written back with nothing else changed."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 32 << 20


class SheetError(Exception):
    """A table cannot be read; the message says why."""


@dataclass
class Sheet:
    """The rows of a CSV file below its header, and how the file is written."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"

    def column(self, *names: str) -> int | None:
        """The first column with one of `names`, whatever its case and accents."""
        known = [plain(title) for title in self.header]
        return next((known.index(name) for name in map(plain, names) if name in known), None)

    def cells(self, row: list[str], columns: Iterable[str]) -> list[str]:
        """What `row` says in those of `columns` that there are, without empty cells."""
        places = [place for name in columns if (place := self.column(name)) is not None]
        return [row[place].strip() for place in places if row[place].strip()]

    def text(self) -> str:
        """The file's new content, as text."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=self.delimiter, lineterminator=self.newline)
        writer.writerows([self.header, *self.rows])
        return stream.getvalue()


def plain(text: str) -> str:
    """Letters and digits of `text` alone, without case and accents."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def read_sheet(file: Path) -> Sheet:
    """The table in a CSV file, every row as long as the header; raises SheetError."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise SheetError(f"{file}: cannot be read ({error.strerror})") from None
    if len(content) > MOST_BYTES:
        raise SheetError(f"{file}: is larger than {MOST_BYTES >> 20} MiB")
    text, encoding = _decoded(content)
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [r for r in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if r]
    except csv.Error as error:
        raise SheetError(f"{file}: is no CSV table ({error})") from None
    if not rows:
        raise SheetError(f"{file}: is empty")
    width = len(rows[0])
    padded = [row + [""] * (width - len(row)) for row in rows[1:]]
    return Sheet(rows[0], padded, delimiter, "\r\n" if "\r\n" in text else "\n", encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """Text, and the encoding to write it in: spreadsheets come with marks and old code pages."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "utf-8-sig"
    try:
        marked = content.startswith(codecs.BOM_UTF8)
        return content.decode("utf-8-sig"), "utf-8-sig" if marked else "utf-8"
    except UnicodeDecodeError:
        return content.decode("latin-1"), "utf-8"
