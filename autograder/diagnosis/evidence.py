"""What has to be known about mistakes to recognize them."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from autograder.judge.case import Trial
from autograder.judge.trial import Outcome


class Known(Protocol):
    """A mistake that has a name."""

    @property
    def id(self) -> str:
        """Its task, a dot and its name."""

    @property
    def hint(self) -> str:
        """Its cause, in a sentence."""

    @property
    def section(self) -> str:
        """The notebook and the heading that treat it."""


M = TypeVar("M", bound=Known)


class Evidence(Protocol[M]):
    """What each known mistake does to the answers: tried here, or recorded elsewhere."""

    def candidates(self, task: str) -> Sequence[M]:
        """The known mistakes in `task`."""

    def wrong(self, mistake: M, trial: Trial) -> frozenset[str]:
        """The quantities that are wrong in `trial` with that mistake; empty if it passes."""

    def agrees(self, mistake: M, outcome: Outcome) -> bool:
        """Are the answers of `outcome` those of the mistake?"""

    def agrees_in(self, mistake: M, outcome: Outcome, quantity: str) -> bool:
        """Is this one answer of `outcome` that of the mistake?"""

    def together(self, pair: tuple[M, M], trial: Trial) -> Outcome | None:
        """What `trial` shows of both mistakes in one text; None if that cannot be told."""


def wrong_in(outcome: Outcome) -> frozenset[str]:
    """The quantities that are wrong in `outcome`; where nothing was answered, one without name."""
    return frozenset(finding.quantity for finding in outcome.findings)


def refuted(mistake: M, outcomes: Sequence[Outcome], evidence: Evidence[M]) -> bool:
    """Whoever makes that mistake cannot be right where it is wrong."""
    return any(evidence.wrong(mistake, outcome.trial) for outcome in outcomes if outcome.passed)
