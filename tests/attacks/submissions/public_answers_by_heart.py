"""Knows the answers to the published inputs by heart, and nothing else."""

from pathlib import Path

CLASSES = (14,)
EARNS = ()
TABLE = """
import hashlib
import numpy as np

ANSWERS = {answers}


def known(name, *inputs):
    key = hashlib.sha256(b"".join(np.ascontiguousarray(x).tobytes() for x in inputs)).hexdigest()
    return eval(ANSWERS[name + key], {{"array": np.array, "float32": np.float32}})


def affine_forward(x, w, b):
    return known("affine_forward", x, w, b), (x, w, b)


def relu_forward(x):
    return known("relu_forward", x), x
"""


def build(folder: Path, work) -> Path:
    """It asks the right work what a student can find out at home."""
    import hashlib

    import numpy as np
    from assignments import MODULAR_NETS

    from autograder.grading.staff import reference
    from autograder.judge.case import cases_of, public_trials
    from autograder.judge.trial import ask

    np.set_printoptions(threshold=10**9, floatmode="unique")
    right, answers = reference(MODULAR_NETS), {}

    class Listening:
        begin = right.begin

        def invoke(self, call):
            given = b"".join(np.ascontiguousarray(x).tobytes() for x in call.args)
            answer = right.invoke(call)
            name = call.target.rpartition(".")[2] + hashlib.sha256(given).hexdigest()
            answers[name] = repr(answer.value[0]) if isinstance(answer.value, tuple) else ""
            return answer

    for name in ("affine_forward", "relu_forward"):
        for case in cases_of(name):
            for trial in public_trials(case):
                ask(Listening(), trial)
    (folder / "eve").mkdir()
    text = work["stubs"]["deepnets/layers.py"]
    (folder / "eve" / "layers.py").write_text(text + TABLE.format(answers=answers))
    return folder / "eve"
