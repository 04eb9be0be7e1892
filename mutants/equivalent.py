"""The mutants that nothing kills, each with the reason why nothing should."""

import tomllib
from pathlib import Path

from mutants.mutant import Mutant

Key = tuple[str, str, str]
FOLDER = Path(__file__).with_name("equivalent")


def known(assignment: str) -> dict[Key, str]:
    """The reasons in the file of that assignment, by task, text before and text after."""
    groups = tomllib.loads((FOLDER / f"{assignment}.toml").read_text("utf-8"))["equivalent"]
    return {
        (task, before, after): group["why"]
        for group in groups
        for task, before, after in group["mutants"]
    }


def key_of(mutant: Mutant) -> Key:
    """How the file names `mutant`."""
    return mutant.task, mutant.before, mutant.after
