"""What became of a class under one fault."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chaos.faults import Fault


@dataclass
class Outcome:
    """How often the `fault` struck, and whether while reports were written; how many runs it took
    to the end, where the table is another, what was left after any run, what one `told` that
    failed, and what is `wrong` besides."""

    fault: Fault
    struck: int = 0
    late: bool = False
    runs: int = 0
    other: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def missed(self) -> str:
        """What nothing is known about, for the fault came too late for it."""
        if self.fault.most and not self.struck:
            return "it never struck"
        return "it never struck while reports were written" if self.early else ""

    @property
    def early(self) -> bool:
        """Is a strike still to come, while reports are written?"""
        return self.fault.reports and not self.late

    @property
    def fine(self) -> bool:
        return not (self.missed or self.other or self.left or self.wrong)

    def __str__(self) -> str:
        late = ", also while reports were written" if self.late else ""
        said = f" that said: {'; '.join(dict.fromkeys(self.told))}" if self.told else ""
        end = "FAILED: " + "; ".join(self._failures()) if not self.fine else "the same table"
        head = f"{self.fault.name}: strikes: {self.struck}{late}"
        return f"{head}; runs: {self.runs}{said}; {end}"

    def _failures(self) -> Iterator[str]:
        if self.missed:
            yield self.missed
        lists = {"differs": self.other, "left over": self.left, "wrong": self.wrong}
        yield from (f"{what}: {'; '.join(found)}" for what, found in lists.items() if found)
