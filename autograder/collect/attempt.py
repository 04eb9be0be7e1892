"""One attempt of one student, as another program gave it out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

DASHES = "%Y-%m-%d-%H-%M-%S"


class CollectError(Exception):
    """Nothing can be collected; the message says why."""


@dataclass(frozen=True)
class Attempt:
    """What a student handed in at one time.

    `names` are what the source calls the student, the most telling first; `files` the files and
    folders by the names they were handed in with; `number` tells attempts apart where no time
    does; `late` is the source's own mark, None if it has none; `trouble` is why it cannot be used.
    """

    names: tuple[str, ...]
    files: Mapping[str, Path]
    source: str
    when: datetime | None = None
    late: bool | None = None
    number: int = 0
    note: str = ""
    trouble: str = field(default="", kw_only=True)


def moment(text: object) -> datetime | None:
    """A time as programs write it, with its zone, or in this machine's; None if it is none."""
    if isinstance(text, datetime):
        return text.astimezone()
    written = str(text).strip()[:60]
    zone = re.fullmatch(r"(.+\d) ([A-Za-z]\w*(?:/\w+)*)", written)
    try:
        if re.fullmatch(r"\d{4}(-\d\d){5}", written):
            return datetime.strptime(written, DASHES).astimezone()
        if zone:
            return datetime.fromisoformat(zone[1]).replace(tzinfo=ZoneInfo(zone[2]))
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OSError, OverflowError):  # ZoneInfo raises OSError for odd names
        return None
