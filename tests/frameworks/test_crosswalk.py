"""From the places of one edition to the next: whole, honest, and refused where a name is not known."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kientruc.finding import Finding
from kientruc.frameworks import EditionError, edition_ids
from kientruc.frameworks.crosswalk import Crosswalk, load_crosswalk
from kientruc.frameworks.shelf import EDITIONS
from kientruc.model.element import Mapping as Relation
from kientruc.model.kinds import Kind
from kientruc.model.values import Certainty
from kientruc.validators import CHECKS, edition

PAIRS = [
    ("cpdt-1.0", "cpdt-2.0"),
    ("cpdt-2.0", "cpdt-3.0"),
    ("cpdt-3.0", "cps-4.0"),
    ("cps-4.0", "qgs-3090"),
    *((id, "qgs-1425") for id in ("cpdt-1.0", "cpdt-2.0", "cpdt-3.0", "cps-4.0", "qgs-3090")),
]


def crosswalk(origin: str, target: str) -> Crosswalk:
    found = load_crosswalk(origin, target, CHECKS)
    assert found is not None
    return found


@pytest.mark.parametrize(("origin", "target"), PAIRS)
def test_every_place_has_a_row_and_every_target_is_there(origin: str, target: str) -> None:
    found, places = crosswalk(origin, target), edition(target).words.places
    assert all(found.row(place) is not None for place in edition(origin).words.places)
    assert {place for row in found.rows for place in row.to} <= set(places)


@pytest.mark.parametrize(("origin", "target"), PAIRS)
def test_where_a_machine_cannot_know_a_person_is_told_what_to_decide(origin: str, target: str) -> None:
    for row in crosswalk(origin, target).rows:
        assert len(row.to) < 2 or row.decide is not None, row
        assert bool(row.to) is (row.relation is not Relation.UNMAPPED), row


def test_our_own_proposal_is_never_more_than_doubtful() -> None:
    for target in ("cpdt-2.0", "qgs-1425"):
        assert {row.certainty for row in crosswalk("cpdt-1.0", target).rows} == {Certainty.DOUBTFUL}


def test_nobody_wrote_a_way_back() -> None:
    assert load_crosswalk("qgs-3090", "cpdt-1.0", CHECKS) is None


@pytest.mark.parametrize(
    ("pair", "place", "kind", "roles", "to"),
    [
        (PAIRS[0], "ung-dung-csdl", Kind.DATA_STORE, (), ("kien-truc-du-lieu",)),
        (PAIRS[0], "ung-dung-csdl", Kind.APPLICATION, (), ("kien-truc-ung-dung",)),
        (PAIRS[0], "dich-vu-thu-muc", Kind.DATA_STORE, (), ("kien-truc-du-lieu",)),  # it follows the place above it
        (PAIRS[0], "nguoi-su-dung", Kind.USER_GROUP, (), ()),
        (PAIRS[3], "kien-truc-ung-dung", Kind.PLATFORM, ("lgsp",), ("l2",)),
        (PAIRS[3], "kien-truc-ung-dung", Kind.PLATFORM, (), ("l2", "l3")),
        (PAIRS[3], "kien-truc-ung-dung", Kind.PORTAL_SERVICE, ("sso",), ("l2",)),  # a role says more than a kind
        (PAIRS[3], "kien-truc-ung-dung", Kind.APPLICATION, ("one_stop",), ("l3",)),
        (PAIRS[4], "ung-dung-csdl", Kind.DATA_STORE, (), ("t-dl-3",)),
        (PAIRS[4], "ung-dung-csdl", Kind.APPLICATION, ("one_stop",), ("t-cqs-1",)),
        (PAIRS[4], "chia-se-tich-hop", Kind.PLATFORM, ("lgsp",), ("t-ntl-1",)),
        (PAIRS[4], "ha-tang-ky-thuat", Kind.SITE, ("data_centre",), ("t-hts-1",)),
        (PAIRS[4], "quan-ly-chi-dao", Kind.FUNCTION, (), ("x1",)),
    ],
)
def test_kind_and_role_narrow_a_row(
    pair: tuple[str, str], place: str, kind: Kind, roles: tuple[str, ...], to: tuple[str, ...]
) -> None:
    row = crosswalk(*pair).row(place, kind, roles)
    assert row is not None
    assert row.to == to


def test_a_place_nobody_has_leads_nowhere() -> None:
    assert crosswalk("cpdt-1.0", "cpdt-2.0").row("l1") is None


def test_a_later_edition_takes_over_the_rows_it_does_not_write(tmp_path: Path) -> None:
    shutil.copytree(EDITIONS, tmp_path / "editions")
    for id, rows in (("cpdt-2.0", "kien-truc-du-lieu l2"), ("cpdt-3.0", "kho-du-lieu-con-nguoi l1")):
        place, to = rows.split()
        path = tmp_path / "editions" / id / "crosswalk.yaml"
        row = f"  - {{from: {place}, to: {to}, relation: specified, certainty: doubtful, source: bai-phuong-phap}}\n"
        others = "".join(
            f"  - {{from: {other}, to: [], relation: unmapped, certainty: doubtful, source: bai-phuong-phap}}\n"
            for other, about in edition(id).words.places.items()
            if other != place and (id == "cpdt-2.0" or about.order > 5)
        )
        path.write_text(f"qgs-3090:\n{row}{others}", encoding="utf-8")
    found = load_crosswalk("cpdt-3.0", "qgs-3090", CHECKS, tmp_path / "editions")
    assert found is not None
    assert [row.to for row in found.rows if row.to] == [("l2",), ("l1",)]
    assert [row.from_ for row in found.rows] == list(edition("cpdt-3.0").words.places)


# --- what is wrong is refused, with its place ---

Refused = Callable[[str, str], Finding]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """Change one text of a copy of the crosswalk of version 2.0, and give the only finding that refuses it."""

    def finding(old: str, new: str) -> Finding:
        shutil.copytree(EDITIONS, tmp_path / "editions")
        path = tmp_path / "editions" / "cpdt-2.0" / "crosswalk.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(EditionError) as error:
            load_crosswalk("cpdt-2.0", "cpdt-3.0", CHECKS, tmp_path / "editions")
        assert len(error.value.findings) == 1
        return error.value.findings[0]

    return finding


FIRST = "{from: kien-truc-nghiep-vu, to: kien-truc-nghiep-vu, relation: inherited, certainty: derived"


@pytest.mark.parametrize(
    ("old", "new", "code", "column", "near"),
    [
        ("{from: kien-truc-nghiep-vu", "{from: kien-truc-nghep-vu", "E-WORD", 12, "kien-truc-nghiep-vu"),
        ("to: kien-truc-nghiep-vu", "to: kien-truc-nghep-vu", "E-WORD", 37, "kien-truc-nghiep-vu"),
        ("relation: inherited", "relation: inherit", "E-WORD", 68, "inherited"),
        ("source: bai-phuong-phap", "source: bai-phuong-phat", "E-WORD", 107, "bai-phuong-phap"),
        ("relation: inherited", "relatoin: inherited", "E-KEY", 58, "relation"),
        (FIRST, FIRST.replace("inherited", "unmapped"), "E-UNMAPPED", 68, ""),
        ("to: kien-truc-nghiep-vu,", "to: [kien-truc-nghiep-vu, kien-truc-du-lieu],", "E-DECIDE", 37, ""),
        ("from: kien-truc-nghiep-vu, to", "from: kien-truc-nghiep-vu, role: lgps, to", "E-WORD", 39, "lgsp"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    refused: Refused, old: str, new: str, code: str, column: int, near: str
) -> None:
    found = refused(old, new)
    assert found.span is not None
    assert (found.code, found.span.path, found.span.line, found.span.column) == (code, "crosswalk.yaml", 6, column)
    assert found.values.get("near", "") == near


def test_two_rows_for_the_same_elements_are_refused_with_both_places(refused: Refused) -> None:
    first = "  - {from: kien-truc-nghiep-vu"
    found = refused(first, f"  - {FIRST}, source: bai-phuong-phap}}\n{first}")
    assert found.span is not None
    assert (found.code, found.span.line, [span.line for span in found.also]) == ("E-TWICE", 7, [6])


def test_a_place_nobody_speaks_of_is_refused(refused: Refused) -> None:
    found = refused("  - {from: kien-truc-nghiep-vu", "  - {from: kien-truc-du-lieu, kind: site")
    assert (found.code, found.values["found"]) == ("E-SILENT", "kien-truc-nghiep-vu")


def test_an_edition_nobody_has_is_refused(tmp_path: Path) -> None:
    assert "cpdt-9.9" not in edition_ids()
    with pytest.raises(KeyError):
        load_crosswalk("cpdt-1.0", "cpdt-9.9", CHECKS)
