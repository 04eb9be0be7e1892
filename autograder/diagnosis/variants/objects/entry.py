"""How entries about `layer-objects` are written."""

from autograder.diagnosis.catalogue import Variant
from autograder.diagnosis.misconceptions.objects.entry import HOMES


def variant(
    name: str, note: str, *edits: tuple[str, str], alternative: bool = False
) -> Variant:  # fmt: skip
    """`name` is the task's id, a dot and the way it is done."""
    path = f"neural_networks/{HOMES[name.partition('.')[0]][0]}.py"
    return Variant(name, name.rpartition(".")[0], path, edits, note, alternative=alternative)
