"""What is kept of a cell's outputs: what cannot run in a browser, and not more than allowed."""

import json

from nbformat import NotebookNode
from nbformat.v4 import new_output

HARMLESS = ("text/plain", "image/png", "image/jpeg")


def keep_harmless(outputs: list[NotebookNode]) -> None:
    """Keep text and pictures: nbgrader shows HTML and scripts of outputs as they are."""
    for output in outputs:
        if "data" in output:
            kept = {kind: output.data[kind] for kind in HARMLESS if kind in output.data}
            output.data = NotebookNode(kept)


def keep_first(outputs: list[NotebookNode], most: int) -> None:
    """Keep the outputs that together have at most `most` bytes, and say if there were more."""
    for number, output in enumerate(outputs):
        most -= len(json.dumps(output))
        if most < 0:
            outputs[number:] = [remark("OutputLeftOut", "there was more than is kept of a cell")]
            return


def remark(name: str, text: str) -> NotebookNode:
    """An output that says, as an error does, what became of the cell."""
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])
