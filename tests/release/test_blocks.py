import pytest

from autograder.release.blocks import Block, find_code_blocks, find_prose_blocks
from autograder.release.errors import ReleaseError

IDS = {"one", "Net.two"}
BEGIN, END = "### BEGIN SOLUTION one", "### END SOLUTION"


def test_consecutive_blocks_followed_by_code() -> None:
    text = f"def f():\n    {BEGIN}\n    a = 1\n    {END}\n    ### BEGIN SOLUTION Net.two\n"
    text += f"    b = 2\n    {END}\n    return a, b\n"
    blocks = find_code_blocks(text, "f.py", IDS)
    assert blocks == [Block("one", 2, 4, ("    a = 1",)), Block("Net.two", 5, 7, ("    b = 2",))]


def test_code_without_blocks_need_not_be_python() -> None:
    assert find_code_blocks("%%bash\necho 'it's", "cell", IDS) == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a = 1\n### END SOLUTION\n", 2, "ends no block"),
        (f"{BEGIN}\na = 1\n{BEGIN}\nb = 2\n{END}\n{END}\n", 3, "inside the block of line 1"),
        (f"x = 0\n{BEGIN}\na = 1\n", 2, "never ended"),
        (f"{BEGIN}\r\na = 1\r\n{END}\r\n", 1, "carriage return"),
        (f"{BEGIN}\na = 1\r\n{END}\n", 2, "carriage return"),
        (f"x = '{BEGIN}'\n", 1, "alone on its line"),
        (f'def f():\n    """Text.\n    {BEGIN}\n    {END}\n    """\n', 3, "alone on its line"),
        (f'x = """\n{BEGIN}\n"""\n{BEGIN}\na = 1\n{END}\n', 2, "alone on its line"),
        (f"x = 1  {BEGIN}\na = 1\n{END}\n", 1, "alone on its line"),
        (f"x = [\n{BEGIN}\n1,\n{END}\n]\n", 2, "alone on its line"),
        (f"{BEGIN}\nx = [\n{END}\n1]\n", 3, "alone on its line"),
        (f"{BEGIN} {END}\na = 1\n{END}\n", 1, "not a task"),
        ("# BEGIN SOLUTION one\na = 1\n### END SOLUTION\n", 1, "not a solution marker"),
        (f"{BEGIN}\na = 1\n{END} one\n", 3, "not a solution marker"),
        (f"### BEGIN SOLUTION\na = 1\n{END}\n", 1, "names no task"),
        (f"### BEGIN SOLUTION  \na = 1\n{END}\n", 1, "names no task"),
        (f"### BEGIN SOLUTION three\na = 1\n{END}\n", 1, "'three' is not a task"),
        (f"### BEGIN SOLUTION one Net.two\na = 1\n{END}\n", 1, "is not a task"),
        (f"def f():\n{BEGIN}\n    a = 1\n{END}\n    return a\n", 2, "not indented like"),
        (f"def f():\n    {BEGIN}\n    a = 1\n{END}\n", 4, "indented differently"),
        (f"def f():\n\t{BEGIN}\n        a = 1\n\t{END}\n", 2, "not indented like"),
        (f"if x:\n    {BEGIN}\n    a = 1\nelse:\n    b = 1\n    {END}\n", 4, "leaves the level"),
        (f"{BEGIN}\n\n{END}\n", 1, "is empty"),
        (f"{BEGIN}\n# only words\n{END}\n", 1, "no statement"),
        (f"{BEGIN}\na = (1\n{END}\n", 4, "cannot be read as Python"),
        (
            f"if x:\n        a = 1\n    b = 2\n{BEGIN}\nc = 1\n{END}\n",
            3,
            "cannot be read as Python",
        ),
    ],
)
def test_each_trap_is_named_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ReleaseError) as error:
        find_code_blocks(text, "layers.py", IDS)
    assert str(error.value).startswith(f"layers.py:{line}: ")
    assert what in error.value.what
    assert error.value.todo


def test_prose_blocks() -> None:
    text = "It's **yours**:\n\n### BEGIN SOLUTION one\nBecause 1 < 2.\n### END SOLUTION\nEnd."
    assert find_prose_blocks(text, "cell", IDS) == [Block("one", 3, 5, ("Because 1 < 2.",))]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("see ### BEGIN SOLUTION one\nx\n### END SOLUTION", 1, "not a solution marker"),
        ("### BEGIN SOLUTION one\nx", 1, "never ended"),
        ("x\n### END SOLUTION", 2, "ends no block"),
        ("### BEGIN SOLUTION three\nx\n### END SOLUTION", 1, "not a task"),
        ("### BEGIN SOLUTION one\n\n### END SOLUTION", 1, "is empty"),
    ],
)
def test_traps_in_prose(text: str, line: int, what: str) -> None:
    with pytest.raises(ReleaseError, match=what) as error:
        find_prose_blocks(text, "cell", IDS)
    assert error.value.line == line
