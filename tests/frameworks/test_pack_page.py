"""The page that tells how to write a pack: its pack is fine, and the commands do what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kientruc.cli import run
from kientruc.frameworks.shelf import EDITIONS

PAGE = Path(__file__).parents[2] / "docs" / "editions.md"
ROOT = PAGE.parents[1]
FILE = re.compile(r"<!-- file (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
RULE = "requirements/VD-CQ-01.yaml"

Output = pytest.CaptureFixture[str]


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in FILE.findall(PAGE.read_text(encoding="utf-8")):
        file = tmp_path / "goi" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)
    return tmp_path / "goi"


def change(pack: Path, path: str, old: str, new: str) -> None:
    text = (pack / path).read_text(encoding="utf-8")
    assert old in text
    (pack / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_pack_of_the_page_is_fine(pack: Path, capsys: Output) -> None:
    assert run(["editions", "lint", "goi"]) == 0
    assert capsys.readouterr().out == "1 gói, 0 lỗi.\n"
    assert run(["editions", "test", "goi", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Examples of 1 packs were run; 0 are not what they say.\n"


def test_what_ships_is_fine(capsys: Output) -> None:
    assert run(["editions", "lint"]) == 0, capsys.readouterr().out


def test_a_fault_is_printed_with_its_place_and_the_pack_is_refused(pack: Path, capsys: Output) -> None:
    change(pack, RULE, "kind: application, own", "kind: aplication, own")
    change(pack, RULE, "modality: must ", "modality: mus ")
    for command in ("lint", "test"):
        assert run(["editions", command, "goi"]) == 2
        printed = capsys.readouterr().out
        assert "goi/requirements/VD-CQ-01.yaml:3:11: lỗi E-WORD:" in printed
        assert "goi/requirements/VD-CQ-01.yaml:12:49: lỗi E-WORD:" in printed
        assert "Có phải “application”?" in printed


def test_a_pack_for_another_vocabulary_is_refused(pack: Path, capsys: Output) -> None:
    change(pack, "edition.yaml", "vocabulary: 1", "vocabulary: 2")
    assert run(["editions", "lint", "goi", "--lang", "en"]) == 2
    assert "edition.yaml:2:13: blocker E-VOCABULARY:" in capsys.readouterr().out.replace("error", "blocker")


def test_a_hostile_pack_is_told_apart_from_a_wrong_one(pack: Path, capsys: Output) -> None:
    (pack / "law.yaml").unlink()
    (pack / "law.yaml").symlink_to("/etc/hostname")
    assert run(["editions", "lint", "goi"]) == 3
    assert "I-LINK" in capsys.readouterr().out


def test_an_example_that_lies_and_a_rule_that_asks_nothing_are_told(pack: Path, capsys: Output) -> None:
    change(pack, RULE, "props: [owner]", "props: [owner], from_whole: true")
    change(pack, RULE, "name: Một cửa điện tử}\nnot", "name: Một cửa điện tử, owner: ubnd-tinh}\nnot")
    assert run(["editions", "test", "goi", "--lang", "en"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "goi/requirements/VD-CQ-01.yaml: VD-CQ-01: example `fails` comes out otherwise – pass",
        "Examples of 1 packs were run; 1 are not what they say.",
    ]


def test_a_name_nobody_knows_is_wrong_usage(pack: Path, capsys: Output) -> None:
    assert run(["editions", "lint", "cpdt-1.1"]) == 2
    assert "cpdt-1.0" in capsys.readouterr().err


def test_the_list_tells_days_and_on_a_day_the_standing(capsys: Output) -> None:
    assert run(["editions", "list", "--lang", "en"]) == 0
    plain = capsys.readouterr().out
    assert "2323/QĐ-BTTTT; 31 December 2019 – 28 December 2023 (derived)\n" in plain
    assert run(["editions", "list", "--on", "2026-07-29", "--lang", "en"]) == 0
    on = capsys.readouterr().out
    assert "3090/QĐ-BKHCN; 8 October 2025 – 28 July 2026; no longer in force\n" in on
    assert "292/QĐ-BKHCN; 25 March 2025 – …; a later one is applied in its place (qgs-3090; doubtful)\n" in on
    assert "14 stable requirements, 3 on trial, 12 matters not read" in on


def test_the_difference_of_two_editions_and_what_it_does_to_an_architecture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    shutil.copy(ROOT / "architecture.yaml", tmp_path)
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    monkeypatch.chdir(tmp_path)
    assert run(["editions", "diff", "cpdt-1.0", "cpdt-2.0", "--model", "architecture.yaml", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    kept = lines[1 : lines.index("New requirements (1):")]
    assert "    C10-AT-01  Every system has one owner and one security level" in kept
    routed = "Connections to national databases go through LGSP and NDXP, or say why not"
    assert f"    C10-KN-01 → C20-KN-01  {routed}" in kept
    assert "    C20-KN-02  The province's LGSP connects to NDXP" in lines
    dropped = lines[lines.index("Requirements that are gone (4):") + 1 :][:4]
    assert [line.split()[0] for line in dropped] == ["C10-DL-01", "C10-KN-02", "C10-KN-03", "C10-PL-02"]
    assert (
        "    Applications and databases (data store, information object) → Data architecture  [specified; doubtful]"
        in lines
    )
    verdict = next(line for line in lines if line.startswith("Verdict: "))
    assert "(as of 13 September 2017) → " in verdict and verdict.endswith("(as of 31 December 2019)")
    assert lines[-1].startswith("Unchanged: ")


def test_an_edition_is_compared_with_a_pack(pack: Path, capsys: Output) -> None:
    assert run(["editions", "diff", "cpdt-2.0", "goi", "--lang", "en"]) == 0
    assert "    VD-CQ-01  Every application has an owner\n" in capsys.readouterr().out
    assert run(["editions", "diff", "goi", "cpdt-2.0", "--lang", "en"]) == 0
    assert "Requirements that are gone (1):\n    VD-CQ-01  " in capsys.readouterr().out


def test_two_editions_without_a_crosswalk_are_compared_all_the_same(capsys: Output) -> None:
    assert run(["editions", "diff", "qgs-3090", "cpdt-1.0", "--lang", "en"]) == 0
    assert "Nobody has written a crosswalk between the places of these two editions." in capsys.readouterr().out


def test_an_edition_and_itself_do_not_differ(capsys: Output) -> None:
    assert run(["editions", "diff", "cpdt-1.0", "cpdt-1.0", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Requirements that go on ({len(list((EDITIONS / 'cpdt-1.0' / 'requirements').iterdir()))}):"
    assert lines[-3:-1] == ["New requirements (0):", "Requirements that are gone (0):"]
