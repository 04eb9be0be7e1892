"""What is told about a slip, in a sentence that a teaching assistant would say."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Remark:
    """A slip: `kind` is a key of [repairs] in assignment.toml, or "lost" for what none can mend.

    `how` is what the repair has decided, if there was something to decide.
    """

    kind: str
    text: str
    how: str = ""
    repaired: bool = False

    def after(self, repairs: frozenset[str]) -> "Remark":
        """The same, repaired if its kind is among `repairs`."""
        return replace(self, repaired=self.kind in repairs)

    def __str__(self) -> str:
        done = ", ".join(filter(None, ("repaired for grading", self.how)))
        return f"{self.text} ({done})" if self.repaired else self.text
