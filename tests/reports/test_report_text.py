import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from autograder.reports.text import LONGEST, clean, file_stems, one_line

NAMES = st.lists(st.text() | st.sampled_from(["alice", "Alice", "ALICE", "con", "..", "a.2"]))


@given(st.text(st.characters(codec=None)))
def test_clean_text_cannot_steer_a_terminal(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in cleaned)
    assert clean(cleaned) == cleaned


def test_clean_keeps_lines_and_bounds_size() -> None:
    assert clean("a\r\n\tb") == "a\n\tb"
    assert clean("x" * 10**6) == "x" * LONGEST + "\n… (cut)"


def test_one_line_is_one_line() -> None:
    assert one_line("a\n b\t c") == "a b c"
    assert one_line("x" * 100, 10) == "x" * 9 + "…"


@given(NAMES)
def test_file_stems_are_safe_and_unique(names: list[str]) -> None:
    stems = file_stems([clean(name) for name in names])
    assert len(stems) == len(names)
    assert len({stem.casefold() for stem in stems}) == len(stems)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_.-]{0,80}", stem) for stem in stems)
    assert not any(".." in stem or stem == "con" for stem in stems)


def test_plain_names_are_kept_whoever_else_is_there() -> None:
    assert file_stems(["student-01", "bob"]) == ["student-01", "bob"]
    assert file_stems(["Bob"])[0] == file_stems(["bob", "Bob"])[1]
