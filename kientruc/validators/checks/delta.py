"""What differs between baseline and target is a task or declared open; and what is planned changes something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from kientruc.graph import Change, ElementChange, Gap, RelationChange
from kientruc.messages import text
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.covering import Cover, Covers
from kientruc.validators.matter import Found, Matter, days
from kientruc.validators.selection import Selection
from kientruc.validators.standing import doubt, joining, unsure


class Delta(Check):
    """`of: elements`: each element in the gap, and each relation that comes, goes or changes between two that stay.

    Covered is what a task delivers or covers, what a content is about that a task covers, and what such a content
    declares open with a day that has not passed. `of: contents`, `of: tasks`: each that names elements touches the gap.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"change", "fields", "found"}

    kind: Literal["delta"]
    of: Literal["elements", "contents", "tasks"] = "elements"
    select: Selection = Selection()

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each element, then for each relation in the gap; nothing without both states."""
        if matter.gap is None:
            return
        if self.of != "elements":
            yield from _planned(self.of, matter.gap, matter)
            return
        selected = {element.id: element for element in self.select.of(matter)}
        covers = Covers(matter)
        for id, one in matter.gap.elements.items():
            if id in selected and one.change is not Change.KEPT:
                element = selected[id]
                values = {**matter.about(element), **_told(one, matter)}
                yield _judge((id,), values, covers.of(id), element.span(), _open(one, matter, (id,)), matter)
        for relation in matter.gap.relations:
            stay = all(matter.gap.change(end) in (Change.KEPT, None) for end in relation.ends)
            if relation.change is not Change.KEPT and stay and not selected.keys().isdisjoint(relation.ends):
                yield _relation(relation, covers.of_any(dict.fromkeys(relation.ends)), matter)


def _told(one: ElementChange | RelationChange, matter: Matter) -> dict[str, str]:
    """Fill the placeholders that say what becomes of it, and of which fields."""
    named = tuple(field.field for field in one.fields) if one.change is Change.CHANGED else ()
    key = f"change.{one.change.value}"
    said = matter.fields(named, "fields") if named else matter.nothing("fields")
    return {"change": text(key, "vi"), "change_en": text(key, "en"), **said, **matter.nothing("found")}


def _relation(one: RelationChange, covers: tuple[Cover, ...], matter: Matter) -> Found:
    relation, subjects = one.relation, one.ends
    source = matter.architecture.find(relation.source_id)
    assert source is not None
    values = {**matter.about(source), **_told(one, matter)}
    if one.change is not Change.CHANGED:
        values |= joining(relation, matter, "fields")
    found = _judge(subjects, values, covers, relation.span(), _open(one, matter, subjects), matter)
    if found.status is Status.FAIL and relation.certainty is Certainty.ASSUMED:
        return replace(found, status=Status.MANUAL, reason="assumed")
    return found


def _open(one: ElementChange | RelationChange, matter: Matter, subjects: tuple[str, ...]) -> Found | None:
    return unsure(one, matter, subjects) if one.differs is None else None


def _judge(
    subjects: tuple[str, ...],
    values: Mapping[str, str],
    covers: tuple[Cover, ...],
    span: Span | None,
    open: Found | None,
    matter: Matter,
) -> Found:
    """Decide by the best cover; what is covered may be unsure, for nothing is left undone either way."""
    holding = [cover for cover in covers if cover.open is None or cover.open.by >= matter.on]
    if holding and not holding[0].assumed:
        best = holding[0]
        return Found(Status.PASS, "by-task" if best.task else "declared-open", subjects, {}, best.path, span)
    if open is not None:
        return open
    if holding:
        task = matter.name(holding[0].path[-1])
        values = {**values, "found": task["vi"], "found_en": task["en"]}
        return Found(Status.MANUAL, "cover-assumed", subjects, values, holding[0].path, span)
    overdue = next((cover for cover in covers if cover.open is not None), None)
    if overdue is None or overdue.open is None:
        return Found(Status.FAIL, "uncovered", subjects, values, (), span)
    content = matter.architecture.records["contents"][overdue.path[-1]]
    also = (place,) if (place := content.span("open", "by")) else ()
    return Found(
        Status.FAIL, "overdue", subjects, {**values, **days((overdue.open.by,), "found")}, overdue.path, span, also
    )


def _planned(section: str, gap: Gap, matter: Matter) -> Iterator[Found]:
    """Hold what is planned against the gap: it names an element that comes, goes, changes or is joined otherwise."""
    changes: list[tuple[str, ElementChange | RelationChange]] = list(gap.elements.items())
    changes += [(end, one) for one in gap.relations for end in one.ends]
    touched = {id for id, one in changes if one.differs}
    unclear = {id: one for id, one in reversed(changes) if one.differs is None}
    named = _named(section, matter)
    for id, record in matter.architecture.records[section].items():
        found = (matter.architecture.elements.get(one) for one in named.get(id, ()))
        about = [element for element in found if element is not None and matter.graph.is_checked(element)]
        if not about:
            continue
        if hit := next((element.id for element in about if element.id in touched), None):
            yield Found(Status.PASS, "touches", (id,), {}, (id, hit), record.span())
            continue
        open = next((unclear[element.id] for element in about if element.id in unclear), None)
        states = (gap.before, gap.after)
        unsaid = next(filter(None, (doubt(element, states, matter, (id,)) for element in about)), None)
        values = {**matter.about(record), **matter.nothing("change"), **matter.nothing("fields")}
        values |= matter.names([element.id for element in about], "found")
        failed = Found(Status.FAIL, "no-change", (id,), values, (), record.span())
        yield unsure(open, matter, (id,)) if open else unsaid or failed


def _named(section: str, matter: Matter) -> Mapping[str, tuple[str, ...]]:
    """Give the ids that each content is about, or that each task delivers or covers, itself or through a content."""
    about = {id: content.about for id, content in matter.architecture.records["contents"].items()}
    if section == "contents":
        return about
    named: dict[str, list[str]] = {}
    for relation in matter.architecture.relations:
        if relation.verb in (Verb.DELIVERS, Verb.COVERS):
            named.setdefault(relation.source_id, []).extend(about.get(relation.target, (relation.target,)))
    return {id: tuple(dict.fromkeys(found)) for id, found in named.items()}
