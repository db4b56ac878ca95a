"""What a cut takes away, what it leaves, what it says of itself, and what it tells the author apart."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kientruc import api
from kientruc.cli import run
from kientruc.cutting import NotTold, cut
from kientruc.cutting.mentions import Mentions
from kientruc.loading import Loaded, load_text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Access

HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, version: "1", cut_off: 2017-09-13}
"""
TEXT = f"""{HEAD}
organisations:
  tinh: {{name: Tỉnh, access: public}}
elements:
  cong: {{kind: portal_service, name: Cổng, access: public, security_level: 3, owner: tinh, note: "Gọi kho  MẬT-MÃ.",
         uses: [kho-mm, mo]}}
  mo: {{kind: application, name: Mở, access: public, note: "Gọi kho mật mãi"}}
  trong: {{kind: application, name: Trong, uses: kho-mm}}
  kho-mm: {{kind: platform, name: Kho mật mã, access: restricted, owner: tinh}}
"""


def made(text: str) -> Loaded:
    loaded = load_text(text)
    assert loaded.architecture, loaded.findings
    return loaded


def shown(text: str, access: str) -> Architecture:
    return api.cut(made(text), access).architecture


@pytest.mark.parametrize(
    ("access", "elements", "relations", "level"),
    [
        ("public", ["cong", "mo"], [("cong", "mo")], None),
        ("internal", ["cong", "mo", "trong"], [("cong", "mo")], 3),
        ("restricted", ["cong", "kho-mm", "mo", "trong"], [("cong", "kho-mm"), ("cong", "mo"), ("trong", "kho-mm")], 3),
    ],
)
def test_readers_get_what_bears_their_word_or_a_lower_one(
    access: str, elements: list[str], relations: list[tuple[str, str]], level: int | None
) -> None:
    found = shown(TEXT, access)
    assert list(found.elements) == elements
    assert [(one.source_id, one.target) for one in found.relations] == relations
    assert found.elements["cong"].security_level == level


def test_a_text_that_names_what_is_left_out_is_replaced_and_the_author_told_where() -> None:
    found = api.cut(made(TEXT), "internal")
    assert found.architecture.elements["cong"].note == "(không nêu trong bản này)"
    assert found.architecture.elements["mo"].note == "Gọi kho mật mãi"
    (line,) = found.author_lines("vi")
    assert line.startswith("architecture.yaml:7:98: trường note của “cong”")


@pytest.mark.parametrize("text", ["Kho mật mã", "KHO MẬT MÃ", "kho\n  mật-mã!", "(Kho mật mã)", "Kho mật mã"])
def test_whole_words_are_found_however_they_are_spelt(text: str) -> None:
    assert Mentions(["Kho mật mã"])(f"Nối {text} rồi")


@pytest.mark.parametrize("text", ["Kho mật mãi", "mật mã", "Khoa mật mã", "Kho mật ma"])
def test_parts_of_words_and_of_names_are_not(text: str) -> None:
    assert not Mentions(["Kho mật mã"])(text)


def test_a_letter_or_a_short_number_names_nothing() -> None:
    named = Mentions(["a", "12", "1.004194", "KT-06"])
    assert [named(text) for text in ("a 12", "mã 1.004194", "xem KT-06")] == [False, True, True]


def test_nothing_is_made_anew_where_nothing_is_restricted() -> None:
    loaded = made(TEXT.replace(", access: restricted", ""))
    assert api.cut(loaded, "internal").loaded is loaded
    assert api.cut(loaded, "restricted").loaded is loaded


def test_a_file_says_once_who_may_read_its_records_and_a_relation_follows_its_record() -> None:
    text = TEXT.replace("organisations:", "defaults: {access: public}\norganisations:")
    text = text.replace("uses: kho-mm}", "uses: [kho-mm, {to: mo, access: internal}]}")
    found = shown(text, "public")
    assert list(found.elements) == ["cong", "mo", "trong"]
    assert [(one.source_id, one.target) for one in found.relations] == [("cong", "mo")]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("Tỉnh, access: public", "Tỉnh", "cut.agency"), ("id: kt,", "id: kt, access: restricted,", "cut.head")],
)
def test_what_the_agency_may_not_tell_of_itself_is_refused(old: str, new: str, key: str) -> None:
    with pytest.raises(NotTold) as refused:
        api.cut(made(TEXT.replace(old, new)), "public")
    assert refused.value.key == key


