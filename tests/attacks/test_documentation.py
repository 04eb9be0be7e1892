"""The page on security names every attack."""

from .attack import HERE, attacks
from .table import table
from .test_observer import UNHINDERED

PAGE = HERE.parents[1] / "docs" / "security.md"


def test_the_table_of_attacks_is_current() -> None:
    """`python -m attacks.table`, run in tests/, prints it."""
    text = PAGE.read_text("utf-8")
    rows = text[text.index("| class | attacks |") :].splitlines()
    assert rows[: rows.index("")] == table()
    assert f"holds {len(attacks())} hostile submissions" in text
    assert f"{len(UNHINDERED)} of the attacks as they are" in text
