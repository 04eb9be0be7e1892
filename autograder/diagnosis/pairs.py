"""Two mistakes at once, where none alone explains all that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, islice
from typing import Generic

from autograder.diagnosis.agreement import agree
from autograder.diagnosis.evidence import Evidence, M, refuted, wrong_in
from autograder.judge.trial import Outcome

# Trying two mistakes in one text takes some milliseconds; likely pairs come first.
TRIED = 400
COMPARED = 5


@dataclass(frozen=True)
class Pairs(Generic[M]):
    """The pairs among `candidates` that explain all wrong answers in `outcomes`."""

    candidates: Sequence[M]
    outcomes: Sequence[Outcome]
    evidence: Evidence[M]
    _shares: dict[tuple[str, str, int], frozenset[str]] = field(default_factory=dict, init=False)

    def __iter__(self) -> Iterator[tuple[M, M]]:
        """Those first whose mistakes show each in answers of its own, which is seen at once."""
        yield from self._side_by_side()
        yield from self._in_one_text()

    @cached_property
    def _failed(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.passed]

    def _side_by_side(self) -> Iterator[tuple[M, M]]:
        pairs = combinations(self.candidates, 2)
        covering = [p for p in pairs if all(self._cover(p, outcome) for outcome in self._failed)]
        for pair in sorted(covering, key=self._excess):
            if not any(self._spoils_more(mistake) for mistake in pair):
                yield pair

    def _cover(self, pair: tuple[M, M], outcome: Outcome) -> bool:
        shares = (self._share(mistake, outcome) for mistake in pair)
        return frozenset[str]().union(*shares) == wrong_in(outcome)

    def _share(self, mistake: M, outcome: Outcome) -> frozenset[str]:
        """The wrong answers of `outcome` that this mistake gives, too; asked for in many pairs."""
        key = mistake.id, outcome.trial.key, outcome.trial.seed
        if key not in self._shares:
            wrong = wrong_in(outcome) & self.evidence.wrong(mistake, outcome.trial)
            same = (q for q in wrong if self.evidence.agrees_in(mistake, outcome, q))
            self._shares[key] = frozenset(same)
        return self._shares[key]

    def _excess(self, pair: tuple[M, M]) -> int:
        """How many answers they spoil between them: the same with fewer is the better guess."""
        return sum(len(self.evidence.wrong(m, o.trial)) for m in pair for o in self._failed)

    def _spoils_more(self, mistake: M) -> bool:
        """Does it spoil what is right, in another trial or beside the wrong answers?"""
        return refuted(mistake, self.outcomes, self.evidence) or any(
            outcome.answers and self.evidence.wrong(mistake, outcome.trial) - wrong_in(outcome)
            for outcome in self._failed
        )

    def _in_one_text(self) -> Iterator[tuple[M, M]]:
        # What failed comes first: nearly all pairs are out after one trial.
        ordered = sorted(self.outcomes, key=lambda outcome: outcome.passed)
        for pair in islice(self._possible(), TRIED):
            if all(self._like(pair, outcome) for outcome in ordered):
                yield pair

    def _possible(self) -> Iterator[tuple[M, M]]:
        """Pairs that spoil what is wrong in the first failed trial; who agrees most comes first."""
        first = self._failed[0]
        known = sorted(self.candidates, key=self._agreement, reverse=True)
        wrong = [(mistake, self.evidence.wrong(mistake, first.trial)) for mistake in known]
        for (one, ones), (other, others) in combinations(wrong, 2):
            if ones | others >= wrong_in(first):
                yield one, other

    def _agreement(self, mistake: M) -> int:
        """With how many wrong answers in the first trials: all would take too long."""
        return sum(len(self._share(mistake, outcome)) for outcome in self._failed[:COMPARED])

    def _like(self, pair: tuple[M, M], outcome: Outcome) -> bool:
        both = self.evidence.together(pair, outcome.trial)
        if both is None or both.passed or outcome.passed:
            return both is not None and both.passed == outcome.passed
        return agree(outcome, both)
