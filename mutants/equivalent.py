"""The mutants that nothing kills, each with the reason why nothing should."""

import tomllib
from pathlib import Path

from mutants.mutant import Mutant

Key = tuple[str, str, str]
FILE = Path(__file__).with_name("equivalent.toml")


def known() -> dict[Key, str]:
    """The reasons of equivalent.toml, by task, text before and text after."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))["equivalent"]
    return {
        (task, before, after): group["why"]
        for group in groups
        for task, before, after in group["mutants"]
    }


def key_of(mutant: Mutant) -> Key:
    """How equivalent.toml names `mutant`."""
    return mutant.task, mutant.before, mutant.after
