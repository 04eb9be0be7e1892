"""One submission, reachable through the sandbox: alone, or with stand-ins."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from autograder.assignment import Assignment, Task
from autograder.salvage.undefined import completed
from autograder.sandbox.limits import Limits
from autograder.sandbox.zygote import Zygote
from autograder.student.channel import StudentError
from autograder.student.sandboxed import Clock, SandboxedChannel, StandIns
from autograder.student.script import Paper
from autograder.submission import Submission


class SandboxBench:
    """Workers for one submission; use as a context manager, which ends them.

    `zygotes(environment)` gives the zygote to start workers from, `papers` what each of them is to
    answer at once. `last`: nobody tries once more, see `SandboxedChannel`.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        given: dict[str, str],
        zygotes: Callable[[str], Zygote],
        answer: StandIns,
        papers: Mapping[str, Paper],
        last: bool = True,
    ) -> None:
        limits = assignment.limits
        self._assignment, spoken = assignment, submission.spoken
        self._layout = spoken.reading(assignment) if spoken else assignment
        self._submission = submission
        self._zygotes, self._answer = zygotes, answer
        # The clock ends what is slow; this only what works on while nobody asks it anything.
        cpu_seconds = int(limits.file_seconds + 1) * (1 + len(submission.modules()))
        self._limits = Limits(memory_bytes=limits.memory_mb << 20, cpu_seconds=cpu_seconds)
        self._clock = Clock(limits.call_seconds, limits.file_seconds)
        self._given, self._papers, self._last = given, papers, last
        self._own: dict[str, SandboxedChannel] = {}
        self._helped: dict[tuple[tuple[str, ...], tuple[str, ...]], SandboxedChannel] = {}

    def __enter__(self) -> "SandboxBench":
        return self

    def __exit__(self, *_: object) -> None:
        for channel in (*self._own.values(), *self._helped.values()):
            channel.close()

    def own(self, task: Task) -> SandboxedChannel:
        """The student's code alone, in the environment of `task`."""
        if not self._own:
            self._begin()
        return self._own[task.environment]

    def _begin(self) -> None:
        """The workers of all environments start with their papers at the same time."""
        for name, paper in self._papers.items():
            self._own[name] = self._channel((), (), name, paper)
        for channel in self._own.values():
            # A worker that ends now is replaced when it is asked, and told of then.
            with suppress(StudentError):
                channel.prepare()

    def stops(self) -> dict[str, list[str]]:
        """Why statements of the student's own files failed when they were imported, by path."""
        found = [channel.stops() for channel in self._own.values()]
        return {path: stops[path] for stops in found for path in stops}

    def weights(self, name: str) -> bytes | None:
        """The file of trained weights of that name."""
        return self._submission.weights.get(name)

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> SandboxedChannel:
        """The student's code with the staff's functions of the tasks `stand_ins` instead, and
        without the released stubs of the tasks `silent`."""
        key = stand_ins, silent
        if key not in self._helped:
            self._helped[key] = self._channel(stand_ins, silent)
        return self._helped[key]

    def stub_left(self, task: Task) -> bool:
        """Is the released stub of `task` still in the student's text?"""
        return self._submission.stub_left(task)

    def untouched(self, task: Task) -> bool:
        """Is it as another course hands it out? Our own stubs say so when they are called."""
        return self._submission.spoken is not None and self._submission.stub_left(task)

    def _channel(
        self,
        tasks: tuple[str, ...],
        silent: tuple[str, ...],
        environment: str = "numpy",
        paper: Paper | None = None,
    ) -> SandboxedChannel:
        names = tuple(_target(self._assignment.task(task)) for task in tasks)
        empty = dict.fromkeys(self._layout.student_files, "")
        own = completed(self._layout, self._submission.files, self._submission.modules(silent))
        files = {**empty, **self._given, **own}
        replaced = {name.split(".")[0] for name in names}
        alone = self._own.get(environment)
        fatal = self._homes(frozenset(alone.fatal) & replaced if alone else frozenset())
        return SandboxedChannel(
            self._zygotes(environment), self._assignment.package, files, self._clock, self._limits,
            stand_ins=names, answer=self._answer, skip=fatal, paper=paper,
            last=self._last,
        )  # fmt: skip

    def _homes(self, modules: frozenset[str]) -> frozenset[str]:
        """`modules`, and those of the student that they stand for, by their last names."""
        names = {task.id: task.file for task in self._layout.tasks if task.file}
        ours = {task.id: task.file for task in self._assignment.tasks if task.id in names}
        theirs = {_stem(names[id]) for id, file in ours.items() if _stem(str(file)) in modules}
        return modules | theirs


def _target(task: Task) -> str:
    assert task.file is not None
    return f"{_stem(task.file)}.{task.id}"


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".py")
