"""Outputs on disk: nothing half-written, nothing edited lost, nothing written through a link."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kientruc import atomic
from kientruc.errors import OutputError
from kientruc.renderers.folder import MANIFEST, PENDING, write, write_one

FIRST = {"a.txt": b"one", "deep/b.txt": b"two"}


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_files_and_their_hashes_are_written(tmp_path: Path) -> None:
    assert write(tmp_path, FIRST, {"tool": "t"}).changed == 2
    found = _tree(tmp_path)
    manifest = json.loads(found.pop(MANIFEST))
    assert found == FIRST
    assert manifest["tool"] == "t"
    assert sorted(manifest["files"]) == sorted(FIRST)


def test_writing_the_same_again_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, FIRST, {})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write(tmp_path, FIRST, {}).changed == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_an_edited_output_stops_the_write_and_everything_stays(tmp_path: Path) -> None:
    write(tmp_path, FIRST, {})
    (tmp_path / "a.txt").write_bytes(b"my own words")
    before = _tree(tmp_path)
    with pytest.raises(OutputError) as error:
        write(tmp_path, {"a.txt": b"new", "deep/b.txt": b"new"}, {})
    assert error.value.key == "cli.edited"
    assert _tree(tmp_path) == before


def test_an_edited_output_is_kept_and_the_new_one_goes_beside(tmp_path: Path) -> None:
    write(tmp_path, FIRST, {})
    (tmp_path / "a.txt").write_bytes(b"my own words")
    written = write(tmp_path, {"a.txt": b"new", "deep/b.txt": b"two"}, {}, keep="beside")
    assert written.beside == (("a.txt", "a.new1.txt"),)
    assert (tmp_path / "a.txt").read_bytes() == b"my own words"
    assert (tmp_path / "a.new1.txt").read_bytes() == b"new"


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"thesis")
    with pytest.raises(OutputError) as error:
        write(tmp_path, FIRST, {})
    assert error.value.key == "cli.foreign-folder"
    assert _tree(tmp_path) == {"thesis.txt": b"thesis"}


def test_a_file_put_into_our_folder_by_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    write(tmp_path, FIRST, {})
    (tmp_path / "new.txt").write_bytes(b"thesis")
    with pytest.raises(OutputError) as error:
        write(tmp_path, FIRST | {"new.txt": b"ours"}, {})
    assert error.value.key == "cli.foreign"
    assert (tmp_path / "new.txt").read_bytes() == b"thesis"


def test_an_output_no_longer_made_goes_unless_it_was_edited(tmp_path: Path) -> None:
    write(tmp_path, FIRST | {"c.txt": b"three"}, {})
    (tmp_path / "c.txt").write_bytes(b"mine")
    write(tmp_path, {"a.txt": b"one"}, {})
    assert sorted(_tree(tmp_path)) == ["a.txt", "c.txt", MANIFEST]


@pytest.mark.parametrize("name", ["a.txt", "deep"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.txt").write_bytes(b"precious")
    out = tmp_path / "out"
    write(out, {"z.txt": b""}, {})
    (out / name).symlink_to(outside if name == "deep" else outside / "b.txt")
    with pytest.raises(OutputError) as error:
        write(out, FIRST, {})
    assert error.value.key == "cli.link"
    assert (outside / "b.txt").read_bytes() == b"precious"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_refuses_leaves_the_previous_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write(tmp_path, FIRST, {})
    before = _tree(tmp_path)

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[:1])
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(atomic, "flush", full)
    with pytest.raises(OutputError) as error:
        write(tmp_path, {"a.txt": b"new", "deep/b.txt": b"new"}, {})
    assert error.value.key == "cli.write-failed"
    assert _tree(tmp_path) == before


def test_ctrl_c_while_writing_leaves_the_previous_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FIRST, {})
    before = _tree(tmp_path)
    real = atomic.flush

    def interrupted(path: Path, data: bytes) -> None:
        if "b.txt" in path.name:
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(atomic, "flush", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, {"a.txt": b"new", "deep/b.txt": b"new"}, {})
    assert _tree(tmp_path) == before


def test_a_build_killed_between_two_renames_is_finished_by_the_next(tmp_path: Path) -> None:
    write(tmp_path, FIRST, {})
    program = f"""
import os, pathlib
from kientruc.renderers import folder
real = pathlib.Path.replace
done = []
def replace(self, target):
    if done: os._exit(9)
    done.append(target)
    return real(self, target)
pathlib.Path.replace = replace
folder.write(pathlib.Path({str(tmp_path)!r}), {{"a.txt": b"new", "deep/b.txt": b"new"}}, {{}})
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert (tmp_path / PENDING).exists()
    write(tmp_path, {"a.txt": b"newer", "deep/b.txt": b"newer"}, {})
    found = _tree(tmp_path)
    assert found["a.txt"] == found["deep/b.txt"] == b"newer"
    assert PENDING not in found


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError) as error:
        write(tmp_path / "out", FIRST, {})
    assert error.value.key == "cli.write-failed"


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "picture.svg"
    write_one(target, b"<svg first")
    write_one(target, b"<svg second")
    assert _tree(tmp_path) == {"picture.svg": b"<svg second"}


def test_a_file_of_another_sort_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "architecture.yaml"
    target.write_bytes(b"format: kientruc/1")
    with pytest.raises(OutputError) as error:
        write_one(target, b"<svg")
    assert error.value.key == "cli.foreign"
    assert target.read_bytes() == b"format: kientruc/1"


def test_a_hostile_manifest_cannot_name_a_file_outside_for_removal(tmp_path: Path) -> None:
    outside = tmp_path / "keep.txt"
    outside.write_bytes(b"x")
    out = tmp_path / "out"
    write(out, FIRST, {})
    manifest = json.loads((out / MANIFEST).read_bytes())
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest["files"]["../keep.txt"] = {"sha256": digest, "bytes": 1}
    (out / MANIFEST).write_text(json.dumps(manifest))
    write(out, {"a.txt": b"one"}, {})
    assert outside.exists()
