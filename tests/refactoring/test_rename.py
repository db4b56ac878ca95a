"""Renaming an id: on small architectures for each kind of use, and on the whole province, there and back again."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from kientruc.comparing import compare
from kientruc.editing.refused import EditRefused
from kientruc.errors import UsageError
from kientruc.loading import load
from kientruc.refactoring.rename import Renamed, rename

ROOT = Path(__file__).parent.parent.parent
SMALL = """\
format: kientruc/1
architecture:
  id: kt
  name: Kiến trúc
  agency: tinh  # cơ quan
  edition: cpdt-1.0
  cut_off: 2017-09-13
  basis: [qd-1]
defaults: {source: [bao, cong], ask: tinh}
sources:
  bao: {kind: press, title: Báo tinh}
  cong: {kind: official, title: Cổng}
legal:
  qd-1: {number: 1/QĐ, title: Quyết định, issuer: tinh}
organisations:
  tinh: {name: Tỉnh}
  so: {name: Sở, part_of: tinh}
components:
  lgsp: {order: 1, name: Chia sẻ}  # cùng mã với nền tảng
  duoi: {order: 2, name: Dưới, uses: lgsp}
states:
  nay: {role: baseline, name: Nay}
  mai: {role: target, name: Mai}
goals:
  nhanh: {name: Nhanh}
elements:
  lgsp:
    kind: platform
    role: lgsp
    name: Nền tảng lgsp
    component: lgsp
    owner: {value: tinh, source: bao}
    operator: {unknown: chưa rõ, ask: tinh}
    reference: {issuer: tinh}
    states: {nay: unknown, mai: present}
    in_state: {mai: {operator: {value: so, source: bao, certainty: assumed}}}
    basis: [qd-1, {document: qd-1, article: Điều 1}]
    realises: [nhanh]
  mot-cua:
    kind: application
    name: Một cửa
    states: [nay, mai]
    sends:
      - {id: qh-1, to: [lgsp, csdl], data: csdl, over: [lgsp], source: bao, states: nay}
    reads: csdl
  csdl: {kind: data_store, name: Dữ liệu, states: nay}
assessments:
  dg: {type: weakness, name: Chậm, about: [lgsp, nay, tinh], leads_to: [nhanh]}
tasks:
  xay: {name: Xây, lead: so, partners: [tinh], delivers: [lgsp], covers: dg, cost: [{year: 2018, fund: x, amount: 1}]}
  sau: {name: Sau, waits_for: xay}
sourcing:
  sc: {of: lgsp, form: invest}
hearings:
  hop: {name: Họp, order: 1, date: 2017-09-13, attendance: [so], conclusions: {c1: {text: Làm, who: so, about: [xay]}}}
rounds:
  dot: {name: Đợt, bodies: [so]}
comments:
  gop:
    round: dot
    from: so
    text: Sửa
    changed:
      - {id: xay, fields: [covers.dg, "delivers[lgsp]", name]}  # covers.dg
      - {id: mot-cua, fields: [sends.csdl, "sends.lgsp.data", "states.nay"]}
      - {id: lgsp, fields: ["basis[qd-1,Điều 1]", in_state.mai.operator]}
      - {id: hop, fields: [conclusions.c1.state]}
      - {id: xoa, fields: [sends.csdl]}
retired:
  xoa: {name: Xóa}
notes:
  ghi: {about: lgsp, text: Xem lgsp}
views:
  hinh: {name: Hình, base: layered, component: [lgsp]}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "architecture.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def renamed(root: Path, old: str, new: str, section: str = "") -> Renamed:
    loaded = load(root)
    assert loaded.architecture, loaded.findings
    return rename(root, loaded, old, new, section)


