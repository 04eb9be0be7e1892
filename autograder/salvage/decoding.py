"""The bytes of a source file as text."""

import codecs
import io
import tokenize

# The mark of little-endian UTF-32 begins with that of UTF-16.
MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
NO_PROGRAMS = ("idna", "punycode", "undefined")
"""Encodings of names: to read a long text in them takes hours."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a source file, and why Python would refuse it, if it would."""
    text, remark = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text and not remark:
        line = text[: text.index("\0")].count("\n") + 1
        remark = f"line {line} holds NUL bytes, which editors hide and Python refuses: delete them"
    return text.replace("\0", ""), remark


def _decoded(content: bytes) -> tuple[str, str]:
    if wide := _wide(content):
        return content.decode(wide, "replace"), f"saved as {wide}: save the file as UTF-8"
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        if codecs.lookup(encoding).name not in NO_PROGRAMS:
            return content.decode(encoding), ""
    except (SyntaxError, UnicodeError, LookupError):
        pass
    return _as_utf8(content)


def _wide(content: bytes) -> str:
    """The encoding of a text whose characters take more bytes than one, or ""."""
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), "")
    if marked or not content:
        return marked
    second, first = content[1::2], content[::2]
    if 2 * second.count(0) > len(second):
        return "UTF-16-LE"
    return "UTF-16-BE" if 2 * first.count(0) > len(first) else ""


def _as_utf8(content: bytes) -> tuple[str, str]:
    """For a file that is not in the encoding which it names, or names one that there is not."""
    try:
        return content.decode("utf-8-sig"), _misnamed(content)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return content.decode("latin-1"), f"line {line} is not valid UTF-8: save the file as UTF-8"


def _misnamed(content: bytes) -> str:
    first = [line.decode("latin-1") for line in content.split(b"\n")[:2]]
    names = ((n, tokenize.cookie_re.match(line)) for n, line in enumerate(first, 1))
    for line, match in names:
        if match:
            unknown = "an unknown encoding" if _unknown(match[1]) else "an encoding it is not in"
            return f"line {line} names {unknown}, {match[1]}: delete that line; the file is UTF-8"
    return "not valid UTF-8: save the file as UTF-8"


def _unknown(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return True
    return False
