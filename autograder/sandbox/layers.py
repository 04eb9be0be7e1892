"""A tier: the set of isolation layers a process runs under."""

from dataclasses import dataclass
from typing import Literal

Layer = Literal["namespaces", "landlock", "seccomp", "no-open"]


@dataclass(frozen=True)
class Tier:
    """A named set of layers; resource limits apply in every tier."""

    name: str
    layers: frozenset[str]

    @classmethod
    def none(cls) -> "Tier":
        """Limits only: files, network and other processes are exposed. Ask the user first."""
        return cls("NOT ISOLATED", frozenset())

    @property
    def isolated(self) -> bool:
        return bool(self.layers)


def _tier(name: str, *layers: Layer) -> Tier:
    return Tier(name, frozenset(layers))


CANDIDATES = (
    _tier("T1 namespaces+landlock+seccomp", "namespaces", "landlock", "seccomp"),
    _tier("T1b namespaces+seccomp", "namespaces", "seccomp"),
    _tier("T2 landlock+seccomp", "landlock", "seccomp"),
    _tier("T2b seccomp without open", "seccomp", "no-open"),
)
