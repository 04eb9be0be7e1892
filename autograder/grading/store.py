"""Results on disk: appended one by one, found again by what they were made from."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = """
create table if not exists seeds (assignment text primary key, seed text not null);
create table if not exists verdicts (
    key text primary key, submission text not null, entry text not null, made_by text not null,
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
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
            self._db.execute("pragma journal_mode=wal")
            self._db.executescript(SCHEMA)
        except (sqlite3.Error, OSError) as error:
            text = f"{path}: cannot keep results there ({error}); choose another --store"
            raise StoreError(text) from None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def seed(self, assignment: str) -> str:
        """The secret seed of this assignment's runs: drawn once, then the same for ever."""
        statement = "insert or ignore into seeds values (?, ?)"
        self._db.execute(statement, (assignment, secrets.token_hex(16)))
        return str(self._one("select seed from seeds where assignment = ?", assignment))

    def result(self, key: str) -> Kept | None:
        """What is kept under `key`."""
        query = "select entry, made_by from verdicts where key = ?"
        row = self._db.execute(query, (key,)).fetchone()
        return Kept(json.loads(row[0]), json.loads(row[1])) if row else None

    def keep_result(self, key: str, entry: dict[str, Any], made_by: Mapping[str, str]) -> None:
        """Append an entry, or replace it by a newer one."""
        columns = "(key, submission, entry, made_by)"
        statement = f"insert or replace into verdicts {columns} values (?, ?, ?, ?)"
        self._db.execute(
            statement, (key, entry["id"], json.dumps(entry), json.dumps(dict(made_by)))
        )

    def experiment(self, key: str) -> dict[str, Any] | None:
        """The measures of a training run."""
        text = self._one("select measures from experiments where key = ?", key)
        measures: dict[str, Any] | None = json.loads(text) if text is not None else None
        return measures

    def keep_experiment(self, key: str, measures: dict[str, Any]) -> None:
        """Append the measures of a training run."""
        statement = "insert or replace into experiments values (?, ?)"
        self._db.execute(statement, (key, json.dumps(measures)))

    def _one(self, query: str, key: str) -> Any:
        row = self._db.execute(query, (key,)).fetchone()
        return row[0] if row else None


def content_key(*parts: str) -> str:
    """SHA-256 of the parts, each with its length."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "replace")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()
