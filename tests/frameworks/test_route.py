"""The way from one edition to another: the direct crosswalk first, or else the shortest chain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kientruc.frameworks.route import Destination, Route, load_route
from kientruc.frameworks.shelf import EDITIONS
from kientruc.model.element import Mapping as Relation
from kientruc.model.kinds import Kind
from kientruc.model.values import Certainty, least_sure
from kientruc.validators import CHECKS

Shelf = Callable[..., Path]


def route(origin: str, target: str, shelf: Path = EDITIONS) -> Route:
    found = load_route(origin, target, CHECKS, shelf)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("origin", "target", "way"),
    [
        ("cpdt-1.0", "qgs-1425", ("cpdt-1.0", "qgs-1425")),  # also by way of 2.0, and of 2.0, 3.0, 4.0 and 3090
        ("cpdt-1.0", "cpdt-3.0", ("cpdt-1.0", "cpdt-2.0", "cpdt-3.0")),
        ("cpdt-1.0", "qgs-3090", ("cpdt-1.0", "cpdt-2.0", "cpdt-3.0", "cps-4.0", "qgs-3090")),
    ],
)
def test_the_direct_crosswalk_goes_before_the_shortest_chain(origin: str, target: str, way: tuple[str, ...]) -> None:
    assert route(origin, target).editions == way


@pytest.mark.parametrize(("origin", "target"), [("qgs-1425", "cpdt-1.0"), ("cpdt-1.0", "cpdt-1.0")])
def test_there_is_no_way_back_and_none_to_itself(origin: str, target: str) -> None:
    assert load_route(origin, target, CHECKS) is None


def test_an_edition_that_is_not_there_is_no_end_of_a_way() -> None:
    with pytest.raises(KeyError):
        load_route("cpdt-1.0", "cpdt-9.9", CHECKS)


def test_kind_and_role_narrow_every_step_of_a_chain() -> None:
    chain = route("cpdt-1.0", "cpdt-3.0")
    data = chain.destination("ung-dung-csdl", Kind.DATA_STORE)
    rest = chain.destination("ung-dung-csdl")
    assert (data.to, data.narrowed) == (("kien-truc-du-lieu",), True)
    assert (rest.to, rest.narrowed) == (("kien-truc-ung-dung",), False)
    assert [row.relation for row in rest.rows] == [Relation.SPECIFIED, Relation.INHERITED]
    assert (rest.relation, rest.certainty) == (Relation.SPECIFIED, Certainty.DOUBTFUL)


def test_a_chain_keeps_what_is_to_be_decided_on_the_way_and_goes_on_with_each_candidate() -> None:
    found = route("cpdt-1.0", "cps-4.0").destination("chia-se-tich-hop")
    assert found.to == ("kien-truc-ung-dung", "kien-truc-cong-nghe")
    assert [bool(row.decide) for row in found.rows] == [True, False, False, False, False]


def test_what_the_first_step_has_no_place_for_goes_no_further() -> None:
    found = route("cpdt-1.0", "cpdt-3.0").destination("nguoi-su-dung")
    assert (found.to, found.relation, len(found.rows)) == ((), Relation.UNMAPPED, 1)


def test_a_way_is_never_surer_than_derived() -> None:
    assert Destination(("x",), ()).certainty is Certainty.DERIVED
    assert least_sure(Certainty.ASSUMED, Certainty.DOUBTFUL, Certainty.STATED) is Certainty.DOUBTFUL
    stated = route("cpdt-2.0", "qgs-1425").destination("kien-truc-du-lieu")
    assert [row.certainty for row in stated.rows] == [Certainty.STATED]
    assert stated.certainty is Certainty.DERIVED
