"""What lies where a file should, rows 20 to 23 and 55: nothing outside is read, no link is followed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kientruc.loading import Loaded, load
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from tests.conftest import HEAD

Send = Callable[..., Any]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def root(folder: Path, include: str) -> Path:
    """Write a root that includes one path, as YAML writes it."""
    (folder / "root.yaml").write_text(HEAD.replace("a.yaml", include), encoding="utf-8")
    return folder / "root.yaml"


def told(loaded: Loaded) -> list[str]:
    assert all(finding.span for finding in loaded.findings)
    return [f"{finding.code} {finding.span}" for finding in loaded.findings]


TRAVERSALS = (
    "../secret.yaml",
    "a/../../secret.yaml",
    "./a.yaml",
    "/etc/passwd",
    "//server/share",
    "C:/a.yaml",
    "C:a.yaml",
    "..\\\\secret.yaml",
    "a\\\\b.yaml",
    "%2e%2e/secret.yaml",
    "file:///etc/passwd",
    "http://localhost/a.yaml",
    "a.yaml:stream",
    "a//b.yaml",
    "a/",
    "",
    ".",
    "..",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_row_21_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.yaml").write_text("goals: {g: {name: Secret}}")
    (tmp_path / "inside").mkdir()
    loaded = load(root(tmp_path / "inside", f'"{path}"'))
    assert told(loaded) == ["I-PATH root.yaml:4:11"]
    assert loaded.refused
    assert [file.path for file in loaded.files] == ["root.yaml"]


@pytest.mark.parametrize("escape", ["a\\0.yaml", "a\\u202e.yaml", "a\\n.yaml"])
def test_row_21_control_characters_in_a_path_are_told(tmp_path: Path, escape: str) -> None:
    loaded = load(root(tmp_path, f'"{escape}"'))
    assert told(loaded)[0].split()[0] in ("Y-CHAR", "I-NAME")
    assert loaded.architecture is None


@posix
@pytest.mark.parametrize("include", ["a.yaml", "*.yaml", "x/b.yaml", "x/*.yaml", "loop.yaml", "y/b.yaml"])
def test_row_22_no_link_is_followed(tmp_path: Path, include: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.yaml").write_text("goals: {g: {name: Secret}}")
    inside = tmp_path / "inside"
    (inside / "z").mkdir(parents=True)
    (inside / "a.yaml").symlink_to(tmp_path / "outside" / "b.yaml")
    (inside / "x").symlink_to(tmp_path / "outside")
    (inside / "y").symlink_to("z")  # a link inside the folder is a link all the same
    (inside / "loop.yaml").symlink_to("loop.yaml")
    loaded = load(root(inside, f'"{include}"'))
    assert told(loaded) == ["I-LINK root.yaml:4:11"]
    assert loaded.refused


@posix
def test_row_22_the_root_itself_may_not_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "root.yaml").symlink_to("real.yaml")
    assert told(load(tmp_path / "root.yaml")) == ["I-LINK root.yaml:1:1"]


@posix
def test_row_22_a_pipe_is_not_waited_for(send: Send, tmp_path: Path) -> None:
    root(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "a.yaml")
    assert send().places == ["I-TYPE root.yaml:4:11"]


@posix
def test_row_22_a_folder_or_a_socket_is_no_file(tmp_path: Path) -> None:
    import socket

    (tmp_path / "a.yaml").mkdir()
    assert told(load(root(tmp_path, "a.yaml"))) == ["I-TYPE root.yaml:4:11"]
    os.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("b.yaml")
        assert told(load(root(tmp_path, "b.yaml"))) in (["I-TYPE root.yaml:4:11"], ["I-READ root.yaml:4:11"])


@posix
def test_row_22_a_device_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        Workspace(Path("/dev"), DEFAULT).read("zero")
    assert refused.value.finding.code == "I-TYPE"


@posix
def test_row_22_a_hard_link_is_read_like_its_file(tmp_path: Path) -> None:
    """It cannot be told from the file itself; what it may show its owner could have copied."""
    (tmp_path / "b.yaml").write_text("goals: {g: {name: G}}")
    (tmp_path / "a.yaml").hardlink_to(tmp_path / "b.yaml")
    assert load(root(tmp_path, "a.yaml")).architecture is not None


@posix
def test_row_22_a_file_swapped_after_the_check_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("goals: {g: {name: Secret}}")
    inside = tmp_path / "inside"
    (inside / "x").mkdir(parents=True)
    (inside / "x" / "a.yaml").write_text("goals: {}")
    real = Workspace.matching

    def swap(self: Workspace, *arguments: Any) -> list[str]:
        names = real(self, *arguments)
        (inside / "x" / "a.yaml").unlink()
        (inside / "x" / "a.yaml").symlink_to(secret)
        return names

    monkeypatch.setattr(Workspace, "matching", swap)
    assert told(load(root(inside, "x/*.yaml"))) == ["I-LINK root.yaml:4:11"]


@posix
def test_row_22_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("goals: {}")
    real = os.open

    def refuse(path: Any, *arguments: Any, **more: Any) -> int:
        if path == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert told(load(root(tmp_path, "a.yaml"))) == ["I-READ root.yaml:4:11"]


NAMES = ("CON.yaml", "con", "aux.yaml", "Lpt1.yaml", "a.yaml.", "a.yaml ", "x./a.yaml", "a" * 300, "a?.yaml", "a|b")


@pytest.mark.parametrize("name", NAMES)
def test_row_23_names_that_not_every_system_takes(tmp_path: Path, name: str) -> None:
    loaded = load(root(tmp_path, f'"{name}"'))
    assert told(loaded) == ["I-NAME root.yaml:4:11"]


@posix
@pytest.mark.parametrize(("one", "other"), [("a.yaml", "A.yaml"), ("s\u1edf.yaml", "so\u031b\u0309.yaml")])
def test_row_23_files_that_other_disks_hold_for_one(tmp_path: Path, one: str, other: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / one).write_text("goals: {}")
    (tmp_path / "x" / other).write_text("goals: {}")
    if len(list((tmp_path / "x").iterdir())) == 1:
        pytest.skip("this disk holds them for one")
    assert told(load(root(tmp_path, "x/*.yaml"))) == ["I-NAME root.yaml:4:11"]


@posix
def test_row_23_two_includes_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("goals: {}")
    (tmp_path / "A.yaml").write_text("goals: {}")
    assert told(load(root(tmp_path, "a.yaml, A.yaml"))) == ["I-NAME root.yaml:4:19"]


@posix
def test_row_55_reading_leaves_no_handle_open(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("this system does not tell")
    before = len(list(handles.iterdir()))
    for include in ("b", "b/c.yaml", "../x", "x/*.yaml", "b/*.yaml"):
        load(root(tmp_path, f'"{include}"'))
    assert len(list(handles.iterdir())) == before


def test_row_55_a_file_that_shrinks_or_grows_while_it_is_read_is_read_once(tmp_path: Path) -> None:
    """What was read is hashed and parsed from the same bytes: a later change cannot slip between the two."""
    import hashlib

    (tmp_path / "a.yaml").write_bytes(b"goals: {}\n")
    file = Workspace(tmp_path, DEFAULT).read("a.yaml")
    (tmp_path / "a.yaml").write_bytes(b"goals: {g: {name: G}}\n")
    assert file.sha256 == hashlib.sha256(file.text.encode()).hexdigest()
