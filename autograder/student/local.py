"""Code that is trusted, or the student's own, called in this process."""

import itertools
import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.student.channel import Answer, Call, error_from
from autograder.student.session import Failure, Session, StandIn

_numbers = itertools.count()


class LocalChannel:
    """A Session under a private package name: several can live in one process."""

    def __init__(
        self,
        package: str,
        files: Mapping[str, str],
        stand_ins: Mapping[str, StandIn] | None = None,
    ) -> None:
        name = f"_{package}_{next(_numbers)}"
        self.session = Session(package, files, name=name, stand_ins=stand_ins)
        self._state = _random_state()

    def begin(self, seed: int) -> None:
        """Start a trial."""
        outer = _random_state()
        self.session.begin(seed)
        self._state = _random_state()
        _restore(outer)

    def invoke(self, call: Call) -> Answer:
        """Carry out `call`; raises StudentError. The caller's random numbers go on as before."""
        outer = _random_state()
        _restore(self._state)
        try:
            return Answer(*self.session.execute(call))
        except Failure as failure:
            raise error_from(failure.info) from None
        finally:
            self._state = _random_state()
            _restore(outer)


def _random_state() -> tuple[Any, Any]:
    return np.random.get_state(), random.getstate()  # noqa: NPY002


def _restore(state: tuple[Any, Any]) -> None:
    np.random.set_state(state[0])  # noqa: NPY002
    random.setstate(state[1])
