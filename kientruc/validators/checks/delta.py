"""What differs between baseline and target is a task or declared open; and what is planned changes something."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from kientruc.graph import Change, ElementChange, Gap, RelationChange
from kientruc.graph.covering import Cover, Covers
from kientruc.messages import text
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.matter import Found, Matter, days
from kientruc.validators.selection import Selection
from kientruc.validators.standing import doubt, joining, spans, unsure

SORTS = ("touched", "unclear", "unsaid", "same")  # how what is named stands to the gap, what decides first


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
            yield from _Plans(matter.gap, matter).outcomes(self.of)
            return
        selected = {element.id: element for element in self.select.of(matter)}
        covers = Covers(matter.architecture, matter.on)
        for id, one in matter.gap.elements.items():
            if id in selected and one.change is not Change.KEPT:
                element = selected[id]
                values = {**matter.about(element), **_told(one, matter)}
                yield _judge((id,), values, covers.best((id,)), element.span(), _open(one, matter, (id,)), matter)
        for relation in matter.gap.relations:
            stay = all(matter.gap.change(end) in (Change.KEPT, None) for end in relation.ends)
            if relation.change is not Change.KEPT and stay and not selected.keys().isdisjoint(relation.ends):
                yield _relation(relation, covers.best(relation.ends), matter)


def _told(one: ElementChange | RelationChange, matter: Matter) -> dict[str, str]:
    """Fill the placeholders that say what becomes of it, and of which fields."""
    named = tuple(field.field for field in one.fields) if one.change is Change.CHANGED else ()
    key = f"change.{one.change.value}"
    said = matter.fields(named, "fields") if named else matter.nothing("fields")
    return {"change": text(key, "vi"), "change_en": text(key, "en"), **said, **matter.nothing("found")}


def _relation(one: RelationChange, cover: Cover | None, matter: Matter) -> Found:
    relation, subjects = one.relation, one.ends
    source = matter.architecture.find(relation.source_id)
    assert source is not None
    values = {**matter.about(source), **_told(one, matter)}
    if one.change is not Change.CHANGED:
        values |= joining(relation, matter, "fields")
    target = matter.name(relation.target)
    for lang, suffix, verb in (("vi", "", relation.verb.vi), ("en", "_en", relation.verb.en)):
        change = values[f"change{suffix}"]
        values[f"change{suffix}"] = text("change.relation", lang, verb=verb, target=target[lang], change=change)
    found = _judge(subjects, values, cover, relation.span(), _open(one, matter, subjects), matter)
    if found.status is Status.FAIL and relation.certainty is Certainty.ASSUMED:
        return replace(found, status=Status.MANUAL, reason="assumed")
    return found


def _open(one: ElementChange | RelationChange, matter: Matter, subjects: tuple[str, ...]) -> Found | None:
    return unsure(one, matter, subjects) if one.differs is None else None


def _judge(
    subjects: tuple[str, ...],
    values: Mapping[str, str],
    cover: Cover | None,
    span: Span | None,
    open: Found | None,
    matter: Matter,
) -> Found:
    """Decide by the best cover; what is covered may be unsure, for nothing is left undone either way."""
    if cover is not None and not cover.overdue and not cover.assumed:
        return Found(Status.PASS, "by-task" if cover.task else "declared-open", subjects, {}, cover.path, span)
    if open is not None:
        return open
    if cover is None:
        return Found(Status.FAIL, "uncovered", subjects, values, (), span)
    if cover.open is None or not cover.overdue:
        values = {**values, **matter.names((cover.path[-1],), "found")}
        return Found(Status.MANUAL, "cover-assumed", subjects, values, cover.path, span)
    content = matter.architecture.records["contents"][cover.path[-1]]
    values = {**values, **days((cover.open.by,), "found")}
    return Found(Status.FAIL, "overdue", subjects, values, cover.path, span, spans(content.span("open", "by")))


class _Plans:
    """Holds what is planned against the gap: it names an element that comes, goes, changes or is joined otherwise."""

    def __init__(self, gap: Gap, matter: Matter) -> None:
        self.matter, self.states = matter, (gap.before, gap.after)
        changes: list[tuple[str, ElementChange | RelationChange]] = list(gap.elements.items())
        changes += [(end, one) for one in gap.relations for end in one.ends]
        self.touched = {id for id, one in changes if one.differs}
        self.unclear = {id: one for id, one in reversed(changes) if one.differs is None}
        self._kinds: dict[str, tuple[str, str]] = {}

    def outcomes(self, section: str) -> Iterator[Found]:
        """Give one outcome for each content, or task, that names elements of the architecture as submitted."""
        records, named = self.matter.architecture.records[section], _named(section, self.matter)
        for id, record in records.items():
            found = dict(reversed([self._kind(one) for one in named.get(id, ())]))  # of each sort the first
            subjects = (id,)
            if "touched" in found:
                yield Found(Status.PASS, "touches", subjects, {}, (id, found["touched"]), record.span())
            elif "unclear" in found:
                yield unsure(self.unclear[found["unclear"]], self.matter, subjects)
            elif "unsaid" in found:
                element = self.matter.architecture.elements[found["unsaid"]]
                yield doubt(element, self.states, self.matter, subjects) or Found(Status.MANUAL, "undecided", subjects)
            elif "same" in found:
                about = (*self.matter.about(record).items(), *self.matter.names(named[id], "found").items())
                values = {**dict(about), **self.matter.nothing("change"), **self.matter.nothing("fields")}
                yield Found(Status.FAIL, "no-change", subjects, values, (), record.span())

    def _kind(self, id: str) -> tuple[str, str]:
        """Tell how what is named stands to the gap, and by which element; of a content by all it is about, once."""
        if id not in self._kinds:
            content = self.matter.architecture.records["contents"].get(id)
            if content is None:
                self._kinds[id] = (self._element(id), id)
            else:
                found = {self._element(one): one for one in reversed(content.about)}
                sort = next((one for one in SORTS if one in found), "nothing")
                self._kinds[id] = (sort, found.get(sort, id))
        return self._kinds[id]

    def _element(self, id: str) -> str:
        element = self.matter.architecture.elements.get(id)
        if element is None or not self.matter.graph.is_checked(element):
            return "nothing"
        if id in self.touched:
            return "touched"
        if id in self.unclear:
            return "unclear"
        return "same" if element.states else "unsaid"


def _named(section: str, matter: Matter) -> Mapping[str, list[str]]:
    """Give the ids that each content is about, or that each task delivers or covers."""
    named: dict[str, list[str]] = defaultdict(list)
    if section == "contents":
        for id, content in matter.architecture.records["contents"].items():
            named[id].extend(content.about)
        return named
    for relation in matter.architecture.relations:
        if relation.verb in (Verb.DELIVERS, Verb.COVERS):
            named[relation.source_id].append(relation.target)
    return named
