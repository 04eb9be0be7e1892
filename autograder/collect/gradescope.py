"""Gradescope, "Export Submissions": folders submission_N, and submission_metadata.yml."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from autograder.collect.attempt import Attempt, CollectError, timed
from autograder.collect.folders import entries

METADATA = "submission_metadata.yml"
MOST_BYTES = 256 << 20


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Plain data; what Ruby marks as an object of its own is read as the data it is written as."""


def _data(loader: Any, _: str, node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


Loader.add_multi_constructor("", _data)
# A date that is none would end the reading of all.
Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)


def looks(folder: Path) -> bool:
    """Is there Gradescope's list?"""
    return (folder / METADATA).is_file()


def read(folder: Path) -> Iterator[Attempt]:
    """An attempt for each submitter: of a group, each has the same files."""
    places = {path.name: path for path in entries(folder) if path.name != METADATA}
    for name, told in _metadata(folder / METADATA).items():
        yield from _attempts(str(name), told, places.pop(str(name), None))
    for name in places:
        yield Attempt((name,), {}, name, trouble=f"{METADATA} does not list it")


def _attempts(name: str, told: dict[str, Any], place: Path | None) -> Iterator[Attempt]:
    listed = told.get(":submitters")
    submitters = [_names(each) for each in listed] if isinstance(listed, list) else []
    others = ", ".join(names[-1] for names in submitters if names)
    note = f"handed in together: {others}" if len(submitters) > 1 else ""
    files, trouble = ({name: place}, "") if place else ({}, "its folder is not there")
    when, unread = timed(str(told.get(":created_at", "")))
    note = "; ".join(filter(None, [note, unread]))
    for names in submitters or [()]:
        yield Attempt(names or (name,), files, name, when, note=note, trouble=trouble)


def _metadata(file: Path) -> dict[str, dict[str, Any]]:
    if not file.is_file():
        raise CollectError(f"{file.parent.name}: is no export of Gradescope: it has no {METADATA}")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise CollectError(f"{file}: is larger than {MOST_BYTES >> 20} MiB")
        data = yaml.load(file.read_bytes(), Loader)
    except (OSError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise CollectError(f"{file}: cannot be read: {error}") from None
    if not isinstance(data, dict) or not all(isinstance(told, dict) for told in data.values()):
        raise CollectError(f"{file}: is not what Gradescope writes")
    return data


def _names(submitter: Any) -> tuple[str, ...]:
    told = submitter if isinstance(submitter, dict) else {}
    found = (told.get(key) for key in (":email", ":sid", ":name"))
    return tuple(str(name) for name in found if isinstance(name, str | int) and name)
