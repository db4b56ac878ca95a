"""A record added, moved, a field of one set: what was asked for, where it belongs, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientruc.cli import run
from kientruc.editing.refused import EditRefused
from kientruc.errors import UsageError
from kientruc.loading import load
from kientruc.model.record import Unknown
from kientruc.reading.characters import FORBIDDEN, nfc
from kientruc.refactoring.add import add
from kientruc.refactoring.changed import Changed, WouldBreak
from kientruc.refactoring.move import move
from kientruc.refactoring.set_field import set_field

ROOT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: so-a, edition: qgs-1425, cut_off: 2026-10-01}  # đầu
include: [phan/*.yaml]
organisations:
  so-a: {name: Sở A}
  so-b: {name: Sở B}
states: {nay: {name: Nay, role: baseline}, sau: {name: Sau, role: target}}
components: {mot: {name: Một, order: 1}, hai: {name: Hai, order: 2}}
"""
ONE = """\
defaults: {ask: so-a}
elements:
  # --- Nhóm một ---
  # Kho này là của cả tỉnh.
  kho:
    kind: data_store
    name: Kho
    component: mot
    owner: {value: so-a, certainty: derived}  # nghe nói

  # ứng dụng
  mot-cua:
    kind: application
    name: Một cửa
    name_en: One-stop
    component: mot
    security_level: {unknown: chưa có hồ sơ, by: 2026-12-31}
    states: [nay, sau]
    reads: [kho]
    sends:
      - to: [cong, kho]
        data: [kho]
        protocol: {unknown: chưa rõ}
    # owner: so-b
    source: bao

  # --- Nhóm hai ---
  van-ban:
    kind: application
    name: Văn bản
    component: mot

sources:
  bao: {kind: press, title: Báo}
"""
TWO = """\
defaults: {source: bao, certainty: assumed}
elements:
  cong: {kind: application, name: Cổng, component: hai, reads: kho}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "phan").mkdir()
    for name, text in (("kt.yaml", ROOT), ("phan/1.yaml", ONE), ("phan/2.yaml", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path / "kt.yaml"


def lines(changed: Changed) -> list[str]:
    """The lines that come and go, without the heads of the diff."""
    return [line for line in changed.patch.diff().split("\n") if re.match(r"[-+](?![-+])", line)]


SETS = {
    ("van-ban", "owner", "so-b"): ["+    owner: so-b"],
    ("van-ban", "name", "Văn bản: điều hành"): ["-    name: Văn bản", '+    name: "Văn bản: điều hành"'],
    ("van-ban", "security_level", "3"): ["+    security_level: 3"],
    ("van-ban", "personal_data", "true"): ["+    personal_data: true"],
    ("van-ban", "quantity", "{about: 40, unit: điểm}"): ["+    quantity: {about: 40, unit: điểm}"],
    ("van-ban", "states", "nay"): ["+    states: [nay]"],
    ("van-ban", "places.qgs-1425", "t-ntl-1"): ["+    places: {qgs-1425: t-ntl-1}"],
    ("van-ban", "in_state.sau.owner", "so-b"): ["+    in_state:", "+      sau: {owner: so-b}"],
    ("van-ban", "reads", "+kho"): ["+    reads: [kho]"],
    ("mot-cua", "states", "-sau"): ["-    states: [nay, sau]", "+    states: [nay]"],
    ("mot-cua", "sends", "-kho"): ["-      - to: [cong, kho]", "+      - to: [cong]"],
    ("mot-cua", "sends.cong.frequency", "hằng ngày"): ["+        frequency: hằng ngày"],
    ("mot-cua", "sends.cong.protocol", "HTTPS"): ["-        protocol: {unknown: chưa rõ}", "+        protocol: HTTPS"],
    ("mot-cua", "name_en", "One"): ["-    name_en: One-stop", "+    name_en: One"],
    ("kho", "owner", "so-b"): [
        "-    owner: {value: so-a, certainty: derived}  # nghe nói",
        "+    owner: {value: so-b, certainty: derived}  # nghe nói",
    ],
    ("kho", "owner.certainty", "stated"): [
        "-    owner: {value: so-a, certainty: derived}  # nghe nói",
        "+    owner: {value: so-a, certainty: stated}  # nghe nói",
    ],
    ("cong", "reads.kho.protocol", "https"): [
        f"-{TWO.splitlines()[2]}",
        f"+{TWO.splitlines()[2].replace('reads: kho', 'reads: {to: kho, protocol: https}')}",
    ],
    ("cong", "as_of", "2026-09-01"): [
        f"-{TWO.splitlines()[2]}",
        f"+{TWO.splitlines()[2].replace('kho}', 'kho, as_of: 2026-09-01}')}",
    ],
    ("architecture", "version", "0.2"): [
        f"-{ROOT.splitlines()[1]}",
        f"+{ROOT.splitlines()[1].replace('01}', '01, version: {q}0.2{q}}}'.format(q=chr(34)))}",
    ],
    ("van-ban", "component"): ["-    component: mot"],
    ("mot-cua", "security_level.by"): [
        "-    security_level: {unknown: chưa có hồ sơ, by: 2026-12-31}",
        "+    security_level: {unknown: chưa có hồ sơ}",
    ],
}


@pytest.mark.parametrize("asked", list(SETS))
def test_setting_changes_the_lines_of_the_field_and_no_others(asked: tuple[str, ...], root: Path) -> None:
    id, field, *words = asked
    changed = set_field(root, load(root), id, field, words)
    assert lines(changed) == SETS[asked]
    changed.patch.write(root.parent)
    again = set_field(root, load(root), id, field, words) if words and words[0][0] not in "+-" else None
    assert again is None or again.patch.files == ()  # said once, it is said


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("van-ban", "nmae", "X"), "M-KEY"),
        (("van-ban", "owner", "so-x"), "M-REF"),
        (("van-ban", "security_level", "9"), "M-RANGE"),
        (("van-ban", "security_level", "cao"), "M-TYPE"),
        (("van-ban", "treatment", "kep"), "M-VALUE"),
        (("van-ban", "reads", "+cong"), "M-PAIR"),
        (("van-ban", "as_of", "1/9/2026"), "M-DAYFORM"),
        (("van-ban", "places.qgs-1425", "nowhere"), "M-PLACE"),
        (("van-ban", "name"), "M-MISSING"),
        (("mot-cua", "id", "x"), "M-KEY"),
    ],
)
def test_what_is_wrong_is_told_as_loading_tells_it(asked: tuple[str, ...], code: str, root: Path) -> None:
    with pytest.raises(WouldBreak) as refused:
        set_field(root, load(root), asked[0], asked[1], asked[2:])
    assert [one.code for one in refused.value.loaded.findings] == [code]


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (("van-bn", "name", "X"), "rename.unknown-near"),
        (("mot-cua", "reads", "-cong"), "set.no-item"),
        (("mot-cua", "sends.x.protocol", "X"), "set.no-item"),
        (("van-ban", "owner"), "set.not-there"),
    ],
)
def test_what_is_not_there_is_named(asked: tuple[str, ...], key: str, root: Path) -> None:
    with pytest.raises(UsageError) as refused:
        set_field(root, load(root), asked[0], asked[1], asked[2:])
    assert refused.value.key == key


def test_what_is_unknown_says_why_who_and_by_when(root: Path) -> None:
    changed = set_field(root, load(root), "van-ban", "owner", (), unknown={"unknown": "chưa ai nói", "ask": "so-b"})
    assert lines(changed) == ["+    owner: {unknown: chưa ai nói, ask: so-b}"]
    assert changed.after.architecture is not None
    owner = changed.after.architecture.elements["van-ban"].owner
    assert isinstance(owner, Unknown) and owner.ask == "so-b"


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
    lambda text: not FORBIDDEN.search(text) and text.strip() and not re.search("[\u0370-\u058f\u00d0\u0189\r]", text)
)


@given(TEXTS, st.booleans(), st.booleans())
def test_any_text_that_is_set_reads_back_and_all_other_bytes_stay(text: str, crlf: bool, bom: bool) -> None:
    from kientruc.editing.edits import Edits
    from kientruc.loading import load_text
    from kientruc.reading.tree import Mapping
    from kientruc.refactoring.plain import change, edit, plain
    from kientruc.refactoring.set_field import value_of
    from kientruc.refactoring.worded import problems_of
    from kientruc.source import SourceFile

    written = ROOT.replace("include: [phan/*.yaml]\n", "") + ONE.partition("\n")[2].replace(
        "to: [cong, kho]", "to: kho"
    )
    written = written.replace("\n", "\r\n") if crlf else written
    file = SourceFile("kt.yaml", written, bom=bom)
    edits = Edits([file])
    record = edits.tree("kt.yaml")["elements"]["van-ban"]  # type: ignore[call-overload,index]
    assert isinstance(record, Mapping)
    old = plain(record)

    def wrong(value: object) -> list[str]:
        return problems_of("elements", "van-ban", "note", change(old, "note", (), lambda _: value))

    new = change(old, "note", (), lambda there: value_of([text], there, wrong))
    edit(edits, "kt.yaml", ("elements", "van-ban"), old, new, lambda name: None)
    (edited,) = edits.patch().files
    loaded = load_text(edited.text, "kt.yaml")
    assert loaded.architecture is not None
    assert loaded.architecture.elements["van-ban"].note == nfc(text)
    before, behind = written.split("component: mot\r\n" if crlf else "component: mot\n")[-1], edited.text
    assert edited.bom is bom and behind.endswith(before) and behind.startswith(written.removesuffix(before))


ADDS: list[tuple[tuple[str, ...], tuple[tuple[str, list[str]], ...], list[str]]] = [
    (
        ("application", "bao-cao", "Báo cáo: tổng hợp"),
        (("component", ["mot"]), ("states", ["nay"]), ("owner", ["so-b"])),
        [
            *("+  bao-cao:", "+    kind: application", '+    name: "Báo cáo: tổng hợp"', "+    component: mot"),
            *("+    states: [nay]", "+    owner: so-b", "+"),  # a blank line keeps it apart, as the others
        ],
    ),
    (
        ("application", "tra-cuu", "Tra cứu"),
        (("component", ["hai"]),),
        ["+  tra-cuu: {kind: application, name: Tra cứu, component: hai}"],
    ),
    (("organisation", "so-c", "Sở C"), (), ["+  so-c: {name: Sở C}"]),
    (("source", "cong-bao", "Công báo"), (("kind", ["official"]),), ["+  cong-bao: {kind: official, title: Công báo}"]),
    (
        ("task", "so-hoa", "Số hóa"),
        (("lead", ["so-a"]), ("delivers", ["kho", "cong"]), ("due", ["2027-12-31"])),
        ["+tasks: {so-hoa: {name: Số hóa, lead: so-a, delivers: [kho, cong], due: 2027-12-31}}"],
    ),
]


@pytest.mark.parametrize(("asked", "fields", "diff"), ADDS)
def test_a_record_is_put_behind_its_like_in_their_style(
    asked: tuple[str, str, str], fields: tuple[tuple[str, list[str]], ...], diff: list[str], root: Path
) -> None:
    changed = add(root, load(root), *asked, fields)
    assert lines(changed) == diff
    changed.patch.write(root.parent)
    after = load(root)
    assert after.architecture is not None and after.architecture.find(asked[1]) is not None


def test_what_the_defaults_of_its_file_say_of_a_new_record_is_told(root: Path) -> None:
    changed = add(root, load(root), "application", "tra-cuu", "Tra cứu", [("component", ["hai"])])
    assert changed.notes == (("add.inherits", {"fields": "source: bao, certainty: assumed"}),)
    assert changed.record.span() is not None and str(changed.record.span()) == "phan/2.yaml:4:3"


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (("aplication", "x", "X"), "add.sort"),
        (("application", "Một", "X"), "rename.form"),
        (("application", "so-a", "X"), "rename.taken"),
        (("application", "x", "X", (), "phan/9.yaml"), "add.file"),
    ],
)
def test_what_cannot_be_added_is_refused(asked: tuple[str, ...], key: str, root: Path) -> None:
    with pytest.raises(UsageError) as refused:
        add(root, load(root), *asked)  # type: ignore[arg-type]
    assert refused.value.key == key


def test_a_record_moves_with_its_comments_and_says_what_it_said(root: Path) -> None:
    before = load(root)
    changed = move(root, before, "mot-cua", "kt.yaml")
    changed.patch.write(root.parent)
    start, end = ONE.index("  # ứng dụng"), ONE.index("\n  # --- Nhóm hai")
    assert (root.parent / "phan/1.yaml").read_text(encoding="utf-8") == ONE[:start] + ONE[end + 1 :]
    moved = (root.parent / "kt.yaml").read_text(encoding="utf-8").removeprefix(ROOT)
    text = ONE[start:end].rstrip("\n")
    assert moved == f"elements:\n{text.replace('{unknown: chưa rõ}', '{unknown: chưa rõ, ask: so-a}')}\n    ask: so-a\n"
    assert changed.notes == (("move.written-out", {"fields": "ask: so-a"}),)
    after = load(root)
    assert before.architecture and after.architecture
    assert after.architecture.records == before.architecture.records
    assert after.architecture.relations == before.architecture.relations


def test_the_heading_of_a_group_stays_and_the_comment_of_a_record_goes(root: Path) -> None:
    (root.parent / "phan/2.yaml").write_text(TWO.partition("\n")[2], encoding="utf-8")
    move(root, load(root), "kho", "phan/2.yaml").patch.write(root.parent)
    assert "# --- Nhóm một ---\n\n  # ứng dụng" in (root.parent / "phan/1.yaml").read_text(encoding="utf-8")
    assert "  # Kho này là của cả tỉnh.\n  kho:\n" in (root.parent / "phan/2.yaml").read_text(encoding="utf-8")


def test_a_record_that_would_take_over_other_defaults_stays(root: Path) -> None:
    with pytest.raises(EditRefused) as refused:
        move(root, load(root), "van-ban", "phan/2.yaml")  # it has no source, and nothing it could say means none
    assert refused.value.key == "move.defaults"
    assert refused.value.values["names"] == "source, certainty, ask"


def test_what_a_record_leaves_to_the_format_is_said_where_defaults_say_otherwise(root: Path) -> None:
    (root.parent / "phan/2.yaml").write_text(
        "defaults: {ask: so-a, certainty: assumed}\nelements: {}\n", encoding="utf-8"
    )
    (root.parent / "phan/3.yaml").write_text(TWO, encoding="utf-8")
    changed = move(root, load(root), "van-ban", "phan/2.yaml")
    assert [line for line in lines(changed) if line[0] == "+"] == [
        *("+elements:", "+  van-ban:", "+    kind: application", "+    name: Văn bản", "+    component: mot"),
        "+    certainty: stated",
    ]


def test_a_new_file_is_made_where_an_include_reaches_it_and_an_emptied_section_goes(root: Path) -> None:
    modeline = "# yaml-language-server: $schema=../kientruc.schema.json\n"
    (root.parent / "phan/2.yaml").write_text(modeline + TWO, encoding="utf-8")
    changed = move(root, load(root), "cong", "phan/3.yaml")
    changed.patch.write(root.parent)
    assert (root.parent / "phan/2.yaml").read_text(encoding="utf-8") == modeline + TWO.splitlines(keepends=True)[0]
    new = (root.parent / "phan/3.yaml").read_text(encoding="utf-8")
    assert (
        new.startswith(f"{modeline}elements:\n  cong: {{kind: application, ")
        and "source: bao, certainty: assumed" in new
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("include: [phan/*.yaml]", "include: [phan/*.yaml, moi/khac.yaml]"),
        ("include: phan/*.yaml", "include: [phan/*.yaml, moi/khac.yaml]"),
        ("include:\n  - phan/*.yaml", "include:\n  - phan/*.yaml\n  - moi/khac.yaml"),
    ],
)
def test_a_file_that_no_include_reaches_gets_one_in_the_root(root: Path, before: str, after: str) -> None:
    root.write_text(ROOT.replace("include: [phan/*.yaml]", before), encoding="utf-8")
    changed = move(root, load(root), "cong", "moi/khac.yaml")
    assert changed.notes[-1] == ("move.included", {"path": "moi/khac.yaml", "root": "kt.yaml"})
    changed.patch.write(root.parent)
    assert root.read_text(encoding="utf-8") == ROOT.replace("include: [phan/*.yaml]", after)
    loaded = load(root)
    assert loaded.architecture and str(loaded.architecture.elements["cong"].span()).startswith("moi/khac.yaml:")


def test_a_record_of_a_root_without_includes_moves_out_of_it(root: Path) -> None:
    root.write_text(ROOT.replace("include: [phan/*.yaml]\n", ""), encoding="utf-8")
    move(root, load(root), "hai", "hai.yaml").patch.write(root.parent)
    assert "# đầu\ninclude: [hai.yaml]\norganisations:" in root.read_text(encoding="utf-8")
    assert load(root).findings == ()


@pytest.mark.parametrize("include", ["moi.yaml", "moi/*.yaml"])
def test_a_file_that_an_include_names_and_that_is_not_there_is_made(
    root: Path, include: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ROOT.replace("phan/*.yaml]", f"phan/*.yaml, {include}]")
    root.write_text(text, encoding="utf-8")
    assert load(root).architecture is None
    assert run(["move", "cong", include.replace("*", "moi"), "--model", str(root)]) == 0
    assert root.read_text(encoding="utf-8") == text
    assert load(root).findings == ()
    assert "M-" not in capsys.readouterr().err


def test_an_empty_file_is_filled_and_one_that_holds_something_elsewhere_is_not_drawn_in(root: Path) -> None:
    empty, other = root.parent / "phan/rong.yaml", root.parent / "khac.yaml"
    empty.write_text("# sau này\n", encoding="utf-8")
    assert run(["move", "cong", "phan/rong.yaml", "--model", str(root)]) == 0
    assert empty.read_text(encoding="utf-8").startswith("# sau này\nelements:\n  cong: {")
    other.write_text("goals: {}\n", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        move(root, load(root), "kho", "khac.yaml")
    assert refused.value.key == "move.outside"


def test_a_file_that_is_missing_beside_other_mistakes_is_not_made(root: Path) -> None:
    root.write_text(ROOT.replace("phan/*", "phan/*.yaml, moi").replace("role: target", "role: targt"), encoding="utf-8")
    assert run(["move", "cong", "moi.yaml", "--model", str(root)]) == 1
    assert not (root.parent / "moi.yaml").exists()


def test_a_record_in_brackets_moves_as_data_unless_comments_would_be_lost(root: Path) -> None:
    move(root, load(root), "mot", "phan/3.yaml").patch.write(root.parent)
    assert "\ncomponents: {hai: {name: Hai, order: 2}}\n" in (root.parent / "kt.yaml").read_text(encoding="utf-8")
    new = (root.parent / "phan/3.yaml").read_text(encoding="utf-8")
    assert new == "components:\n  mot: {name: Một, order: 1}\n"
    flow = "defaults: {ask: so-a}\nelements: {cong: {kind: application, name: C}}\n"
    (root.parent / "phan/2.yaml").write_text(flow, encoding="utf-8")
    with pytest.raises(EditRefused) as refused:
        move(root, load(root), "kho", "phan/2.yaml")  # “nghe nói” has no place in brackets
    assert refused.value.key == "move.in-brackets"
    move(root, load(root), "van-ban", "phan/2.yaml").patch.write(root.parent)
    there = (root.parent / "phan/2.yaml").read_text(encoding="utf-8")
    assert there == flow.replace("}}", "}, van-ban: {kind: application, name: Văn bản, component: mot}}")


def test_line_breaks_and_byte_order_marks_stay_each_file_its_own(root: Path) -> None:
    (root.parent / "phan/1.yaml").write_bytes("\ufeff".encode() + ONE.replace("\n", "\r\n").encode())
    (root.parent / "phan/2.yaml").write_bytes(b"sources:\n  x: {kind: press, title: X}\n")
    (root.parent / "kt.yaml").write_bytes((ROOT + "elements:\n  cong: {kind: application, name: C}\n").encode())
    move(root, load(root), "kho", "kt.yaml").patch.write(root.parent)
    one, two = ((root.parent / name).read_bytes() for name in ("phan/1.yaml", "kt.yaml"))
    assert one.startswith(b"\xef\xbb\xbf") and b"\n" not in one.replace(b"\r\n", b"")
    assert b"\r" not in two and "  # Kho này là của cả tỉnh.\n  kho:\n    kind: data_store\n".encode() in two


def test_words_that_are_one_text_are_asked_to_stand_in_quotes(root: Path) -> None:
    with pytest.raises(UsageError) as refused:
        set_field(root, load(root), "kho", "name", ["Kho", "dữ", "liệu"])
    assert refused.value.key == "set.quotes"
    assert refused.value.values == {"id": "kho", "field": "name", "value": "Kho dữ liệu"}
    with pytest.raises(WouldBreak):
        set_field(root, load(root), "kho", "reads", ["so", "a"])


def test_the_commands_show_the_patch_write_it_and_say_where(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIENTRUC_LANG", "en")
    model = ["--model", str(root)]
    before = (root.parent / "phan/1.yaml").read_bytes()
    assert run(["set", "mot-cua", "states", "-sau", "--dry-run", *model]) == 0
    told = capsys.readouterr()
    assert "+    states: [nay]\n" in told.out and "Would change “mot-cua” at phan/1.yaml:12" in told.err
    assert (root.parent / "phan/1.yaml").read_bytes() == before
    assert run(["set", "van-ban", "owner", "so-x", *model]) == 2
    assert "M-REF" in capsys.readouterr().err
    assert run(["set", "van-ban", "owner", "--unknown", "chưa rõ", "--ask", "so-b", *model]) == 0
    assert run(["add", "task", "so-hoa", "--name", "Số hóa", "--set", "delivers=kho", *model]) == 0
    assert "Added “so-hoa” at kt.yaml:9." in capsys.readouterr().err
    assert run(["move", "so-hoa", "phan/1.yaml", *model]) == 3  # the defaults there would give it somebody to ask
    assert "the `defaults` of the two files differ (ask)" in capsys.readouterr().err
    assert run(["move", "mot-cua", "kt.yaml", *model]) == 0
    assert "Moved “mot-cua” to kt.yaml:12." in capsys.readouterr().err
    assert run(["set", "so-hoa", "lead", "so-a", "--unset", *model]) == 2
    assert run(["set", "so-hoa", "lead", "so-a", "--unst", *model]) == 2
    assert "--unst" in capsys.readouterr().err
    assert run(["check", "--fail-on", "never", str(root)]) == 0


@pytest.mark.parametrize(("wrong", "count"), [("aplication", 1), ("ứng dụng", 0), ("application", 0)])
def test_the_hint_names_only_what_would_be_mended(
    root: Path, wrong: str, count: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIENTRUC_LANG", "en")
    (root.parent / "phan/2.yaml").write_text(TWO.replace("application", wrong), encoding="utf-8")
    run(["check", str(root)])
    told = capsys.readouterr().err
    assert ("kientruc check --fix" in told) == bool(count)
    assert (f"{count} of these findings" in told) == bool(count)


def test_check_mends_shows_and_exits_by_what_is_left(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIENTRUC_LANG", "en")
    path = root.parent / "phan/2.yaml"
    wrong = TWO.replace("application", "aplication").replace("kho}", "kho-x}")
    path.write_text(wrong, encoding="utf-8", newline="")
    assert run(["check", "--fix", "--dry-run", str(root)]) == 1
    told = capsys.readouterr()
    assert "+  cong: {kind: application," in told.out and "M-REF" in told.out
    assert path.read_text(encoding="utf-8") == wrong
    assert run(["check", "--fix", str(root)]) == 1
    told = capsys.readouterr()
    assert "phan/2.yaml:3:16: M-KIND: “aplication” → “application”" in told.out
    assert "M-KIND" not in told.out.replace("M-KIND: “apl", "") and "Mended 1 findings in 1 files." in told.err
    assert path.read_text(encoding="utf-8") == wrong.replace("aplication", "application")
    assert run(["check", "--dry-run", str(root)]) == 2
