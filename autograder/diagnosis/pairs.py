"""Two mistakes at once, where none alone explains all that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice
from typing import Generic

from autograder.diagnosis.agreement import agree
from autograder.diagnosis.evidence import Evidence, M, refuted, wrong_in
from autograder.judge.trial import Outcome

# Trying two mistakes in one text takes some milliseconds; likely pairs come first.
TRIED = 60

Spot = tuple[int, str]


@dataclass(frozen=True)
class Pairs(Generic[M]):
    """The pairs among `candidates` that explain all wrong answers in `outcomes`."""

    candidates: Sequence[M]
    outcomes: Sequence[Outcome]
    evidence: Evidence[M]

    def __iter__(self) -> Iterator[tuple[M, M]]:
        """Those first whose mistakes show each in answers of its own, which is seen at once."""
        yield from self._side_by_side()
        yield from self._in_one_text()

    @cached_property
    def _failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.passed]

    @cached_property
    def _shares(self) -> list[tuple[M, frozenset[Spot]]]:
        """Each candidate with the wrong answers that it gives too; who has most comes first."""
        shares = [(mistake, self._share(mistake)) for mistake in self.candidates]
        return sorted(shares, key=lambda share: len(share[1]), reverse=True)

    def _excess(self, pair: tuple[M, M]) -> int:
        """How many answers they spoil between them: the same with fewer is the better guess."""
        return sum(len(self.evidence.wrong(m, o.trial)) for m in pair for o in self._failed)

    def _spoils_more(self, mistake: M) -> bool:
        """Does it spoil an answer that is right beside the wrong ones?"""
        return any(
            outcome.answers and self.evidence.wrong(mistake, outcome.trial) - wrong_in(outcome)
            for outcome in self._failed
        )

    def _refuted(self, mistake: M) -> bool:
        return refuted(mistake, self.outcomes, self.evidence)

    def _share(self, mistake: M) -> frozenset[Spot]:
        return frozenset(
            (i, name)
            for i, outcome in enumerate(self._failed)
            for name in wrong_in(outcome) & self.evidence.wrong(mistake, outcome.trial)
            if self.evidence.agrees_in(mistake, outcome, name)
        )

    def _side_by_side(self) -> Iterator[tuple[M, M]]:
        wrong = {(i, name) for i, outcome in enumerate(self._failed) for name in wrong_in(outcome)}
        known = [(m, share) for m, share in self._shares if share and not self._spoils_more(m)]
        pairs = [
            (a, b) for (a, ones), (b, others) in combinations(known, 2) if ones | others == wrong
        ]
        for pair in sorted(pairs, key=self._excess):
            if not any(map(self._refuted, pair)):
                yield pair

    def _in_one_text(self) -> Iterator[tuple[M, M]]:
        # What failed comes first: nearly all pairs are out after one trial.
        ordered = sorted(self.outcomes, key=lambda outcome: outcome.passed)
        for pair in islice(self._possible(), TRIED):
            if all(self._like(pair, outcome) for outcome in ordered):
                yield pair

    def _like(self, pair: tuple[M, M], outcome: Outcome) -> bool:
        both = self.evidence.together(pair, outcome.trial)
        if both is None or both.passed or outcome.passed:
            return both is not None and both.passed == outcome.passed
        return agree(outcome, both)

    def _possible(self) -> Iterator[tuple[M, M]]:
        """Pairs of which one or the other spoils what is wrong in the first failed trial."""
        first = self._failed[0]
        wrong = [(m, self.evidence.wrong(m, first.trial)) for m, _ in self._shares]
        for (one, ones), (other, others) in combinations(wrong, 2):
            if ones | others >= wrong_in(first):
                yield one, other
