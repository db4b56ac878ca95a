"""Moving to another edition: what is clear is proposed, the rest is left to people; files keep all they say."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from textwrap import dedent, indent

import pytest

from kientruc.editing.refused import EditRefused
from kientruc.frameworks import load_words
from kientruc.frameworks.route import load_route
from kientruc.loading import Loaded, load
from kientruc.model.values import Certainty
from kientruc.refactoring.migrate import Migrated, migrate
from kientruc.refactoring.moves import Fate, Move, Moves, moves
from kientruc.validators import CHECKS

ROOT = Path(__file__).parent.parent.parent
TO = "qgs-1425"
HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}}
components:
  ha-tang: {order: 9, name: Hạ tầng, maps: {cpdt-1.0: [ha-tang-ky-thuat]}}  # một dòng
  ung-dung:
    order: 5
    name: Ứng dụng
    maps: {value: {cpdt-1.0: [ung-dung-csdl]}, certainty: derived}
    responsible: so
  nguoi-dung: {order: 1, name: Người dùng, maps: {cpdt-1.0: [nguoi-su-dung]}}
  khac: {order: 11, name: Khác}
"""


def planned(root: Path, to: str = TO) -> tuple[Loaded, Moves]:
    loaded = load(root)
    assert loaded.architecture, loaded.findings
    origin = loaded.architecture.head.edition
    route = load_route(origin, to, CHECKS)
    assert route
    return loaded, moves(loaded.architecture, load_words(origin), load_words(to), route)


def migrated(root: Path, to: str = TO, declare: bool = False) -> Migrated:
    loaded, found = planned(root, to)
    return migrate(root, loaded, found, to, declare)


