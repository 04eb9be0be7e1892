"""A list of Git repositories: fetched as data, never checked out, nothing of them run."""

import os
import re
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.archive import write_zip
from autograder.collect.attempt import Attempt, CollectError, moment, timed
from autograder.intake import MAX_FILE_BYTES, SKIPPED, SUFFIXES, Found, IntakeError
from autograder.people import ACCOUNTS, IDS, MAILS, NAMES
from autograder.spreadsheet import read_sheet

URLS = ("Repository", "Repository URL", "Student repository URL", "URL", "Clone URL")
TIMES = ("Submission timestamp", "Time")
PROTOCOLS = ("https", "ssh")
SECONDS = 120
MOST_BYTES = 512 << 20
HARMLESS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "fetch.recurseSubmodules": "false",
    "transfer.fsckObjects": "true",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
}
LFS = b"version https://git-lfs"
PRIVATE = re.compile(r"//[^/@]*@")


class GitError(Exception):
    """A repository cannot be fetched; the message says why."""


@dataclass(frozen=True)
class Git:
    """The program, for one repository without a working tree: no hook, filter, submodule or file of
    LFS is reached, because nothing is checked out."""

    folder: Path
    protocols: Sequence[str] = PROTOCOLS

    def __call__(self, *arguments: str) -> bytes:
        """What it prints; GitError if it fails, or takes too long."""
        options = [part for item in HARMLESS.items() for part in ("-c", "=".join(item))]
        try:
            done = subprocess.run(
                ["git", *options, f"--git-dir={self.folder}", *arguments], env=self._environment(),
                stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS,
                preexec_fn=_bounded, check=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise GitError(f"git took more than {SECONDS} s") from None
        except subprocess.CalledProcessError as error:
            raise GitError(_last_line(error.stderr)) from None
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """Nobody is there to answer a question; the staff's own keys and helpers are used."""
        ours = {
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
            "GIT_ALLOW_PROTOCOL": ":".join(self.protocols),
            "LC_ALL": "C",
        }
        return {**os.environ, **ours}


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))


def _last_line(text: bytes) -> str:
    lines = text.decode("utf-8", "replace").strip().splitlines()
    return PRIVATE.sub("//", lines[-1]) if lines else "git failed"


def read(file: Path, place: Path, protocols: Sequence[str] = PROTOCOLS) -> Iterator[Attempt]:
    """An attempt for each row of the table `file`, such as the grades that GitHub Classroom gives
    out: columns by their titles, one of which holds URLs. `place` is a folder to work in.

    Raises CollectError if there is no such column, SheetError if there is no table.
    """
    sheet = read_sheet(file)
    if not any(sheet.column(title) is not None for title in URLS):
        raise CollectError(f"{file}: has no column of repositories: {', '.join(URLS)}")
    for number, row in enumerate(sheet.rows):
        names = tuple(sheet.cells(row, (*IDS, *MAILS, *ACCOUNTS, *NAMES)))
        when, note = timed("".join(sheet.cells(row, TIMES)[:1]))
        url = "".join(sheet.cells(row, URLS)[:1])
        found = _fetched(url, names or (url,), when, Git(place / f"{number}", protocols))
        yield replace(found, note="; ".join(filter(None, [note, found.note])))


def _fetched(url: str, names: tuple[str, ...], when: datetime | None, git: Git) -> Attempt:
    source = PRIVATE.sub("//", url)
    try:
        git("init", "--quiet", "--bare", "--template=")
        git("fetch", "--quiet", "--depth=1", "--no-tags", "--", url, "HEAD")
        written = moment(git("log", "-1", "--format=%cI", "FETCH_HEAD").decode())
        contents, left_out = _contents(git)
    except (GitError, IntakeError) as error:
        return Attempt(names, {}, source, when, trouble=str(error))
    finally:
        shutil.rmtree(git.folder, ignore_errors=True)
    target = git.folder.with_suffix(".zip")
    write_zip(target, contents)
    told = [] if when else ["the time is the student's own clock's"]
    note = "; ".join([*told, *(f"{name}: {why}" for name, why in left_out.items())])
    return Attempt(names, {target.name: target}, source, when or written, note=note)


def _contents(git: Git) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files of the last commit that may belong to a submission, and why others do not."""
    found = Found()
    for line in git("ls-tree", "-r", "-l", "-z", "FETCH_HEAD").split(b"\0")[:-1]:
        told, _, name = line.partition(b"\t")
        mode, _, object_id, size = told.decode().split()
        path = name.decode("utf-8", "replace")
        place = PurePosixPath(path)
        if place.suffix not in SUFFIXES or set(place.parts) & set(SKIPPED):
            continue
        if not mode.startswith("100"):
            found.refused[path] = "a link: hand in the file itself"
        elif found.room_for(path, int(size)):
            content = git("cat-file", "blob", object_id)[:MAX_FILE_BYTES]
            if content.startswith(LFS):
                found.refused[path] = "kept in Git LFS, which is not fetched"
            else:
                found.files[path] = content
    return found.files, found.refused
