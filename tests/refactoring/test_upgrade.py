"""The road to a newer format, tried with formats that never were: kientruc/0 said `units` and `owned_by`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kientruc import api
from kientruc.cli import run
from kientruc.editing.edits import Edits
from kientruc.editing.refused import EditRefused
from kientruc.errors import OutputError, UsageError
from kientruc.loading import load
from kientruc.loading.sections import FORMAT
from kientruc.messages import LANGUAGES, text
from kientruc.reading.tree import Mapping
from kientruc.refactoring import upgrade as module
from kientruc.refactoring.upgrade import Step, Upgraded, upgrade

ROOT = """\
# Kiến trúc cũ
format: kientruc/0   # định dạng đầu tiên
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
include: [phan/*.yaml]
units:  # các cơ quan
  tinh: {name: Tỉnh}
"""
PART = """\
elements:
  lgsp:
    kind: platform
    name: Nền tảng
    owned_by: tinh   # chủ quản
  mot-cua: {kind: application, name: Một cửa, owned_by: tinh}
"""
NEW_ROOT = ROOT.replace("kientruc/0", "kientruc/1").replace("units:", "organisations:")
NEW_PART = PART.replace("owned_by", "owner")


def sections(edits: Edits, paths: Sequence[str]) -> None:
    for path in paths:
        if "units" in edits.tree(path):
            edits.rename(path, ("units",), "organisations")


def owners(edits: Edits, paths: Sequence[str]) -> None:
    for path in paths:
        top = edits.tree(path)
        elements = top.get("elements") if isinstance(top, Mapping) else None
        for id, element in elements.items() if isinstance(elements, Mapping) else ():
            if isinstance(element, Mapping) and "owned_by" in element:
                edits.rename(path, ("elements", id, "owned_by"), "owner")


STEPS = (Step("kientruc/0", "kientruc/0b", sections), Step("kientruc/0b", "kientruc/1", owners))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "phan").mkdir()
    (tmp_path / "architecture.yaml").write_text(ROOT, encoding="utf-8")
    (tmp_path / "phan" / "a.yaml").write_bytes(b"\xef\xbb\xbf" + PART.replace("\n", "\r\n").encode())
    (tmp_path / "phan" / "b.yaml").write_text("notes: {}  # không đổi\n", encoding="utf-8")
    return tmp_path


def upgraded(folder: Path, steps: Sequence[Step] = STEPS) -> Upgraded:
    root = folder / "architecture.yaml"
    return upgrade(root, load(root), steps)


def test_all_files_go_by_every_step_and_keep_comments_line_ends_and_marks(folder: Path) -> None:
    found = upgraded(folder)
    assert (found.origin, found.target) == ("kientruc/0", "kientruc/1")
    assert [one.file.path for one in found.patch.files] == ["architecture.yaml", "phan/a.yaml"]
    assert "-units:  # các cơ quan\n+organisations:  # các cơ quan\n" in found.patch.diff()
    found.patch.write(folder)
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == NEW_ROOT
    assert (folder / "phan" / "a.yaml").read_bytes() == b"\xef\xbb\xbf" + NEW_PART.replace("\n", "\r\n").encode()
    loaded = load(folder / "architecture.yaml")
    assert loaded.architecture is not None
    assert {one.owner for one in loaded.architecture.elements.values()} == {"tinh"}
    assert upgraded(folder).patch.files == ()


def test_nothing_is_written_where_one_file_has_changed_meanwhile(folder: Path) -> None:
    found = upgraded(folder)
    (folder / "phan" / "a.yaml").write_text(PART, encoding="utf-8")
    with pytest.raises(EditRefused, match=r"edit\.stale"):
        found.patch.write(folder)
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == ROOT


def test_what_was_written_is_put_back_where_the_second_file_cannot_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, replaced = upgraded(folder), Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name == "a.yaml":
            raise PermissionError(13, "locked", str(target))
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError):
        found.patch.write(folder)
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == ROOT
    assert sorted(path.name for path in folder.rglob("*.*")) == ["a.yaml", "architecture.yaml", "b.yaml"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("kientruc/2", "upgrade.newer"),
        ("kientruc/10", "upgrade.newer"),
        ("kientruc/0x", "upgrade.unknown"),
        ("khac/1", "upgrade.unknown"),
        ("[]", "upgrade.unknown"),
        ("", "upgrade.unknown"),
    ],
)
def test_a_format_that_nobody_knows_or_that_is_newer_is_refused(folder: Path, written: str, key: str) -> None:
    root = folder / "architecture.yaml"
    root.write_text(ROOT.replace("kientruc/0 ", f"{written} "), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        upgraded(folder)
    assert caught.value.key == key
    for lang in LANGUAGES:
        assert FORMAT in text(key, lang, **caught.value.values)


def test_steps_that_lead_round_in_a_circle_end(folder: Path) -> None:
    circle = (Step("kientruc/0", "kientruc/0b", sections), Step("kientruc/0b", "kientruc/0", owners))
    with pytest.raises(UsageError, match=r"upgrade\.unknown"):
        upgraded(folder, circle)


def test_what_would_not_load_afterwards_is_not_written(folder: Path) -> None:
    (folder / "phan" / "b.yaml").write_text("notes: {n: {about: [lgps], text: Sai}}\n", encoding="utf-8")
    with pytest.raises(EditRefused) as caught:
        upgraded(folder)
    assert caught.value.key == "upgrade.breaks"
    assert caught.value.values["path"] == "phan/b.yaml"
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == ROOT


def test_a_step_may_not_leave_files_out(folder: Path) -> None:
    def forget(edits: Edits, paths: Sequence[str]) -> None:
        sections(edits, paths)
        edits.delete(paths[0], ("include",))

    with pytest.raises(EditRefused, match=r"upgrade\.files"):
        upgraded(folder, (Step("kientruc/0", FORMAT, forget),))


def test_the_command_says_that_nothing_is_to_be_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "architecture.yaml").write_text(NEW_ROOT, encoding="utf-8")
    assert run(["upgrade", str(folder)]) == 0
    assert capsys.readouterr().out == "Các tệp đã theo định dạng mới nhất (kientruc/1): không có gì phải nâng.\n"


def test_the_command_shows_then_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module.upgrade, "__defaults__", (STEPS, *(module.upgrade.__defaults__ or ())[1:]))
    assert run(["upgrade", str(folder), "--dry-run", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert "+organisations:  # các cơ quan" in printed.out
    assert printed.err == "Would upgrade from kientruc/0 to kientruc/1: write 2 files; nothing was written.\n"
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == ROOT
    assert run(["upgrade", str(folder), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Upgraded from kientruc/0 to kientruc/1: wrote 2 files.\n"
    assert (folder / "architecture.yaml").read_text(encoding="utf-8") == NEW_ROOT


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("include: [phan/*.yaml]", "include: [khong-co.yaml]", 1), ("include: [phan/*.yaml]", "include: [../a.yaml]", 3)],
)
def test_what_cannot_be_read_is_not_upgraded(
    folder: Path, old: str, new: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "architecture.yaml").write_text(NEW_ROOT.replace(old, new), encoding="utf-8")
    assert run(["upgrade", str(folder)]) == code
    assert text("upgrade.unread", "vi") in capsys.readouterr().err


def test_a_file_that_is_no_yaml_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "phan" / "a.yaml").write_text("elements: [", encoding="utf-8")
    assert run(["upgrade", str(folder / "architecture.yaml")]) == 2
    (folder / "architecture.yaml").write_text("format: [", encoding="utf-8")
    assert run(["upgrade", str(folder / "architecture.yaml")]) == 3
    assert "architecture.yaml:1" in capsys.readouterr().err


def test_the_door_brings_to_the_format_that_is_read() -> None:
    root = Path(__file__).parent.parent.parent / "architecture.yaml"
    found = api.upgrade(root, api.load(root))
    assert (found.origin, found.target, found.patch.files) == (FORMAT, FORMAT, ())
