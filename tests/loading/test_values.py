"""What may be written, and what it means: the head, long forms, unknowns, states, verbs, money, quantities."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kientruc.loading import Loaded
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.model.values import Certainty
from kientruc.reading.limits import Limits
from kientruc.views.remarks import remark

LoadText = Callable[..., Loaded]


@pytest.fixture
def made(load_text: LoadText) -> Callable[[str], Architecture]:
    def make(text: str) -> Architecture:
        loaded = load_text(text)
        assert loaded.findings == ()
        assert loaded.architecture is not None
        return loaded.architecture

    return make


Made = Callable[[str], Architecture]


def test_the_head_says_what_the_architecture_is(made: Made) -> None:
    head = made("goals: {}").head
    assert (head.id, head.name, head.agency, head.edition) == ("kt", "Kiến trúc", "tinh", "cpdt-1.0")
    assert head.cut_off == date(2017, 9, 13)


def test_the_long_form_gives_one_value_its_own_source_and_certainty(made: Made) -> None:
    element = made("""
        sources: {s: {kind: press, title: Báo}}
        elements:
          a:
            kind: application
            name: A
            owner: {value: tinh, source: s, certainty: assumed, as_of: 2017-01-01}
            quantity: {value: 40, certainty: doubtful}
        """).elements["a"]
    assert element.owner == "tinh"
    assert element.certainty_of("owner") is Certainty.ASSUMED
    assert element.certainty_of("name") is Certainty.STATED
    assert element.provenance["owner"].source == "s"
    assert element.quantity.value == 40  # type: ignore[union-attr]
    assert element.certainty_of("quantity") is Certainty.DOUBTFUL
    assert element.span("owner").text == "tinh"  # type: ignore[union-attr]


def test_the_long_form_serves_in_states_relations_and_conclusions_too(made: Made) -> None:
    architecture = made("""
        states: {nay: {name: Nay, role: baseline}}
        elements:
          a:
            kind: application
            name: A
            in_state: {nay: {operator: {value: tinh, certainty: assumed}}}
            sends: {to: b, protocol: {value: https, certainty: assumed}}
          b: {kind: application, name: B}
        hearings:
          h:
            {name: H, order: 1, date: 2017-09-13, conclusions: {k: {text: T, who: {value: tinh, certainty: doubtful}}}}
        """)
    element = architecture.elements["a"]
    assert element.in_state["nay"].operator == "tinh"
    assert element.certainty_of("in_state.nay.operator") is Certainty.ASSUMED
    assert architecture.relations[0].protocol == "https"
    assert architecture.relations[0].certainty_of("protocol") is Certainty.ASSUMED
    conclusion = architecture.records["hearings"]["h"].conclusions["k"]
    assert (conclusion.id, conclusion.who, conclusion.certainty_of("who")) == ("k", "tinh", Certainty.DOUBTFUL)


def test_what_is_said_of_each_edition_may_be_less_sure_than_the_rest(made: Made) -> None:
    architecture = made("""
        components:
          c:
            order: 1
            name: C
            maps: {cpdt-1.0: [kenh-truy-cap], cpdt-2.0: {value: [kien-truc-ung-dung], certainty: derived}}
        elements:
          a:
            kind: application
            name: A
            places: {value: {cpdt-1.0: {value: chia-se-tich-hop, certainty: doubtful}}, certainty: assumed}
            outside: {cpdt-2.0: {value: Chưa rõ, certainty: assumed}}
        """)
    component, element = architecture.components["c"], architecture.elements["a"]
    assert component.maps == {"cpdt-1.0": ("kenh-truy-cap",), "cpdt-2.0": ("kien-truc-ung-dung",)}
    assert component.certainty_of("maps.cpdt-1.0") is Certainty.STATED
    assert component.certainty_of("maps.cpdt-2.0") is Certainty.DERIVED
    assert (element.places, element.outside) == ({"cpdt-1.0": "chia-se-tich-hop"}, {"cpdt-2.0": "Chưa rõ"})
    assert element.certainty_of("places.cpdt-1.0") is Certainty.DOUBTFUL
    assert element.certainty_of("places.cpdt-2.0") is Certainty.ASSUMED
    assert element.span("places", "cpdt-1.0").text == "chia-se-tich-hop"  # type: ignore[union-attr]


def test_a_long_form_inside_a_field_is_told_where_it_is_wrong(load_text: LoadText) -> None:
    loaded = load_text("""
        components:
          c: {order: 1, name: C, maps: {cpdt-1.0: {value: [kenh-truy-cap], source: x, certainty: sure}}}
        elements:
          a: {kind: node, name: A, in_state: {nay: {owner: {value: tinh, certainty: sure}}}}
        states: {nay: {name: Nay, role: baseline}}
        """)
    assert [(one.code, one.span.text) for one in loaded.findings if one.span] == [("M-VALUE", "sure")] * 2
    loaded = load_text("""
        components: {c: {order: 1, name: C, maps: {cpdt-1.0: {value: [kenh-truy-cap], source: x}}}}
        """)
    assert [(one.code, one.span.text) for one in loaded.findings if one.span] == [("M-REF", "x")]


def test_an_unknown_says_why_and_takes_who_and_by_when_from_the_defaults(made: Made) -> None:
    elements = made(
        """
        defaults: {ask: tinh, by: 2017-12-31, source: s}
        sources: {s: {kind: press, title: Báo}}
        elements:
          a: {kind: application, name: A, owner: {unknown: chưa rõ}}
          b: {kind: application, name: B, owner: {unknown: chưa rõ, by: 2018-01-31}, source: t}
        """.replace("source: t", "source: s")
    ).elements
    owner = elements["a"].owner
    assert isinstance(owner, Unknown) and not owner
    assert (owner.unknown, owner.ask, owner.by) == ("chưa rõ", "tinh", date(2017, 12, 31))
    assert elements["b"].owner.by == date(2018, 1, 31)  # type: ignore[union-attr]
    assert elements["a"].sources == ("s",)


@pytest.mark.parametrize(
    ("written", "states"),
    [
        ("[nay, mai]", {"nay": "present", "mai": "present"}),
        ("nay", {"nay": "present"}),
        ("{nay: absent, mai: unknown}", {"nay": "absent", "mai": "unknown"}),
        ("[]", {}),
    ],
)
def test_states_are_one_a_list_or_a_mapping(made: Made, written: str, states: dict[str, str]) -> None:
    architecture = made(f"""
        states: {{nay: {{name: Nay, role: baseline}}, mai: {{name: Mai, role: target}}}}
        elements: {{a: {{kind: application, name: A, states: {written}}}}}
        """)
    assert architecture.elements["a"].states == states


def test_a_verb_takes_an_id_a_list_or_mappings_with_attributes(made: Made) -> None:
    relations = made("""
        elements:
          a:
            kind: application
            name: A
            uses: b
            reads: [d]
            sends:
              - b
              - {id: a-b-c, to: [b, c], data: [i], protocol: https, status: planned}
          b: {kind: platform, name: B}
          c: {kind: platform, name: C}
          d: {kind: data_store, name: D}
          i: {kind: information, name: I}
        """).relations
    assert [(r.verb.value, r.target, r.id, r.data) for r in relations] == [
        ("uses", "b", "", ()),
        ("sends", "b", "", ()),
        ("sends", "b", "a-b-c", ("i",)),
        ("sends", "c", "a-b-c", ("i",)),
        ("reads", "d", "", ()),
    ]
    assert relations[0].span().text == "b"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("4500000000", 4_500_000_000),
        ('"4,5 tỷ"', 4_500_000_000),
        ("350 triệu", 350_000_000),
        ("1.250 triệu đồng", 1_250_000_000),
        ("12.500.000 đồng", 12_500_000),
        ("0", 0),
    ],
)
def test_money_is_read_exactly(made: Made, written: str, amount: int) -> None:
    tasks = made(f"tasks: {{t: {{name: T, cost: [{{year: 2018, fund: x, amount: {written}}}]}}}}").records["tasks"]
    assert tasks["t"].cost[0].amount == amount


def test_quantities_are_bare_about_or_over(made: Made) -> None:
    goals = made("""
        goals:
          a: {name: A, quantity: 95}
          b: {name: B, quantity: {about: 40, unit: trường hợp}}
          c: {name: C, quantity: {over: 0.5, unit: "%"}}
        """).records["goals"]
    assert [goals[id].quantity.model_dump(exclude_none=True) for id in "abc"] == [
        {"value": 95},
        {"about": 40, "unit": "trường hợp"},
        {"over": Decimal("0.5"), "unit": "%"},
    ]


def test_one_wrong_thing_does_not_hide_another(load_text: LoadText) -> None:
    loaded = load_text("""
        elements:
          a: {kind: aplication, name: A, owner: khong-co}
          b: {kind: application, nam: B, security_level: 9, uses: [khong-co-nua]}
          c: {kind: network, name: C, sends: b, service_level: 4}
        goals:
          g: {name: G, year: 20, quantity: {vlaue: 5}}
        """)
    assert [(finding.code, finding.span.line) for finding in loaded.findings if finding.span] == [
        ("M-KIND", 2),
        ("M-REF", 2),
        ("M-KEY", 3),
        ("M-RANGE", 3),
        ("M-REF", 3),
        ("M-PAIR", 4),
        ("M-FIELD", 4),
        ("M-RANGE", 6),
        ("M-KEY", 6),
    ]


@pytest.mark.parametrize(
    ("limits", "text", "at"),
    [
        (Limits(elements=1), "elements: {a: {kind: node, name: A}, b: {kind: node, name: B}}", (1, 38)),
        (Limits(relations=1), "elements: {a: {kind: node, name: A, connects: [a, a]}}", (1, 51)),
    ],
)
def test_more_than_an_operator_allows_is_refused(load_text: LoadText, limits: Limits, text: str, at: Any) -> None:
    loaded = load_text(text, limits)
    assert loaded.refused
    assert [(one.code, one.span.line, one.span.column) for one in loaded.findings if one.span] == [("M-COUNT", *at)]


def test_a_record_inside_another_is_told_where_it_is_named(load_text: LoadText) -> None:
    found = load_text("""
        elements:
          a: {kind: application, name: A, uses: lgsp}
          ngsp:
            kind: platform
            name: NGSP
            lgsp: {kind: platform}
          lgsp-2: {kind: platform, name: LGSP}
        """).findings
    assert [one.code for one in found] == ["M-REF", "M-KEY"]
    for lang, words in (("vi", "có ghi ở a.yaml:6:5"), ("en", "it is written at a.yaml:6:5")):
        told = remark(found[0], lang).message
        assert words in told
        assert "lgsp-2" not in told


def test_a_long_list_of_what_is_allowed_is_cut_to_what_is_nearest(load_text: LoadText) -> None:
    (key,) = load_text("elements: {a: {kind: application, name: A, zzprotcol: x, uses: []}}").findings
    allowed = key.values["allowed"].split(", ")
    told = remark(key, "en").remedy
    assert f"and {len(allowed) - 8} more (all of them: `kientruc explain elements`)" in told
    assert told.count(", ") == 7
    (role,) = load_text("elements: {a: {kind: application, name: A, role: online_service_portal}}").findings
    assert "online_services" in remark(role, "vi").remedy.partition(",")[0]
