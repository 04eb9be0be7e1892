"""The one homework that is judged, where a submission holds several."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

from autograder.dialects.dialect import DIALECTS, load_dialect

DEFINED = re.compile(rb"^(?:def|class)[ \t]+(\w+)", re.MULTILINE)
Homes = dict[str, list[str]]
"""The files of networks by the folder around their package."""


def other_homeworks(files: Mapping[str, bytes], packages: Mapping[str, str]) -> tuple[str, ...]:
    """Folders with another version of files of the homework that has most of what is asked.

    `packages` maps the files of networks to their package's folder, or to "". A folder within the
    chosen one is left to whoever reads it, and so are parts of a homework in folders of their own.
    """
    homes = _beside_one_another(_homes(packages))
    if len(homes) < 2:
        return ()
    best = max(sorted(homes), key=lambda home: _defined(files, homes[home]))
    mine = set(_names(homes[best]))
    return tuple(home for home in sorted(homes) if home != best and mine & set(_names(homes[home])))


def lies_in(path: str, homes: Iterable[str]) -> bool:
    """Is the file `path` in one of these folders?"""
    return any(f"/{path}".startswith(f"{home}/") for home in homes)


def _homes(packages: Mapping[str, str]) -> Homes:
    homes: Homes = {}
    for path, package in packages.items():
        if package:
            around = f"/{path}".rpartition(f"/{package}/")[0]
            homes.setdefault(around, []).append(path)
    return homes


def _beside_one_another(homes: Homes) -> Homes:
    """Those that lie in no other one."""

    def inside(home: str) -> bool:
        return any(home.startswith(f"{other}/") for other in homes if other != home)

    return {home: paths for home, paths in homes.items() if not inside(home)}


def _names(paths: list[str]) -> Iterator[str]:
    return (PurePosixPath(path).name for path in paths)


def _defined(files: Mapping[str, bytes], paths: list[str]) -> int:
    """How many of the functions and classes that courses ask for are there, written or not."""
    found = {name.decode() for path in paths for name in DEFINED.findall(files[path])}
    return len(found & _asked())


@cache
def _asked() -> frozenset[str]:
    tasks = (task for name in DIALECTS for task in load_dialect(name).task_ids)
    return frozenset(task.partition(".")[0] for task in tasks)
