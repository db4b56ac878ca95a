"""The file that keeps the results: what is not exactly ours is refused, and what is read changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kientruc.errors import OutputError
from kientruc.portfolio import store
from kientruc.portfolio.store import Row, opened
from kientruc.portfolio.told import sha256

DATA = b"mot ket qua"
ROW = Row("a.yaml", "file", "k" * 64, sha256(DATA))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "portfolio.sqlite"
    with opened(path) as kept:
        run = kept.begin("s")
        kept.keep(run, ROW, DATA)
        kept.finish(run, ["a.yaml"])
    return path


def changed(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


def test_what_was_kept_is_found_by_its_key_and_read_by_its_hash(path: Path) -> None:
    with opened(path) as kept:
        assert kept.known([ROW.key, "other"]) == {ROW.key: ROW.result}
        assert (kept.last(), kept.data(ROW.result)) == ((ROW,), DATA)


def test_a_run_that_says_the_same_leaves_one_row_and_an_unfinished_one_goes_on(path: Path) -> None:
    with opened(path) as kept:
        kept.keep(kept.begin("s"), ROW)
    with opened(path) as kept:
        assert kept.begin("s") == 2
        kept.finish(2, ["a.yaml"])
        assert (kept.last(), kept.begin("t")) == ((ROW,), 2)
        kept.keep(2, ROW._replace(name="b.yaml"))
        kept.keep(2, ROW._replace(name="gone.yaml"))
        kept.finish(2, ["b.yaml"])
        assert [row.name for row in kept.last()] == ["b.yaml"]


def test_reading_changes_no_byte_and_leaves_nothing_beside(path: Path) -> None:
    before = path.read_bytes()
    with opened(path, create=False) as kept:
        assert kept.last() == (ROW,)
        with pytest.raises(OutputError, match="readonly"):
            kept.begin("s")
    assert (path.read_bytes(), list(path.parent.iterdir())) == (before, [path])


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ("CREATE VIEW v AS SELECT 1", "foreign"),
        ("CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM blobs; END", "foreign"),
        ("DROP INDEX results_by_key", "foreign"),
        ("PRAGMA application_id = 7", "foreign"),
        ("PRAGMA user_version = 2", "version"),
    ],
)
def test_a_file_that_is_not_exactly_ours_is_refused(path: Path, change: str, key: str) -> None:
    changed(path, change)
    with pytest.raises(OutputError, match=f"portfolio.store-{key}"), opened(path):
        pass


def test_a_result_that_was_changed_is_told_by_its_hash(path: Path) -> None:
    changed(path, "UPDATE blobs SET data = x'00'")
    with opened(path, create=False) as kept, pytest.raises(OutputError, match=ROW.result):
        kept.data(ROW.result)


def test_bytes_that_are_no_database_links_and_damaged_pages_are_refused(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"SQLite format 3\0" + b"x" * 4096)
    link = tmp_path / "link.sqlite"
    link.symlink_to(path)
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    for bad in (other, link, path, tmp_path / "none.sqlite"):
        with pytest.raises(OutputError), opened(bad, create=False):
            pass


def test_a_file_made_to_keep_us_busy_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "STEPS", 10_000)
    with opened(path) as kept:
        run = kept.begin("many")
        with pytest.raises(OutputError, match="interrupted"):
            for at in range(5_000):
                kept.keep(run, ROW._replace(name=str(at)))
