"""A judge that grades attacks, and an observer outside of the sandbox that sees what they do."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from assignments import MODULAR_NETS

from autograder.grading.grade import FAULT, WORKERS, Entry, Job, Judge
from autograder.grading.run import document
from autograder.grading.staff import staff_files
from autograder.release.strip import strip_code
from autograder.sandbox.layers import Tier
from autograder.submission import Submission

from .attack import HERE, TASKS, Attack, write
from .canaries import Canaries
from .listeners import Listeners
from .overheard import overheard
from .pages import STEERING
from .processes import Bystanders, marked, zombies
from .witness import Watched, Witness

BOAST = "impossible-and-yet-done"
LIMITS = re.compile(r"call_seconds = .*\nfile_seconds = .*")
BLOCK = re.compile(r"BEGIN SOLUTION (\S+)")
ARMS = (HERE / "arms.py").read_text("utf-8")
ROOT = HERE.parents[1]
HOLDERS = ("autograder", "datasets", "source", "solutions", "release")


@dataclass(frozen=True)
class Outcome:
    """What came of an attack: its entry in the result document, and the harm that was seen."""

    attack: Attack
    entry: Entry
    troubles: tuple[str, ...]

    @property
    def verdicts(self) -> list[str]:
        return sorted({task["verdict"] for task in self.entry["tasks"]})


class Arena:
    """Grades attacks in one tier; a context manager.

    All in `folder` is open to everybody: the sandbox has to keep attackers out. The seed of the
    hidden trials is a secret, unless there is a `seed`.
    """

    def __init__(self, tier: Tier, seed: str = "") -> None:
        self.tier, self.work, self._open = tier, works(), ExitStack()
        self.folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="arena")))
        self.folder.chmod(0o777)
        self.home, self.inbox = _open_folder(self.folder / "staff"), self.folder / "inbox"
        self.canaries = Canaries(self.home)
        self._seed = seed or self.canaries.mark("the seed")
        self._variable = self._tempting_variable()
        self.listeners = self._open.enter_context(closing(Listeners(self.folder)))
        self.bystanders = self._open.enter_context(closing(Bystanders()))
        self._courses = {False: self.course(5.0), True: self.course(0.25)}
        self._zygotes: dict[str, Watched] = {}
        self._judges: dict[tuple[bool, tuple[str, ...]], Judge] = {}
        self._entries: list[Entry] = []
        self._rights: dict[tuple[str, ...], Entry] = {}
        self.canaries.protect()

    def __enter__(self) -> "Arena":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _tempting_variable(self) -> str:
        """Name of a variable of this process that holds a secret."""
        name = f"TOKEN_{self.canaries.name}"
        self._open.enter_context(_variable(name, self.canaries.mark("environment")))
        return name

    def course(self, seconds: float) -> Path:
        """A copy of the course in which a call may take `seconds`."""
        place = self.home / f"nets-{seconds:g}"
        shutil.copytree(MODULAR_NETS.root, place)
        file = place / "assignment.toml"
        limits = f"call_seconds = {seconds}\nfile_seconds = {8 * seconds}"
        text, count = LIMITS.subn(limits, file.read_text("utf-8"))
        assert count == 1
        file.write_text(text, "utf-8")
        return place

    def zygote(self, environment: str = "numpy") -> Watched:
        """That of all judges here."""
        if environment not in self._zygotes:
            zygote = Watched(self.tier, environment, self.canaries.name)
            self._zygotes[environment] = self._open.enter_context(zygote)
        return self._zygotes[environment]

    @cached_property
    def witness(self) -> Witness:
        """Runs beside every attack."""
        marker = self.canaries.mark("a sibling")
        return self._open.enter_context(Witness(self.zygote(), self.work["right"], marker))

    @cached_property
    def honest(self) -> Entry:
        """What right work earns, before any attack."""
        return self._grade_honest()

    def known(self) -> dict[str, Any]:
        """All that an attacker is told."""
        return {
            "boast": BOAST,
            "name": self.canaries.name,
            **self._places(),
            "hidden": "landlock" not in self.tier.layers or "namespaces" in self.tier.layers,
            "modules": solved_modules(),
            **self._doors(),
            "judge": os.getpid(),
            "zygote": self.zygote().pid,
            "neighbour": self.bystanders.pid,
            "variable": self._variable,
        }

    def _places(self) -> dict[str, Any]:
        """Paths of what nobody may read, and of where it lies."""
        return {
            "secrets": list(map(str, self.canaries.files)),
            "course": str(self._courses[False]),
            "folder": str(self.folder),
            "repository": str(ROOT),
        }

    def _doors(self) -> dict[str, Any]:
        """Addresses at which the observer listens."""
        return {
            "tcp": self.listeners.port("tcp"),
            "udp": self.listeners.port("udp"),
            "door": self.listeners.path,
            "abstract": self.listeners.abstract,
        }

    def run(self, attack: Attack) -> Outcome:
        """Grade one attack, and tell what it did beside."""
        judge = self._judge(attack.endless, attack.tasks)
        before, path = self._still(), self.hand_in(attack)
        with overheard() as aloud:
            entry = judge.grade(path)
            aloud.seek(0)
            heard = aloud.read()
        shutil.rmtree(self.inbox / attack.name)
        said = self._said()
        seen = [*self._seen(entry, said), *self._lasting(*before), *_judged(attack, entry)]
        seen += [f"the judge printed: {heard[:300]!r}"] if heard else []
        if attack.earns == {*attack.tasks} and entry["tasks"] != self._right(attack.tasks)["tasks"]:
            seen.append("told: something else than right work is told")
        seen += self._idle(attack, said, json.dumps(entry))
        self._entries.append(entry)
        return Outcome(attack, entry, tuple(seen))

    def hand_in(self, attack: Attack) -> Path:
        """Put it into the inbox; the path to grade."""
        arms = ARMS.replace("KNOWN: dict = {}", f"KNOWN = {self.known()!r}")
        return attack.hand_in(_open_folder(self.inbox / attack.name), self.work, arms)

    def grade_together(
        self, attacks: Iterable[Attack], honest: Iterable[str]
    ) -> tuple[dict[str, Any], str]:
        """The result document of a class in which those named are honest, and what the command
        printed that graded it."""
        inbox = _open_folder(self.folder / "class")
        for path in map(self.hand_in, attacks):
            path.rename(inbox / path.name)
        for name in honest:
            write(inbox / name, self.work["right"])
        done = self._command(
            "grade", inbox, "--seed", self._seed, "--json", self.home / "class.json"
        )
        assert done.returncode == 0, done.stdout
        found: dict[str, Any] = json.loads((self.home / "class.json").read_text("utf-8"))
        return found, done.stdout

    def _command(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """As staff grades the tasks of most attacks."""
        options = ["--assignment", self._courses[False], "--store", self.home / "class.db"]
        options += [word for task in TASKS for word in ("--task", task)]
        return subprocess.run(
            [sys.executable, "-m", "autograder", *words, *options], cwd=ROOT, text=True,
            errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def document(self) -> dict[str, Any]:
        """The result document of all that was run here so far."""
        job = self._judge(False, TASKS).job
        job = replace(job, tasks=(), seed="", experiments=True, environments=tuple(WORKERS))
        run = {"tier": self.tier.name, "versions": {}, "started": "2026-01-01T00:00:00+00:00",
               "seconds": {"total": 1.0}, "known": 0, "renewed": 0}  # fmt: skip
        return document(MODULAR_NETS, job, run, [self.honest, *self._entries])

    def _said(self) -> str:
        return "".join(zygote.said() for zygote in self._zygotes.values())

    def _still(self) -> tuple[set[int], int]:
        """The processes and open files that are there without an attack."""
        assert self.honest["points"] == self.honest["max_points"] and self.witness.answers()
        self._said()
        return marked(self.canaries.name), len(os.listdir("/proc/self/fd"))

    def told(self, printed: str) -> Iterator[str]:
        """What nobody should find in what a command prints."""
        yield from self.canaries.read_in(printed)
        yield from ([f"printed: {BOAST}"] if BOAST in printed else [])
        yield from (f"printed: {found!r}" for found in STEERING.findall(printed))

    def _seen(self, entry: Entry, said: str) -> Iterator[str]:
        """Read, done, changed, reached, signalled."""
        yield from self.canaries.read_in(said + json.dumps(entry))
        yield from (f"done: {line[:300]}" for line in said.splitlines() if BOAST in line)
        yield from self.canaries.changed()
        yield from self.listeners.reached()
        yield from self.bystanders.disturbed()

    def _lasting(self, processes: set[int], files: int) -> Iterator[str]:
        """Left alive, open or unwell."""
        if alive := _after_a_while(lambda: marked(self.canaries.name) - processes):
            yield f"left alive: {alive}"
        parents = [os.getpid(), *(zygote.pid for zygote in self._zygotes.values())]
        if left := _after_a_while(lambda: zombies(parents)):
            yield f"zombies: {left}"
        if len(os.listdir("/proc/self/fd")) > files:
            yield "left open: files of the judge"
        if not self.witness.answers():
            yield "disturbed: a sibling in the sandbox"
        if self._grade_honest() != self.honest:
            yield "disturbed: an honest submission after it"

    def _idle(self, attack: Attack, said: str, entry: str) -> Iterator[str]:
        """What did not come to pass, so that nothing is known about it."""
        lines = said.splitlines()
        yield from (f"idle: {p}" for p in attack.places if f"reached {p}" not in lines)
        yield from (f"idle: no {text!r}" for text in attack.says if text not in said + entry)
        # Where no file can be opened, an attack may lack what it imports.
        if "no-open" not in self.tier.layers:
            yield from (f"idle: {line}" for line in lines if line.startswith("blunt: "))

    def _right(self, tasks: tuple[str, ...]) -> Entry:
        """What right work gets: where an attack earns the same, nothing may tell it from that."""
        if tasks not in self._rights:
            judge = self._judge(False, tasks)
            self._rights[tasks] = judge.judge(Submission("right", self.work["right"]))
        return self._rights[tasks]

    def _grade_honest(self) -> Entry:
        return self._judge(False, TASKS[:1]).judge(Submission("honest", self.work["right"]))

    def _judge(self, endless: bool, tasks: tuple[str, ...]) -> Judge:
        key = endless, tasks
        if key not in self._judges:
            self._judges[key] = self._new_judge(self._courses[endless], tasks)
        return self._judges[key]

    def _new_judge(self, course: Path, tasks: tuple[str, ...]) -> Judge:
        chosen = list(map(MODULAR_NETS.task, tasks))
        environments = tuple({task.environment for task in chosen})
        experiments = not all(task.has_cases for task in chosen)
        store = self.home / "results.db"
        judge = Judge(Job(course, self.tier, self._seed, store, tasks, experiments, environments))
        for environment in environments:
            judge._zygotes[environment] = self.zygote(environment)
        return judge


def _judged(attack: Attack, entry: Entry) -> Iterator[str]:
    """Where the points are not those of honest code of that quality."""
    tasks = entry["tasks"]
    if any(task["verdict"] == FAULT for task in tasks):
        yield "a fault of the grader"
    rows = [row for task in tasks for row in task["findings"] if row["visibility"] == "student"]
    yield from (f"told: {row['message'][:99]}" for row in rows if BOAST in row["message"])
    earned = {task["id"] for task in tasks if task["points"] == task["max_points"]}
    some = {task["id"] for task in tasks if task["points"]}
    if earned != attack.earns or some - earned != attack.partly:
        yield f"earned {sorted(earned)}, and in part {sorted(some - earned)}"


def works() -> dict[str, dict[str, str]]:
    """The texts of the student's files, as they are released and as they are solved."""
    texts = staff_files(MODULAR_NETS)
    right = {name: texts[name] for name in MODULAR_NETS.student_files}
    ids = {name for text in right.values() for name in BLOCK.findall(text)}
    return {
        "right": right,
        "stubs": {name: strip_code(text, name, ids) for name, text in right.items()},
    }


def solved_modules() -> list[str]:
    """Those in which an answer to the first task lies, by the names that Python has for them."""
    files = [p for name in HOLDERS for p in sorted((ROOT / name).rglob("*.py"))]
    solved = [path for path in files if f"def {TASKS[0]}(" in path.read_text("utf-8")]
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in solved]


def _open_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    path.chmod(0o777)
    return path


@contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    os.environ[name] = value
    try:
        yield
    finally:
        del os.environ[name]


def _after_a_while(found: Callable[[], set[int]], seconds: float = 2.0) -> set[int]:
    """What is still found then; what has just been killed may take a moment to end."""
    end = time.monotonic() + seconds
    while (left := found()) and time.monotonic() < end:
        time.sleep(0.01)
    return left
