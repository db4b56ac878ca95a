"""A patch on disk: all files or none, never through a link, never over what changed in the meantime."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.refused import EditRefused
from kientruc.errors import OutputError
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT


def patch_of(folder: Path, **texts: str) -> Patch:
    """Write files, and make a patch that replaces the value of `a` in each."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_bytes(text.encode())
    workspace = Workspace(folder, DEFAULT)
    edits = Edits([workspace.read(f"{name}.yaml") for name in texts])
    for name in texts:
        edits.replace(f"{name}.yaml", ("a",), "mới")
    return edits.patch()


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_files_are_written_and_keep_their_mode(tmp_path: Path) -> None:
    patch = patch_of(tmp_path, x="a: 1\n", y="a: 2\n")
    (tmp_path / "x.yaml").chmod(0o600)
    mode = (tmp_path / "x.yaml").stat().st_mode
    patch.write(tmp_path)
    assert tree(tmp_path) == {"x.yaml": "a: mới\n".encode(), "y.yaml": "a: mới\n".encode()}
    assert (tmp_path / "x.yaml").stat().st_mode == mode


def test_a_file_that_changed_meanwhile_is_not_overwritten_nor_any_other(tmp_path: Path) -> None:
    patch = patch_of(tmp_path, x="a: 1\n", y="a: 2\n")
    (tmp_path / "y.yaml").write_text("a: 3\n")
    before = tree(tmp_path)
    with pytest.raises(EditRefused) as refused:
        patch.write(tmp_path)
    assert (refused.value.key, refused.value.values["path"]) == ("edit.stale", "y.yaml")
    assert tree(tmp_path) == before


def test_a_link_is_refused(tmp_path: Path) -> None:
    patch = patch_of(tmp_path, x="a: 1\n")
    shutil.move(tmp_path / "x.yaml", tmp_path / "real.yaml")
    (tmp_path / "x.yaml").symlink_to(tmp_path / "real.yaml")
    with pytest.raises(OutputError) as refused:
        patch.write(tmp_path)
    assert refused.value.key == "cli.link"
    assert (tmp_path / "real.yaml").read_text() == "a: 1\n"


def test_a_rename_that_fails_puts_back_what_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patch = patch_of(tmp_path, x="a: 1\n", y="a: 2\n")
    before = tree(tmp_path)
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "y.yaml":
            raise PermissionError(13, "held by another program", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(OutputError) as refused:
        patch.write(tmp_path)
    assert refused.value.key == "cli.write-failed"
    assert tree(tmp_path) == before


def test_old_line_breaks_that_would_not_come_back_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EditRefused) as refused:
        patch_of(tmp_path, x="a: 1\r# chú thích\rb: 2\n")
    assert refused.value.key == "edit.line-ends"


@pytest.mark.outside
@pytest.mark.parametrize("text", ["a: 1\nb: 2\n", "b: 2\na: 1", "# đầu\r\na: 1\r\n", "a: 1"])
def test_the_diff_is_one_that_git_applies(tmp_path: Path, text: str) -> None:
    patch = patch_of(tmp_path, x=text)
    (tmp_path / "x.diff").write_bytes(patch.diff().encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", "x.diff"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "x.yaml").read_bytes() == patch.files[0].data
