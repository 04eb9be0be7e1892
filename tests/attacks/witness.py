"""Processes of the sandbox that are listened to, and an honest one among them."""

from collections.abc import Mapping, Sequence

import numpy as np
from assignments import MODULAR_NETS

from autograder.grading.grade import PRELOAD, WORKERS
from autograder.grading.staff import given_files
from autograder.sandbox.layers import Tier
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process
from autograder.sandbox.zygote import Zygote
from autograder.student.channel import Call, StudentError
from autograder.student.sandboxed import Clock, SandboxedChannel

from .attack import LAYERS


class Watched(Zygote):
    """Keeps what its processes print, which no report shows."""

    def __init__(self, tier: Tier, environment: str, mark: str) -> None:
        self.started: list[Process] = []
        super().__init__(tier, WORKERS[environment], PRELOAD, environment={"MARK": mark})

    def spawn(self, limits: Limits | None = None, files: Sequence[int] = ()) -> Process:
        self.started.append(super().spawn(limits, files))
        return self.started[-1]

    def said(self) -> str:
        """What they printed since this was asked last."""
        text = "".join(process.output for process in self.started)
        self.started.clear()
        return text


class Witness:
    """An honest submission in a process beside that of an attack."""

    def __init__(self, zygote: Zygote, work: Mapping[str, str], marker: str) -> None:
        files = {**given_files(MODULAR_NETS), **work, LAYERS: f"# {marker}\n{work[LAYERS]}"}
        clock = Clock(20.0, 1e6)
        self._channel = SandboxedChannel(zygote, MODULAR_NETS.package, files, clock, Limits())
        self._numbers = np.random.default_rng(0)

    def __enter__(self) -> "Witness":
        return self

    def __exit__(self, *_: object) -> None:
        self._channel.close()

    def answers(self) -> bool:
        """Does it, and rightly?"""
        x, w, b = (self._numbers.standard_normal(shape) for shape in ((2, 3), (3, 4), 4))
        try:
            answer = self._channel.invoke(Call("call", "layers.affine_forward", None, (x, w, b)))
        except StudentError:
            return False
        return np.array_equal(answer.value[0], x @ w + b)