class Small:
    """A small architecture on disk, to which elements are added."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "architecture.yaml"

    def write(self, elements: str, head: str = HEAD) -> Path:
        text = head + "elements:\n" + indent(dedent(elements).lstrip("\n"), "  ")
        self.root.write_text(text, encoding="utf-8", newline="")
        return self.root

    def move(self, element: str, head: str = HEAD, id: str = "a") -> Move:
        return next(move for move in planned(self.write(element, head))[1].elements if move.record.id == id)

    def component(self, elements: str, id: str, head: str = HEAD) -> Move:
        return next(move for move in planned(self.write(elements, head))[1].components if move.record.id == id)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.mark.parametrize(
    ("element", "fate", "to"),
    [
        ("{kind: site, component: ha-tang}", Fate.PROPOSED, ("t-hts-1",)),
        ("{kind: infra_service, component: ha-tang}", Fate.FOLLOWS, ("hts",)),
        ("{kind: device, component: ha-tang}", Fate.DECIDE, ("t-hts-3", "t-hts-4")),
        ("{kind: data_store, component: ung-dung}", Fate.PROPOSED, ("t-dl-3",)),
        ("{kind: platform, role: ioc, component: ung-dung}", Fate.PROPOSED, ("t-cqs-5",)),
        ("{kind: application, component: ung-dung}", Fate.DECIDE, ("t-cqs-3", "t-cqs-4", "ntl")),
        ("{kind: user_group, component: nguoi-dung}", Fate.NOWHERE, ()),
        ("{kind: application, component: khac}", Fate.UNPLACED, ()),
        ("{kind: application}", Fate.UNPLACED, ()),
        ("{kind: application, component: khac, places: {cpdt-1.0: quan-ly-chi-dao}}", Fate.PROPOSED, ("x1",)),
        ("{kind: platform, component: khac, places: {cpdt-1.0: dich-vu-thu-muc}}", Fate.PROPOSED, ("ntl",)),
        ("{kind: site, component: ha-tang, places: {qgs-1425: ntl}}", Fate.SAID, ("ntl",)),
        ("{kind: device, component: ha-tang, outside: {qgs-1425: Đã bỏ}}", Fate.SAID, ()),
    ],
)
def test_each_element_goes_where_its_role_its_kind_or_its_place_leads(
    small: Small, element: str, fate: Fate, to: tuple[str, ...]
) -> None:
    move = small.move(f"a: {element.replace('{', '{name: A, ', 1)}")
    assert (move.fate, move.to) == (fate, to)


@pytest.mark.parametrize(
    ("element", "id", "fate", "to"),
    [
        ("{kind: site, component: ha-tang}", "ha-tang", Fate.PROPOSED, ("hts",)),
        ("{kind: device, component: ha-tang}", "ha-tang", Fate.PROPOSED, ("hts",)),  # both candidates lie below
        ("{kind: site, component: ung-dung}", "ung-dung", Fate.DECIDE, ("t-cqs-3", "t-cqs-4", "ntl")),
        ("{kind: site, component: nguoi-dung}", "nguoi-dung", Fate.NOWHERE, ()),
        ("{kind: site, component: khac}", "khac", Fate.UNPLACED, ()),
        # What is undecided, or has no place, must not get one because its component does.
        ("{kind: node, component: ha-tang, places: {cpdt-1.0: ung-dung-csdl}}", "ha-tang", Fate.APART, ("hts",)),
        ("{kind: node, component: ha-tang, places: {cpdt-1.0: nguoi-su-dung}}", "ha-tang", Fate.APART, ("hts",)),
        (
            "{kind: node, component: ha-tang, places: {cpdt-1.0: nguoi-su-dung}, outside: {qgs-1425: Bỏ}}",
            "ha-tang",
            Fate.PROPOSED,
            ("hts",),
        ),
    ],
)
def test_a_component_moves_as_a_whole_only_if_nothing_in_it_may_belong_elsewhere(
    small: Small, element: str, id: str, fate: Fate, to: tuple[str, ...]
) -> None:
    move = small.component(f"a: {element.replace('{', '{name: A, ', 1)}", id)
    assert (move.fate, move.to) == (fate, to)


def test_elements_of_a_component_that_does_not_move_as_a_whole_move_one_by_one(small: Small) -> None:
    elements = """
        a: {kind: infra_service, name: A, component: ha-tang}
        b: {kind: node, name: B, component: ha-tang, places: {cpdt-1.0: ung-dung-csdl}}
        """
    move = small.move(elements)
    assert (move.fate, move.to) == (Fate.PROPOSED, ("hts",))
    assert "places: {qgs-1425: {value: hts, certainty: doubtful}}" in migrated(small.root).patch.files[0].text


def test_what_a_person_said_of_a_component_holds_for_all_that_neither_kind_nor_role_sets_apart(small: Small) -> None:
    head = HEAD.replace("{cpdt-1.0: [ung-dung-csdl]}", "{cpdt-1.0: [ung-dung-csdl], qgs-1425: [t-cqs-3]}")
    elements = """
        a: {kind: application, name: A, component: ung-dung}
        b: {kind: data_store, name: B, component: ung-dung}
        c: {kind: application, role: email, name: C, component: ung-dung}
        """
    found = {move.record.id: (move.fate, move.to) for move in planned(small.write(elements, head))[1].elements}
    assert found["a"] == (Fate.FOLLOWS, ("t-cqs-3",))
    assert found["b"] == (Fate.PROPOSED, ("t-dl-3",))
    assert found["c"] == (Fate.DECIDE, ("t-cqs-2", "t-cqs-4"))


def test_a_wider_role_serves_where_no_row_names_the_role_itself(small: Small) -> None:
    assert load_words("cpdt-1.0").roles["tslcd"].is_ == "wan"
    assert small.move("a: {kind: infra_service, role: tslcd, name: A, component: ha-tang}").to == ("t-hts-2",)


@pytest.mark.parametrize(
    ("said", "to", "certainty"),
    [
        ("{value: {cpdt-2.0: [kien-truc-du-lieu]}, certainty: assumed}", "dl", Certainty.ASSUMED),
        ("{cpdt-2.0: {value: [kien-truc-du-lieu], certainty: doubtful}}", "dl", Certainty.DOUBTFUL),
        ("{cpdt-2.0: [kien-truc-du-lieu]}", "dl", Certainty.DERIVED),
    ],
)
def test_a_place_is_no_surer_than_the_crosswalk_and_than_the_place_it_comes_from(
    small: Small, said: str, to: str, certainty: Certainty
) -> None:
    head = HEAD.replace("edition: cpdt-1.0", "edition: cpdt-2.0").replace("{cpdt-1.0: [ha-tang-ky-thuat]}", said)
    move = small.component("a: {kind: node, name: A}", "ha-tang", head)
    assert (move.fate, move.to, move.certainty) == (Fate.PROPOSED, (to,), certainty)
    after = migrated(small.root).after.components["ha-tang"]
    assert (after.maps[TO], after.certainty_of(f"maps.{TO}")) == ((to,), certainty)


@pytest.mark.parametrize(
    ("element", "who"),
    [
        ("owner: so", "so"),
        ("owner: {unknown: Chưa rõ, ask: so}", "so"),
        ("owner: {unknown: Chưa rõ}", "so"),  # responsible for the component
        ("owner: tinh", "tinh"),
    ],
)
def test_whoever_owns_it_decides_or_is_to_be_asked_or_is_responsible(small: Small, element: str, who: str) -> None:
    move = small.move(f"a: {{kind: application, name: A, component: ung-dung, {element}}}")
    assert (move.decider, move.is_open, len(move.questions)) == (who, True, 1)


def test_a_question_stays_open_until_the_place_is_stated(small: Small) -> None:
    head = HEAD.replace("[ha-tang-ky-thuat]", "[an-toan-thong-tin]")
    first = small.component("a: {kind: node, name: A}", "ha-tang", head)
    assert (first.fate, first.to, first.is_open) == (Fate.PROPOSED, ("anm",), True)
    migrated(small.root).patch.write(small.root.parent)
    second = planned(small.root)[1].components[0]
    assert (second.fate, second.to, second.is_open) == (Fate.SAID, ("anm",), True)
    text = small.root.read_text(encoding="utf-8")
    small.root.write_text(text.replace("{value: [anm], certainty: doubtful}", "[anm]"), encoding="utf-8")
    assert planned(small.root)[1].components[0].is_open is False


def test_only_lines_and_words_are_added_and_comments_stay(small: Small) -> None:
    root = small.write("""
        # Đứng một mình
        a:
          kind: site  # loại
          name: A
          component: ha-tang
          places: {cpdt-1.0: ha-tang-ky-thuat}  # như khung
          note: Ghi chú
        b: {kind: data_store, name: B, component: ung-dung}  # cuối dòng
        """)
    before = root.read_text(encoding="utf-8")
    migrated(root).patch.write(root.parent)
    after = root.read_text(encoding="utf-8")
    assert (
        after.replace(", qgs-1425: {value: [hts], certainty: doubtful}", "")
        .replace(", qgs-1425: {value: t-hts-1, certainty: doubtful}", "")
        .replace(", places: {qgs-1425: {value: t-dl-3, certainty: doubtful}}", "")
        == before
    )


def test_the_declared_edition_changes_only_when_asked(small: Small) -> None:
    root = small.write("a: {kind: site, name: A, component: ha-tang}")
    assert migrated(root).after.head.edition == "cpdt-1.0"
    declared = migrated(root, declare=True)
    assert declared.after.head.edition == TO
    assert declared.patch.files[0].text.count("edition: qgs-1425") == 1


def test_long_forms_of_the_head_stay(small: Small) -> None:
    head = HEAD.replace("edition: cpdt-1.0", "edition: {value: cpdt-1.0, certainty: derived}")
    root = small.write("a: {kind: site, name: A, component: ha-tang}", head)
    assert "edition: {value: qgs-1425, certainty: derived}" in migrated(root, declare=True).patch.files[0].text


def test_nothing_is_written_if_the_result_would_not_load(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small.write("a: {kind: site, name: A, component: ha-tang}")
    loaded, found = planned(root)
    broken = tuple(
        Move(one.record, one.fate, one.at, ("khong-co",), one.ways, one.certainty, one.decider)
        for one in found.components
    )
    with pytest.raises(EditRefused) as refusal:
        migrate(root, loaded, Moves(broken, ()), TO)
    assert refusal.value.key == "migrate.breaks"
    assert refusal.value.values["code"] == "M-PLACE"


OTHERS = [pytest.param(id, marks=pytest.mark.thorough) for id in ("cpdt-2.0", "cpdt-3.0", "qgs-3090")]


@pytest.mark.parametrize("to", ["qgs-1425", *OTHERS])
def test_the_province_moves_once_and_says_no_less_than_before(tmp_path: Path, to: str) -> None:
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    root = Path(shutil.copy(ROOT / "architecture.yaml", tmp_path))
    first = migrated(root, to)
    assert first.patch.files
    for edited in first.patch.files:
        matcher = difflib.SequenceMatcher(None, edited.file.text, edited.text, autojunk=False)
        assert {tag for tag, *_ in matcher.get_opcodes()} == {"equal", "insert"}, edited.file.path
    first.patch.write(tmp_path)
    again = migrated(root, to)
    assert again.patch.files == ()
    loaded = load(root)
    assert loaded.architecture and not loaded.findings
