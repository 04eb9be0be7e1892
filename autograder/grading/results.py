"""The entries of a class, read from the store when they are looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from autograder.assignment import Assignment
from autograder.grading.grade import Entry
from autograder.grading.pricing import repriced
from autograder.grading.store import Store


@dataclass(frozen=True, eq=False)
class Results(Sequence[Entry]):
    """As a list of entries, of which only those at hand take memory.

    keys: of the entries in the store, or "" for those in `loose`, which are kept nowhere, by place.
    """

    store: Path
    assignment: Assignment
    keys: Sequence[str]
    loose: Mapping[int, Entry]

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return list(self._at(range(len(self))[place]))
        return next(self._at([range(len(self))[place]]))

    def __iter__(self) -> Iterator[Entry]:
        return self._at(range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def _at(self, places: Sequence[int]) -> Iterator[Entry]:
        with Store(self.store) as store:
            for place in places:
                yield self.loose.get(place) or self._kept(store, self.keys[place])

    def _kept(self, store: Store, key: str) -> Entry:
        kept = store.result(key)
        entry = repriced(kept.entry, self.assignment) if kept else None
        assert entry is not None, f"{self.store} has lost a result"
        return entry
