"""One attempt of one student, as another program gave it out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

DASHES = "%Y-%m-%d-%H-%M-%S"
HOURS = {
    "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
    "WEST": 1, "BST": 1, "CEST": 2, "EEST": 3,
}  # fmt: skip
"""Names in RFC 5322, and Europe's in summer, of which the zone database has only some."""


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


def moment(text: str) -> datetime | None:
    """A time as programs write it, with its zone, or in this machine's; None if it is none."""
    # Git and Ruby part the offset from the time.
    written = re.sub(r" (?=[+-]\d\d:?\d\d$|Z$)", "", text.strip()[:60])
    zone = re.fullmatch(r"(.+\d) ([A-Za-z]\w*(?:/\w+)*)", written)
    try:
        if re.fullmatch(r"\d{4}(-\d\d){5}", written):
            return datetime.strptime(written, DASHES).astimezone()
        if zone:
            return datetime.fromisoformat(zone[1]).replace(tzinfo=_zone(zone[2]))
        return datetime.fromisoformat(written).astimezone()
    except (ValueError, OSError, OverflowError, KeyError):  # ZoneInfo: the last and OSError
        return None


def _zone(name: str) -> tzinfo:
    return timezone(timedelta(hours=HOURS[name])) if name in HOURS else ZoneInfo(name)


def timed(text: str) -> tuple[datetime | None, str]:
    """The time that a source states, and what the staff should know of one that cannot be read."""
    when = moment(text)
    unread = text.strip() and not when
    return when, f"its time cannot be read: '{text.strip()[:60]}'" if unread else ""
