"""Whatever happens to the files while they are watched is seen, and what was whole before is whole again after it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from kientruc.errors import UsageError
from kientruc.reading.limits import DEFAULT
from kientruc.serving.roots import other_roots
from kientruc.serving.watched import watched
from kientruc.serving.watching import rounds
from tests.properties.test_kept import FILES
from tests.serving.conftest import Watch, codes

A, B, ROOT = "phan/a.yaml", "phan/b.yaml", "architecture.yaml"


def written(folder: Path) -> None:
    (folder / A).write_text(FILES[A].replace("Một cửa", "Một cửa liên thông"), encoding="utf-8")


def saved_beside_and_renamed(folder: Path) -> None:
    (folder / "phan" / ".a.yaml.tmp").write_text(FILES[A].replace("Một cửa", "Một cửa liên thông"), encoding="utf-8")
    (folder / "phan" / ".a.yaml.tmp").replace(folder / A)


def removed(folder: Path) -> None:
    (folder / A).unlink()


def renamed(folder: Path) -> None:
    (folder / A).rename(folder / "phan" / "a.yaml.old")


def folder_renamed(folder: Path) -> None:
    (folder / "phan").rename(folder / "phần cũ")


def root_removed(folder: Path) -> None:
    (folder / ROOT).unlink()


def whole_folder_renamed(folder: Path) -> None:
    folder.rename(folder.parent / "đi vắng")


def half_typed(folder: Path) -> None:
    (folder / A).write_text(FILES[A][:150] + '\n    name: "Một c', encoding="utf-8")


def not_utf_8(folder: Path) -> None:
    (folder / A).write_bytes(FILES[A].encode("utf-16"))


def emptied(folder: Path) -> None:
    (folder / A).write_bytes(b"")


def a_link(folder: Path) -> None:
    (folder / A).rename(folder / "that.yaml")
    (folder / A).symlink_to(folder / "that.yaml")


def a_folder(folder: Path) -> None:
    (folder / A).unlink()
    (folder / A).mkdir()


DEEDS: dict[Callable[[Path], None], str] = {
    written: "",
    saved_beside_and_renamed: "",
    removed: "M-REF",
    renamed: "M-REF",
    folder_renamed: "I-NONE",
    root_removed: "I-MISSING",
    whole_folder_renamed: "I-MISSING",
    half_typed: "Y-UNCLOSED",
    not_utf_8: "Y-ENC",
    emptied: "Y-EMPTY",
    a_link: "I-LINK",
    a_folder: "I-TYPE",
}


def put_back(folder: Path) -> None:
    """Put everything as it was, whatever was done."""
    for old, new in ((folder.parent / "đi vắng", folder), (folder / "phần cũ", folder / "phan")):
        if old.exists():
            old.rename(new)
    if (folder / A).is_dir():
        (folder / A).rmdir()
    for path, text in FILES.items():
        (folder / path).unlink(missing_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("poll", [False, True], ids=["told", "looked"])
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: str(deed.__name__))
def test_every_change_is_seen_and_mended_again(
    folder: Path, watch: Watch, deed: Callable[[Path], None], poll: bool
) -> None:
    one = watch(poll=poll)
    deed(folder)
    found = one.until(lambda load: DEEDS[deed] in codes(load) if DEEDS[deed] else not codes(load))
    assert (found.loaded.architecture is None) == bool(DEEDS[deed])
    put_back(folder)
    again = one.until(lambda load: not codes(load) and len(load.loaded.files) == len(FILES))
    assert again.loaded.architecture is not None


def test_a_new_file_under_a_pattern_is_included(folder: Path, watch: Watch) -> None:
    one = watch()
    (folder / "phan" / "c.yaml").write_text("elements: {moi: {kind: application, name: Mới}}\n", encoding="utf-8")
    found = one.until(lambda load: load.changed == ("phan/c.yaml",))
    assert found.loaded.architecture and "moi" in found.loaded.architecture.elements


def test_a_folder_that_is_not_there_yet_is_waited_for(folder: Path, watch: Watch) -> None:
    (folder / "phan").rename(folder / "sau")
    one = watch()
    (folder / "sau").rename(folder / "phan")  # all at once: no load sees half of it
    assert one.until(lambda load: not codes(load)).changed == (A, B)


def test_bom_and_windows_line_ends_change_nothing_of_the_model(folder: Path, watch: Watch) -> None:
    one = watch()
    before = one.session.good
    (folder / A).write_bytes(b"\xef\xbb\xbf" + FILES[A].replace("\n", "\r\n").encode())
    found = one.until(lambda load: load.changed == (A,))
    assert before and before.architecture and found.loaded.architecture and codes(found) == []
    assert found.loaded.architecture.records == before.architecture.records


def test_a_file_that_another_program_holds_is_read_as_soon_as_it_lets_go(
    folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = watch()
    real = os.open

    def held(path: str, *args: object, **named: object) -> int:
        if path == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", held)
    os.utime(folder / A)
    found = one.until(lambda load: "I-READ" in codes(load))
    assert found.loaded.findings[0].values == {"path": A, "why": "EACCES"}
    monkeypatch.undo()  # nothing on the disk changes now
    assert codes(one.until(lambda load: "I-READ" not in codes(load))) == []


def test_a_folder_reached_by_a_link_is_watched_and_a_link_within_is_told(folder: Path, watch: Watch) -> None:
    link = folder.parent / "liên kết"
    link.symlink_to(folder, target_is_directory=True)
    one = watch(link / ROOT)
    written(folder)
    assert one.until(lambda load: load.changed == (A,)).loaded.architecture
    (folder / "phan").rename(folder.parent / "ngoài")
    (folder / "phan").symlink_to(folder.parent / "ngoài", target_is_directory=True)
    assert one.until(lambda load: "I-LINK" in codes(load)).loaded.refused
    (folder / "phan").unlink()
    (folder.parent / "ngoài").rename(folder / "phan")
    assert one.until(lambda load: not codes(load)).loaded.architecture


def test_a_link_that_leads_elsewhere_is_followed_there(folder: Path, watch: Watch) -> None:
    other = folder.parent / "bản khác"
    (other / "phan").mkdir(parents=True)
    for path, text in FILES.items():
        (other / path).write_text(text.replace("Một cửa", "Cửa khác"), encoding="utf-8")
    link = folder.parent / "hiện hành"
    link.symlink_to(folder, target_is_directory=True)
    one = watch(link / ROOT)
    (folder.parent / "mới").symlink_to(other, target_is_directory=True)
    (folder.parent / "mới").replace(link)
    found = one.until(lambda load: A in load.changed)
    assert found.loaded.architecture and found.loaded.architecture.elements["mot-cua"].name == "Cửa khác điện tử"


def test_a_folder_with_five_thousand_files_that_are_none_of_ours(folder: Path, watch: Watch) -> None:
    for number in range(5_000):
        os.link(folder / ROOT, folder / "phan" / f"anh-{number}.txt")
    one = watch()
    written(folder)
    assert one.until(lambda load: load.changed == (A,)).loaded.architecture


def test_more_files_than_may_be_are_told_until_they_are_gone(folder: Path, watch: Watch) -> None:
    one = watch(limits=replace(DEFAULT, files=20))
    for number in range(30):
        (folder / "phan" / f"thêm-{number}.yaml").write_text("elements:\n", encoding="utf-8")
    assert one.until(lambda load: "I-MANY" in codes(load)).loaded.refused
    for path in (folder / "phan").glob("thêm-*"):
        path.unlink()
    assert one.until(lambda load: not codes(load)).loaded.architecture


def test_what_an_editor_leaves_beside_a_file_is_no_change(folder: Path, watch: Watch) -> None:
    one = watch()
    (folder / "phan" / ".a.yaml.swp").write_bytes(b"b0VIM")
    os.utime(folder / A)
    assert one.loads.get(timeout=15) is None  # loaded, and nothing was otherwise


def test_two_roots_in_one_folder_are_told(folder: Path, watch: Watch) -> None:
    second = FILES[ROOT].replace("id: kt", "id: kt-2").replace("[khung.yaml, phan/*.yaml]", "[]")
    (folder / "thu-hai.yaml").write_text(second, encoding="utf-8")
    assert other_roots(folder / ROOT) == ("thu-hai.yaml",)
    one = watch()
    (folder / ROOT).write_text(FILES[ROOT].replace("[khung.yaml, phan/*.yaml]", '["*.yaml", phan/*.yaml]'))
    found = one.until(lambda load: "M-HEAD" in codes(load))
    head = next(finding for finding in found.loaded.findings if finding.code == "M-HEAD")
    assert head.span and (head.span.path, head.also[0].path) == ("thu-hai.yaml", ROOT)


def test_a_system_that_cannot_tell_is_not_needed(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OSError(28, "OS file watch limit reached")

    monkeypatch.setattr("watchfiles._rust_notify.RustNotify", refuse)
    one = watch()
    written(folder)
    assert one.until(lambda load: load.changed == (A,)).loaded.architecture
    assert one.deaf == 1


def test_without_watchfiles_one_is_told_what_to_install_and_may_look(
    folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles._rust_notify", None)
    with pytest.raises(UsageError) as refused:
        next(rounds(lambda: watched(folder / ROOT, ()), Event(), False, lambda: None))
    assert refused.value.key == "cli.no-watch"
    one = watch(poll=True)
    written(folder)
    assert one.until(lambda load: load.changed == (A,)).loaded.architecture
