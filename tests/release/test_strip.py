import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.preprocessors import ClearSolutions

from autograder.release.errors import ReleaseError
from autograder.release.strip import TaskStubs, preprocessors, strip_code

IDS = {"one": 0, "Net.two": 0}.keys()
STUB = 'raise NotImplementedError("{}: replace this line with your code")'
# Everything that may stand in a comment, with the characters that some take for line ends.
COMMENTS = st.text(
    st.one_of(
        st.sampled_from("\t\f\v\x1c\x85\u2028\u2029\ufeff #\"'\\"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\n\r\0"),
    ),
    max_size=20,
).map(lambda text: f"# {text}\n")
CODE = st.sampled_from(["x = 1\n", "\n", "  \n", "\f\n", "s = '''\n\t '''\n", "if x:\n\ty = 2 \n"])
OUTSIDE = st.lists(COMMENTS | CODE, max_size=4).map("".join)
INDENTS = st.sampled_from(["    ", "\t", "  ", "\f    "])


@settings(deadline=None)
@given(OUTSIDE, OUTSIDE, INDENTS, st.sampled_from(["", "\ufeff"]), st.integers(0, 4))
def test_what_is_outside_of_blocks_stays_byte_by_byte(
    before: str, between: str, indent: str, bom: str, ends: int
) -> None:
    parts = [bom + before, f"def f():\n{indent}", f"\n{between}", "\nlast = 1" + "\n" * ends]
    texts = [f"### BEGIN SOLUTION {id}\n{{}}secret = 1\n{{}}### END SOLUTION" for id in IDS]
    blocks = [texts[0].format(indent, indent), texts[1].format("", "")]
    source = parts[0] + parts[1] + blocks[0] + parts[2] + blocks[1] + parts[3]
    stubs = [STUB.format(id) for id in IDS]
    expected = parts[0] + parts[1] + stubs[0] + parts[2] + stubs[1] + parts[3]
    assert strip_code(source, "f.py", IDS) == expected


def test_consecutive_blocks_have_their_own_stubs() -> None:
    text = "### BEGIN SOLUTION one\na = 1\n### END SOLUTION\n"
    stripped = strip_code(text + text.replace("one", "Net.two") + "b = 2\n", "f.py", IDS)
    assert stripped == f"{STUB.format('one')}\n{STUB.format('Net.two')}\nb = 2\n"


def test_a_student_file_without_a_block() -> None:
    with pytest.raises(ReleaseError, match=r"layers\.py: is a student file without a solution"):
        strip_code("a = 1\n", "layers.py", IDS)


def test_what_remains_must_be_python() -> None:
    text = "try:\n    x = 1\n### BEGIN SOLUTION one\nexcept OSError:\n    x = 2\n### END SOLUTION\n"
    with pytest.raises(ReleaseError, match=r"layers\.py: without its solutions .* not Python"):
        strip_code(text, "layers.py", IDS)


def test_only_clear_solutions_is_replaced() -> None:
    assert TaskStubs in preprocessors()
    assert ClearSolutions not in preprocessors()
