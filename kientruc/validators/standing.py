"""Where things stand in the states, in words; and what a check says when nobody knows, or says, where they do."""

from __future__ import annotations

from dataclasses import replace

from kientruc.graph import Change, ElementChange, RelationChange
from kientruc.messages import text
from kientruc.model.element import Element, Relation
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import unknown
from kientruc.validators.matter import Found, Matter

OPEN = {"unknown": "membership-unknown", "unsaid": "membership-unsaid"}  # memberships that wait for an answer


def doubt(element: Element, states: tuple[str, ...], matter: Matter, subjects: tuple[str, ...]) -> Found | None:
    """Make the outcome that waits for somebody to tell where an element is; None if that is known of these states."""
    for state in states:
        word = matter.graph.membership(element, state)
        if word in OPEN:
            values = {**matter.about(element), **named(state, "state", matter), **asked(element, matter)}
            return Found(Status.MANUAL, OPEN[word], subjects, values, (), element.span("states"))
    return None


def unsure(one: ElementChange | RelationChange, matter: Matter, subjects: tuple[str, ...]) -> Found:
    """Make the outcome for a change of which nobody can tell whether it is one."""
    assert matter.gap is not None
    states = (matter.gap.before, matter.gap.after)
    record: Element | Relation
    record = matter.architecture.elements[one.id] if isinstance(one, ElementChange) else one.relation
    if one.change is Change.CHANGED:
        field = one.fields[0]
        assert field.unknown is not None
        about = matter.about(record) if isinstance(record, Element) else about_source(record, matter)
        return unknown(field.unknown, field.field, record, subjects, about, matter)
    if isinstance(record, Relation):
        return replace(open_relation(record, states, matter), subjects=subjects)
    found = doubt(record, states, matter, subjects)
    assert found is not None
    return found


def open_relation(relation: Relation, states: tuple[str, ...], matter: Matter) -> Found:
    """Make the outcome for a relation of which nobody knows whether it is in a state: by an end, or by itself."""
    ends = dict.fromkeys((relation.source_id, relation.target))
    elements = [matter.architecture.elements[id] for id in ends if id in matter.architecture.elements]
    subjects = tuple(ends)
    for state in states:
        unknown = [one for one in elements if matter.graph.membership(one, state) == "unknown"]
        if unknown and (found := doubt(unknown[0], (state,), matter, subjects)):
            return found
        if matter.graph.membership(relation, state) == "unknown":
            values = {**about_source(relation, matter), **named(relation.target, "target", matter)}
            values |= named(state, "state", matter)
            values |= asked(elements[0], matter) if elements else {"ask": "", "by": ""}
            return Found(Status.MANUAL, "relation-unknown", subjects, values, (), relation.span("states"))
    raise LookupError(relation.source_id)


def about_source(relation: Relation, matter: Matter) -> dict[str, str]:
    """Fill the placeholders that say which record a relation is written on."""
    source = matter.architecture.find(relation.source_id)
    return matter.about(source) if source else {}


def asked(element: Element, matter: Matter) -> dict[str, str]:
    """Name who must answer for an element, or else the agency."""
    who = matter.graph.answerer_of(element.id) or matter.architecture.head.agency
    return {**matter.asked((who,)), "by": "", "by_en": ""}


def standing(element: Element, states: tuple[str, ...], matter: Matter, key: str = "found") -> dict[str, str]:
    """Say of an element in which of these states it is and in which it is not."""
    words = [(matter.graph.membership(element, state), matter.name(state)) for state in states]
    return {
        f"{key}{suffix}": "; ".join(text(f"membership.{word}", lang, state=name[lang]) for word, name in words)
        for lang, suffix in (("vi", ""), ("en", "_en"))
    }


def joining(relation: Relation, matter: Matter, key: str = "found") -> dict[str, str]:
    """Say what a relation does: "sends data to “LGSP”"."""
    target = matter.name(relation.target)
    return {key: f"{relation.verb.vi} “{target['vi']}”", f"{key}_en": f"{relation.verb.en} “{target['en']}”"}


def spans(*places: Span | None) -> tuple[Span, ...]:
    """Give the places that were written, each once."""
    return tuple(dict.fromkeys(place for place in places if place is not None))


def named(id: str, key: str, matter: Matter) -> dict[str, str]:
    """Fill a placeholder with a thing's name."""
    name = matter.name(id)
    return {key: name["vi"], f"{key}_en": name["en"]}