def test_a_state_secret_is_refused_wherever_access_stands() -> None:
    text = TEXT.replace("organisations:", "defaults: {access: tối mật}\norganisations:")
    assert [one.code for one in load_text(text).findings if one.refused] == ["M-SECRET"]


def test_what_a_body_owns_stays_for_it() -> None:
    architecture = made(TEXT).architecture
    assert architecture
    found = cut(architecture, Access.INTERNAL, but=frozenset(("kho-mm",)))
    assert found.is_whole


def test_what_one_version_hides_no_version_tells() -> None:
    old = made(TEXT.replace("access: restricted", "access: internal"))
    before, after = api.cut_versions((old, made(TEXT)), "internal")
    assert "kho-mm" not in before.architecture.elements
    assert "kho-mm" not in after.architecture.elements


def test_the_verdict_is_of_the_whole_and_what_is_left_out_is_counted() -> None:
    loaded = made(TEXT)
    whole = api.check(loaded)
    (told,) = api.cut(loaded, "public").reports((whole,))
    assert told.result.verdict is whole.result.verdict
    assert [one.counts for one in told.result.requirements] == [one.counts for one in whole.result.requirements]
    subjects = {id for one in told.result.requirements for outcome in one.outcomes for id in outcome.subjects}
    assert subjects.isdisjoint(("kho-mm", "trong"))
    assert all(outcome.span is None for one in told.result.requirements for outcome in one.outcomes)
    assert api.summary(told, "vi")[-1].startswith("Bản công khai: không nêu 2 phần tử, 2 quan hệ và 0 bản ghi khác")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "architecture.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


COMMANDS = (
    *("check", "check --format json", "check --format sarif", "status", "status --format json", "ask unknown"),
    *(
        "ask reach cong",
        "show cong",
        "view ownership",
        "views",
        "views -o so-do",
        "diff architecture.yaml architecture.yaml",
        "comments list",
    ),
    *("build -o out", "export mau03 -o x.xlsx", "export money -o bang", "export matrices -o bang", "dossier -o hs"),
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("access", ["public", "internal"])
def test_every_command_knows_its_readers(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, access: str
) -> None:
    assert run([*command.split(), "--access", access]) in (0, 1), capsys.readouterr().err
    out, err = capsys.readouterr()
    told = out + "".join(path.read_text("utf-8", "ignore") for path in folder.rglob("*.[hjms][tsdv]*"))
    assert not re.search(r"kho-mm|mật\Wmã\b", told, re.IGNORECASE)
    assert "architecture.yaml:7:98" in err


def test_each_copy_has_a_folder_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for access in ("public", "internal", "restricted"):
        assert run(["build", "--access", access]) == 0
    manifests = {path.parent.name: json.loads(path.read_text("utf-8")) for path in folder.rglob("manifest.json")}
    told = {name: one.get("access") for name, one in manifests.items()}
    assert told == {"out-cong-khai": "public", "out": "internal", "out-han-che": "restricted"}
    assert manifests["out-cong-khai"]["inputs"] == {}


def test_findings_of_loading_never_go_where_the_public_reads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "architecture.yaml").write_text(TEXT.replace("kind: platform", "kind: khoá"), encoding="utf-8")
    for command in ("check --format json", "ask unknown", "build"):
        assert run([*command.split(), "--access", "public"]) == 1
        out, err = capsys.readouterr()
        assert (out, "M-KIND" in err) == ("", True)
    assert not (folder / "out-cong-khai").exists()


def test_a_public_copy_holds_no_paper_between_bodies(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dossier", "--access", "public", "--only", "to-trinh"]) == 2
    assert "quyet-dinh, kien-truc" in capsys.readouterr().err


def test_a_record_that_stands_under_the_name_of_what_is_left_out_is_left_out_too() -> None:
    text = TEXT.replace("  mo: {", "  mo-kho-mm: {kind: application, name: Khác, access: public}\n  mo: {")
    found = api.cut(made(text), "public")
    assert "mo-kho-mm" not in found.architecture.elements
    assert "mã “mo-kho-mm”" in "".join(found.author_lines("vi"))


def test_an_id_that_stays_is_never_taken_for_a_text() -> None:
    text = TEXT.replace("name: Kho mật mã", "name: Mo").replace(
        "owner: tinh, note", "co_owners: [mo-tinh], owner: tinh, note"
    )
    text = text.replace("organisations:", "organisations:\n  mo-tinh: {name: Khác, access: public}")
    assert shown(text, "public").elements["cong"].co_owners == ("mo-tinh",)