@pytest.mark.parametrize(
    ("old", "section", "places"),
    [
        ("tinh", "", 10),
        ("so", "", 7),
        ("bao", "", 5),
        ("cong", "", 2),
        ("qd-1", "", 5),
        ("nay", "", 7),
        ("mai", "", 5),
        ("nhanh", "", 3),
        ("csdl", "", 6),
        ("mot-cua", "", 2),
        ("qh-1", "", 1),
        ("lgsp", "elements", 10),
        ("lgsp", "components", 4),
        ("dg", "", 3),
        ("xay", "", 4),
        ("hop", "", 2),
        ("dot", "", 2),
        ("xoa", "", 2),
        ("gop", "", 1),
        ("c1", "", 2),
        ("kt", "", 1),
        ("ghi", "", 1),
    ],
)
def test_an_id_is_renamed_where_it_is_declared_and_wherever_it_is_meant(
    small: Path, old: str, section: str, places: int
) -> None:
    there = renamed(small, old, "ma-moi", section)
    assert there.places == places
    there.patch.write(small.parent)
    back = renamed(small, "ma-moi", old)
    assert back.places == places
    back.patch.write(small.parent)
    assert small.read_text(encoding="utf-8") == SMALL


def test_comments_prose_and_words_of_the_framework_stay_and_are_counted(small: Path) -> None:
    done = renamed(small, "lgsp", "ndxp", "elements")
    new = done.patch.files[0].text
    for kept in (
        "role: lgsp",
        "name: Nền tảng lgsp",
        "component: lgsp",
        "lgsp: {order: 1",
        "uses: lgsp}",
        "text: Xem lgsp",
    ):
        assert kept in new
    for gone in ("\n  ndxp:\n", "to: [ndxp, csdl]", "over: [ndxp]", "about: [ndxp, nay", "of: ndxp", "{about: ndxp"):
        assert gone in new
    lines = [new.split("\n")[span.line - 1].strip() for span in done.left]
    assert lines == ["role: lgsp", "name: Nền tảng lgsp", "ghi: {about: ndxp, text: Xem lgsp}"]


def test_an_id_in_the_field_of_a_place_is_the_longest_that_is_there_and_means_what_its_field_says(small: Path) -> None:
    text = SMALL.replace("  csdl: {kind", "  lgsp.2: {kind: data_store, name: Khác, states: nay}\n  csdl: {kind")
    small.write_text(text.replace("[sends.csdl, ", "[sends.lgsp.2, owner.lgsp, "), encoding="utf-8")
    new = renamed(small, "lgsp", "ndxp", "elements").patch.files[0].text
    assert 'fields: [sends.lgsp.2, owner.lgsp, "sends.ndxp.data"' in new
    assert 'fields: [sends.x, owner.lgsp, "sends.lgsp.data"' in renamed(small, "lgsp.2", "x").patch.files[0].text
    assert "component: thanh-phan" in renamed(small, "lgsp", "thanh-phan", "components").patch.files[0].text


