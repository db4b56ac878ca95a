"""One SQLite file that keeps every result: a row for each submission and run, results named by their content."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from kientruc.errors import OutputError
from kientruc.portfolio.told import MOST_BYTES, sha256

APPLICATION = 0x6B746466  # "ktdf": which program's file it is
MAGIC = b"SQLite format 3\0"  # how every database begins
VERSION = 1  # of the tables; another one is refused, never guessed at
MOST_FILE = 8 << 30  # bytes
STEPS = 50_000_000  # of SQLite's machine while a file is open: one made to keep us busy is given up
TABLES = (
    "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    "CREATE TABLE runs (number INTEGER PRIMARY KEY, settings TEXT NOT NULL, finished INTEGER NOT NULL) STRICT",
    "CREATE TABLE results (run INTEGER NOT NULL REFERENCES runs, name TEXT NOT NULL, kind TEXT NOT NULL,"
    " key TEXT NOT NULL, result TEXT NOT NULL REFERENCES blobs, PRIMARY KEY (run, name)) STRICT",
    "CREATE INDEX results_by_key ON results (key)",
)


class Row(NamedTuple):
    """One submission in one run; `key` is a hash of all its result depends on, "" where the result is not lasting."""

    name: str
    kind: str
    key: str
    result: str


class Store:
    """The file, open. Every result is on the disk before `keep` returns: a kill loses what was under way, no more."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def known(self, keys: list[str]) -> Mapping[str, str]:
        """Give the hashes of the results that are known under these keys, whatever run they came from."""
        found: dict[str, str] = {}
        with self._told():
            for key in keys:
                row = self._connection.execute("SELECT result FROM results WHERE key = ? LIMIT 1", (key,)).fetchone()
                if row is not None:
                    found[key] = str(row[0])
        return found

    def data(self, name: str) -> bytes:
        """Give a result by its hash.

        Raises:
            OutputError: it is not there, or not what its name says: the file was damaged or tampered with.
        """
        with self._told():
            row = self._connection.execute("SELECT data FROM blobs WHERE sha256 = ?", (name,)).fetchone()
        if row is None or sha256(row[0]) != name:
            raise self.damaged(f"sha256 {name[:100]}")
        return bytes(row[0])

    def damaged(self, why: str) -> OutputError:
        """Make the error of a store that does not hold what it should."""
        return OutputError("portfolio.store-damaged", path=str(self._path), why=why[:200])

    def begin(self, settings: str) -> int:
        """Begin a run, or go on with the last one if it was asked for the same and never finished."""
        with self._told(), self._connection:
            row = self._connection.execute(
                "SELECT number, settings, finished FROM runs ORDER BY number DESC"
            ).fetchone()
            if row is not None and row[1:] == (settings, 0):
                return int(row[0])
            new = self._connection.execute("INSERT INTO runs (settings, finished) VALUES (?, 0)", (settings,))
            assert new.lastrowid is not None
            return new.lastrowid

    def keep(self, run: int, row: Row, data: bytes | None = None) -> None:
        """Write one row, with its result unless that is there."""
        with self._told(), self._connection:
            if data is not None:
                self._connection.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?)", (row.result, data))
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", (run, *row))

    def finish(self, run: int, names: list[str]) -> None:
        """End a run: what is no longer handed in is not in it; a run that says what the one before said is dropped."""
        with self._told(), self._connection:
            for (name,) in self._connection.execute("SELECT name FROM results WHERE run = ?", (run,)).fetchall():
                if name not in names:
                    self._connection.execute("DELETE FROM results WHERE run = ? AND name = ?", (run, name))
            self._connection.execute("UPDATE runs SET finished = 1 WHERE number = ?", (run,))
            before = self._connection.execute(
                "SELECT max(number) FROM runs WHERE finished = 1 AND number < ?", (run,)
            ).fetchone()[0]
            if before is not None and self._same(before, run):
                self._connection.execute("DELETE FROM results WHERE run = ?", (run,))
                self._connection.execute("DELETE FROM runs WHERE number = ?", (run,))

    def _same(self, one: int, other: int) -> bool:
        settings = [
            self._connection.execute("SELECT settings FROM runs WHERE number = ?", (run,)).fetchone()
            for run in (one, other)
        ]
        return settings[0] == settings[1] and self._rows(one) == self._rows(other)

    def last(self) -> tuple[Row, ...]:
        """Give the rows of the last finished run, in the order of their names."""
        with self._told():
            number = self._connection.execute("SELECT max(number) FROM runs WHERE finished = 1").fetchone()[0]
            return self._rows(number) if number is not None else ()

    def _rows(self, run: int) -> tuple[Row, ...]:
        found = self._connection.execute(
            "SELECT name, kind, key, result FROM results WHERE run = ? ORDER BY name", (run,)
        )
        return tuple(Row(*row) for row in found)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self.damaged(str(error)) from None


@contextmanager
def opened(path: Path, create: bool = True) -> Iterator[Store]:
    """Open a store, or make one; with `create` off, one is only read, and nothing on the disk changes.

    What is in the file is trusted for nothing but its words: no view, trigger or function of its own is ever run, its
    tables must be exactly ours, its pages are checked, and every result must hash to its name.

    Raises:
        OutputError: the file is a link, another program's, of another version, too large, damaged, or in use.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError("cli.link", path=str(path))
    try:
        with closing(_connect(path, create)) as connection:
            yield Store(connection, path)
    except sqlite3.Error as error:
        raise OutputError("portfolio.store-damaged", path=str(path), why=str(error)[:200]) from None


def _is_database(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def _connect(path: Path, create: bool) -> sqlite3.Connection:
    new = not path.exists() or path.stat().st_size == 0
    if (new and not create) or (not new and path.stat().st_size > MOST_FILE):
        raise OutputError("portfolio.store-foreign", path=str(path))
    if not create and (log := path.with_name(f"{path.name}-wal")).exists() and log.stat().st_size:
        raise OutputError("portfolio.store-damaged", path=str(path), why=log.name)  # a run ended midway: it must go on
    mode = "rwc" if create else "ro&immutable=1"
    if not new and not _is_database(path):
        raise OutputError("portfolio.store-foreign", path=str(path))
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)
    try:
        _guard(connection)
        if new:
            _make(connection)
        else:
            _check(connection, path)
        if create:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _guard(connection: sqlite3.Connection) -> None:
    """Hold whatever the file may contain within limits."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.execute("PRAGMA foreign_keys = ON")
    for limit, value in (
        (sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES + 1_000_000),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ):
        connection.setlimit(limit, value)
    left = [STEPS]

    def stop() -> int:
        left[0] -= 10_000
        return left[0] < 0

    connection.set_progress_handler(stop, 10_000)


def _make(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """See that the file is one of ours, whole, and holds nothing beside."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise OutputError("portfolio.store-foreign", path=str(path))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise OutputError("portfolio.store-version", path=str(path), found=str(version), known=str(VERSION))
    there = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")]
    if there != list(TABLES):
        raise OutputError("portfolio.store-foreign", path=str(path))
    for (word,) in connection.execute("PRAGMA integrity_check(1)"):
        if word != "ok":
            raise OutputError("portfolio.store-damaged", path=str(path), why=str(word)[:200])
