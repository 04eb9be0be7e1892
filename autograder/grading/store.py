"""Results on disk: appended one by one, found again by what they were made from.

Entries are compressed, and what made them is kept once for all that it made, so that a class of
thousands fits in a file that is easily copied.
"""

import hashlib
import json
import os
import secrets
import sqlite3
import stat
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for another program that holds the file."""
GLANCE = 1.0
"""The same, where a person only asks if it could be used."""
SCHEMA = """
create table if not exists seeds (assignment text primary key, seed text not null);
drop table if exists verdicts;
create table if not exists makers (id integer primary key, made_by text not null unique);
create table if not exists entries (
    key text primary key, submission text not null, entry blob not null,
    maker integer not null references makers,
    made text not null default current_timestamp);
create table if not exists experiments (key text primary key, measures text not null);
"""


@dataclass(frozen=True)
class Kept:
    """A submission's entry, and by task the digest of what made its verdict."""

    entry: dict[str, Any]
    made_by: dict[str, str]


class StoreError(Exception):
    """The file of results cannot be used; the message says what to do."""


class Store:
    """An SQLite file in WAL mode: it can be killed at any time and loses no finished result."""

    def __init__(self, path: Path) -> None:
        with _clear_errors(path, "choose another --store"):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            _demand_ours(self._db)
            self._db.execute("pragma journal_mode=wal")
            self._db.executescript(SCHEMA)
        self._path = path

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def seed(self, assignment: str) -> str:
        """The secret seed of this assignment's runs: drawn once, then the same for ever."""
        statement = "insert or ignore into seeds values (?, ?)"
        self._row(statement, assignment, secrets.token_hex(16))
        return str(self._one("select seed from seeds where assignment = ?", assignment))

    def result(self, key: str) -> Kept | None:
        """What is kept under `key`."""
        query = "select entry, made_by from entries join makers on maker = id where key = ?"
        row = self._row(query, key)
        return Kept(_unpacked(row[0]), json.loads(row[1])) if row else None

    def keep_result(self, key: str, entry: dict[str, Any], made_by: Mapping[str, str]) -> None:
        """Append an entry, or replace it by a newer one."""
        maker = self._maker(json.dumps(dict(made_by), sort_keys=True))
        columns = "(key, submission, entry, maker)"
        statement = f"insert or replace into entries {columns} values (?, ?, ?, ?)"
        self._row(statement, key, entry["id"], packed(entry), maker)

    def _maker(self, made_by: str) -> int:
        self._row("insert or ignore into makers (made_by) values (?)", made_by)
        return int(self._one("select id from makers where made_by = ?", made_by))

    def experiment(self, key: str) -> dict[str, Any] | None:
        """The measures of a training run."""
        text = self._one("select measures from experiments where key = ?", key)
        measures: dict[str, Any] | None = json.loads(text) if text is not None else None
        return measures

    def keep_experiment(self, key: str, measures: dict[str, Any]) -> None:
        """Append the measures of a training run."""
        statement = "insert or replace into experiments values (?, ?)"
        self._row(statement, key, json.dumps(measures))

    def _one(self, query: str, key: str) -> Any:
        row = self._row(query, key)
        return row[0] if row else None

    def _row(self, query: str, *values: Any) -> Any:
        """The first row of the answer; StoreError for a full disk, a file in use, a broken one."""
        todo = "what it holds already is safe: mend that and run the same command again"
        with _clear_errors(self._path, todo):
            return self._db.execute(query, values).fetchone()


def _demand_ours(database: sqlite3.Connection) -> None:
    """Raises OSError for a database of another program."""
    names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
    if names and ("seeds",) not in names:
        raise OSError("it holds something else")


def demand_usable(path: Path) -> None:
    """Raises StoreError if nothing can be kept now in the file `path`, where one is; keeps
    nothing in it."""
    with _clear_errors(path, "choose another --store"), suppress(FileNotFoundError):
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError("it is no ordinary file")
        with closing(sqlite3.connect(path, timeout=GLANCE, isolation_level=None)) as database:
            database.execute("begin immediate")
            _demand_ours(database)
            database.execute("rollback")


@contextmanager
def _clear_errors(path: Path, todo: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        why = _unusable(path) or str(error)
        raise StoreError(f"{path}: cannot keep results there ({why}); {todo}") from None


def _unusable(path: Path) -> str:
    """Why nothing can be written there; SQLite does not tell. "" if it seems so that it can."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except OSError as error:
        return error.strerror or str(error)
    if stat.S_ISDIR(mode):
        return "it is a folder"
    if not stat.S_ISREG(mode):
        return "it is no ordinary file"
    shut = [p for p in (path, path.parent) if os.path.exists(p) and not os.access(p, os.W_OK)]
    return f"{shut[0]} is read-only for this user" if shut else ""


def packed(entry: Mapping[str, Any]) -> bytes:
    """An entry as it is kept."""
    return zlib.compress(json.dumps(entry, separators=(",", ":")).encode())


def _unpacked(data: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(zlib.decompress(data))
    return entry


def content_key(*parts: str) -> str:
    """SHA-256 of the parts, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "replace")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()