def test_conclusions_of_two_hearings_may_share_an_id_and_are_told_apart(small: Path) -> None:
    other = "  hop-2: {name: Họp, order: 2, date: 2017-09-13, conclusions: {c1: {text: Khác}}}\nrounds:\n"
    small.write_text(SMALL.replace("rounds:\n", other), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        renamed(small, "c1", "c2")
    assert refused.value.values["sections"] == "hop.conclusions, hop-2.conclusions"
    new = renamed(small, "c1", "c2", "hop-2.conclusions").patch.files[0].text
    assert "conclusions: {c2: {text: Khác}}" in new
    assert "fields: [conclusions.c1.state]" in new
    taken = SMALL.replace("about: [xay]}}}", "about: [xay]}, c2: {text: Hai}}}")
    small.write_text(taken, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        renamed(small, "c1", "c2")
    assert refused.value.values["section"] == "hop.conclusions"


@pytest.mark.parametrize(
    ("arguments", "key", "values"),
    [
        (("lgps", "x"), "rename.unknown-near", {"near": "lgsp"}),
        (("khong-giong-gi-ca", "x"), "rename.unknown", {}),
        (("lgsp", "x"), "rename.which", {"sections": "components, elements"}),
        (("lgsp", "x", "tasks"), "rename.not-there", {"sections": "components, elements"}),
        (("csdl", "mot-cua"), "rename.taken", {"section": "elements"}),
        (("csdl", "tinh"), "rename.taken", {"section": "organisations"}),
        (("csdl", "qh-1"), "rename.taken", {"section": "relations"}),
        (("nay", "mai"), "rename.taken", {"section": "states"}),
        (("csdl", "csdl"), "rename.taken", {"section": "elements"}),
        (("csdl", "Cơ sở dữ liệu"), "rename.form", {"proposal": "co-so-du-lieu"}),
        (("csdl", "-"), "rename.form", {"proposal": "–"}),
    ],
)
def test_what_is_asked_wrongly_is_told(
    small: Path, arguments: tuple[str, ...], key: str, values: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as refused:
        renamed(small, *arguments)
    assert refused.value.key == key
    assert values.items() <= refused.value.values.items()


def test_an_id_that_would_be_mistaken_for_another_is_refused(small: Path) -> None:
    with pytest.raises(EditRefused) as refused:
        renamed(small, "csdl", "nay")  # the assessment about the state would then be about the element
    assert refused.value.key == "rename.differs"
    assert refused.value.values["id"] == "dg"


def test_ids_that_are_like_names_of_fields_are_told_apart(tmp_path: Path) -> None:
    text = dedent("""\
        format: kientruc/1
        architecture: {id: kt, name: K, agency: owner, edition: cpdt-1.0, cut_off: 2017-09-13}
        organisations: {owner: {name: Chủ}}
        states: {states: {role: baseline, name: S}}
        elements:
          e: {kind: application, name: E, owner: owner, states: {states: present}, in_state: {states: {owner: owner}}}
        """)
    root = tmp_path / "architecture.yaml"
    root.write_text(text, encoding="utf-8")
    assert (
        "owner: o2, states: {states: present}, in_state: {states: {owner: o2}}"
        in renamed(root, "owner", "o2").patch.files[0].text
    )
    assert (
        "owner: owner, states: {s2: present}, in_state: {s2: {owner: owner}}"
        in renamed(root, "states", "s2").patch.files[0].text
    )


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    shutil.copy(ROOT / "architecture.yaml", folder)
    shutil.copytree(ROOT / "architecture", folder / "architecture")
    return folder / "architecture.yaml"


def sample() -> list[str]:
    """Give some ids of each section of the province, spread over it."""
    architecture = load(ROOT / "architecture.yaml").architecture
    assert architecture
    most = {"elements": 16, "organisations": 10}
    return [
        id
        for section, records in architecture.records.items()
        for id in [*records][:: max(1, -(-len(records) // most.get(section, 4)))]
    ]


@pytest.mark.parametrize("id", sample())
def test_there_and_back_again_gives_the_same_bytes(province: Path, id: str) -> None:
    before = {path: path.read_bytes() for path in province.parent.rglob("*.yaml")}
    there = renamed(province, id, f"0.{id}_moi")
    there.patch.write(province.parent)
    assert {path.read_bytes() == data for path, data in before.items()} == {True, False}
    back = renamed(province, f"0.{id}_moi", id)
    back.patch.write(province.parent)
    assert there.places == back.places
    assert {path: path.read_bytes() for path in province.parent.rglob("*.yaml")} == before


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province whose answers name targets in the fields of places, and which held hearings."""
    folder = tmp_path_factory.mktemp("draft")
    shutil.copytree(ROOT / "examples/tinh-mau", folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("du-thao"))
    return folder / "architecture.yaml"


MORE = [
    pytest.param(id, marks=pytest.mark.thorough)
    for id in ("tmdt-tinh", "kho-dl-dung-chung", "kl2-5", "dk-kinh-phi", "nd-12")
]


@pytest.mark.parametrize("id", ["smas-cu", "ban-02", *MORE])
def test_what_a_renaming_leaves_is_compared_as_the_same_with_no_promise_broken(draft: Path, id: str) -> None:
    before = {path: path.read_bytes() for path in draft.parent.rglob("*.yaml")}
    old = load(draft).architecture
    there = renamed(draft, id, f"{id}_moi")
    there.patch.write(draft.parent)
    new = load(draft).architecture
    assert old and new
    found = compare(old, new)
    assert (found.relations, found.unconfirmed) == ((), ())
    renamed(draft, f"{id}_moi", id).patch.write(draft.parent)
    assert {path: path.read_bytes() for path in draft.parent.rglob("*.yaml")} == before
