"""What surveys bring, as edits of the files: values with their source, new elements, connections, the submissions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kientruc.editing.edits import Edits
from kientruc.editing.patch import Patch
from kientruc.editing.refused import EditRefused
from kientruc.intake.added import Added, Keys, loads
from kientruc.intake.survey_book import Filled
from kientruc.loading import Loaded
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.legal import Source, SourceKind
from kientruc.model.record import Record
from kientruc.model.values import Certainty
from kientruc.model.verbs import Verb
from kientruc.reading.limits import Limits
from kientruc.reading.tree import Mapping as Tree
from kientruc.reading.tree import child, is_long
from kientruc.source import CellSpan

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Submission:
    """A form, and the body that filled it in."""

    filled: Filled
    body: str


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is to stand under a path of a record; without a record, in one that is still to be made."""

    record: Record | None
    path: tuple[str | int, ...]
    value: Any
    at: CellSpan
    sender: Submission
    plain: bool = False  # bears no source of its own


@dataclass(frozen=True, slots=True)
class Link:
    """A new connection."""

    source: str
    verb: Verb
    target: str
    data: Data
    sender: Submission

    @property
    def says(self) -> str:
        """What it says, whoever said it."""
        return repr((self.source, self.verb.value, self.target, sorted(self.data.items())))


@dataclass
class Plan:
    """All that is to be written; `sourcing` has, by element, what is said of how it was obtained."""

    changes: list[Change] = field(default_factory=list)
    sourcing: dict[str, list[Change]] = field(default_factory=dict)
    elements: dict[str, Data] = field(default_factory=dict)
    owners: dict[str, Submission] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is new."""
        return not (self.changes or self.sourcing or self.elements or self.links)


def patch_for(loaded: Loaded, plan: Plan, into: str, limits: Limits) -> Patch:
    """Make the patch, and load what it makes.

    Raises:
        EditRefused: a file cannot be edited, or what would be written does not load.
    """
    assert loaded.architecture is not None
    writer = _Writer(loaded, loaded.architecture, into, limits)
    writer.all(plan)
    patch = writer.edits.patch()
    after = loads(loaded, patch)
    if after.architecture is None:
        code = after.findings[0].code if after.findings else "–"
        raise EditRefused(
            "survey.breaks", code=code, where=str(after.findings[0].span or "–") if after.findings else "–"
        )
    return patch


class _Writer:
    def __init__(self, loaded: Loaded, architecture: Architecture, into: str, limits: Limits) -> None:
        self.architecture, self.into = architecture, into
        self.edits = Edits(loaded.files, limits)
        self.added = Added(loaded, architecture, self.edits)
        self.sources: dict[int, str] = {}  # of submissions, by their form
        self.also: dict[tuple[str, Keys], tuple[Record, list[str]]] = {}  # sources that records get besides theirs

    def all(self, plan: Plan) -> None:
        for change in plan.changes:
            self.change(change)
        items: dict[tuple[str, Verb], list[Any]] = {}
        for link in plan.links:
            told = {"to": link.target, **link.data, "source": self.source(link.sender), "certainty": "stated"}
            items.setdefault((link.source, link.verb), []).append(told)
        for id, data in plan.elements.items():
            sender = plan.owners[id]
            verbs = {verb.value: found for (source, verb), found in items.items() if source == id}
            told = {**data, **verbs, "source": self.source(sender), "certainty": "stated"}
            self.added.add("elements", id, told, self.into, sender.body)
        for (source, verb), found in items.items():
            if source not in plan.elements:
                self.added.relate(source, verb.value, found)
        for id, changes in plan.sourcing.items():
            self.obtain(id, changes)
        self.finish()

    # --- values ---

    def change(self, change: Change) -> None:
        """Write a value; with its source, where the format lets it bear one, else that goes to its record."""
        assert change.record is not None
        path, keys = self.added.where(change.record)
        steps = tuple(part.rstrip("_") if isinstance(part, str) else part for part in change.path)
        value, own = change.value, ".".join(map(str, steps))
        if not change.plain and (len(steps) == 1 or (steps[0] == "in_state" and len(steps) == 3)):
            value = {"value": value, "source": self.source(change.sender)}
            if change.record.certainty_of(own) is not Certainty.STATED:
                value["certainty"] = "stated"
        elif not change.plain:
            self.also.setdefault((path, keys), (change.record, []))[1].append(self.source(change.sender))
        self.put(path, (*keys, *_written(change.record, steps)), value, change.record.origin.has(*steps))

    def put(self, path: str, keys: Keys, value: Any, there: bool) -> None:
        (self.edits.replace if there else self.edits.insert)(path, keys, value)

    # --- new things ---

    def obtain(self, id: str, changes: list[Change]) -> None:
        """Say how an element was obtained; an amount alone leaves the form unknown."""
        told = {str(change.path[-1]): change.value for change in changes}
        sender = changes[0].sender
        unknown = {"unknown": text("survey.form-unsaid", "vi"), "ask": sender.body}
        data = {
            "of": id,
            "form": told.get("form", unknown),
            "amount": told.get("amount"),
            "source": self.source(sender),
        }
        data = {key: value for key, value in data.items() if value is not None} | {"certainty": "stated"}
        self.added.add("sourcing", self.added.free(f"ht-{id}"), data)

    def source(self, sender: Submission) -> str:
        """Give the id of the source that a form is, made at its first use unless it was taken in before."""
        key = id(sender.filled)
        if key in self.sources:
            return self.sources[key]
        filled, body = sender.filled, self.architecture.organisations[sender.body].name
        title = text("survey.told-letter" if filled.letter else "survey.told", "vi", body=body, letter=filled.letter)
        note = text("survey.told-person", "vi", person=filled.person) if filled.person else None
        data = {"kind": "submission", "title": title, "publisher": body, "date": filled.date, "note": note}
        known: Iterable[Source] = self.architecture.records["sources"].values()
        same = [one.id for one in known if one.kind is SourceKind.SUBMISSION and _agrees(one, data)]
        id_of = same[0] if same else self.added.free(f"phieu-{sender.body}")
        if not same:
            data = {key: value for key, value in data.items() if value is not None}
            self.added.add("sources", id_of, data)
        self.sources[key] = id_of
        return id_of

    def finish(self) -> None:
        """Write the new records, and the sources that old ones get besides theirs."""
        self.added.write()
        for (path, keys), (record, new) in self.also.items():
            sources = [*dict.fromkeys((*record.sources, *new))]
            self.put(path, (*keys, "source"), sources, record.origin.has("source"))


def _written(record: Record, path: tuple[str | int, ...]) -> Iterator[str | int]:
    """Give the keys of a path as it is written: through long forms."""
    node = record.origin.node
    for part in path:
        if isinstance(node, Tree) and str(part) not in node and is_long(node):
            yield "value"
            node = node["value"]
        yield part
        node = child(node, part)


def _agrees(there: Source, new: Mapping[str, Any]) -> bool:
    return all(getattr(there, key) == new[key] for key in ("title", "publisher", "date"))
