"""Moodle, "Download all submissions": `Ada Lovelace_12345_assignsubmission_file_`, with folders or
without."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from autograder.collect.attempt import Attempt
from autograder.collect.folders import entries, mostly

NAME = re.compile(r"(?P<name>[^_]+)_(?P<participant>\d+)_assignsubmission_file_?(?P<file>.*)")


def looks(folder: Path) -> bool:
    """Are most names as Moodle makes them?"""
    return mostly(folder, NAME)


def read(folder: Path) -> Iterator[Attempt]:
    """An attempt for each participant: Moodle gives out the last one."""
    people: dict[str, dict[str, Path]] = defaultdict(dict)
    names: dict[str, str] = {}
    for path in entries(folder):
        if found := NAME.fullmatch(path.name):
            participant = f"Participant {found['participant']}"
            people[participant][found["file"] or path.name] = path
            names[participant] = found["name"]
        else:
            yield Attempt((path.name,), {}, path.name, trouble="its name is none of Moodle's")
    for participant, files in people.items():
        source = ", ".join(path.name for path in files.values())
        yield Attempt((participant, names[participant]), files, source)
