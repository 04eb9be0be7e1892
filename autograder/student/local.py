"""Code that is trusted, or the student's own, called in this process."""

import itertools
from collections.abc import Mapping

from autograder.student.chance import restore_all, state_of_all
from autograder.student.channel import Answer, Call, error_from
from autograder.student.session import Failure, Session, StandIn

_numbers = itertools.count()


class LocalChannel:
    """A Session under a private package name: several can live in one process.

    `anew` is that of Session. Unless the process is `own`, others draw random numbers in it, too.
    """

    def __init__(
        self,
        package: str,
        files: Mapping[str, str],
        stand_ins: Mapping[str, StandIn] | None = None,
        anew: Mapping[str, str] | None = None,
        own: bool = False,
    ) -> None:
        name = f"_{package}_{next(_numbers)}"
        self.session = Session(package, files, name=name, stand_ins=stand_ins, anew=anew)
        self._own, self._state = own, () if own else state_of_all()

    def begin(self, seed: int) -> None:
        """Start a trial."""
        if self._own:
            self.session.begin(seed)
            return
        outer = state_of_all()
        self.session.begin(seed)
        self._state = state_of_all()
        restore_all(outer)

    def invoke(self, call: Call) -> Answer:
        """Carry out `call`; raises StudentError. The caller's random numbers go on as before."""
        if self._own:
            return self._answer(call)
        outer = state_of_all()
        restore_all(self._state)
        try:
            return self._answer(call)
        finally:
            self._state = state_of_all()
            restore_all(outer)

    def _answer(self, call: Call) -> Answer:
        try:
            return Answer(*self.session.execute(call))
        except Failure as failure:
            raise error_from(failure.info) from None
