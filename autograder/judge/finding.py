"""One fact about an answer, kept apart from what may have caused it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """What is wrong.

    `summary` holds no expected value, so it may be shown for hidden trials; `detail` may hold
    them. `hint` guesses at the cause, `section` names the heading that treats it. `actual` and
    `expected` are kept for the diagnosis and never leave the judge.
    """

    quantity: str
    summary: str
    detail: str = ""
    case: str = ""
    public: bool = True
    actual: Any = field(default=None, repr=False, compare=False)
    expected: Any = field(default=None, repr=False, compare=False)
    hint: str = ""
    section: str = ""

    @property
    def text(self) -> str:
        """All of it, for whoever may see the expected values."""
        return f"{self.summary}\n{self.detail}".strip()
