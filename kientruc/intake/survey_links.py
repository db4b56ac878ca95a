"""The table of connections of a survey: those that are on record stay as they went out, others are new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kientruc.finding import Severity
from kientruc.intake.survey_seen import VERBS, Seen
from kientruc.intake.survey_written import Link, Submission
from kientruc.model.verbs import Verb, groups_of
from kientruc.reading.workbook import Row, fold
from kientruc.views import survey_form as form


@dataclass
class Links:
    """Takes rows of connections."""

    seen: Seen
    said: set[str] = field(default_factory=set)  # what the new connections say

    def link(self, row: Row, sender: Submission) -> None:
        """Take a connection that is not on record; one that is must be as it went out."""
        if row.said("id"):
            if row.said("id").rpartition("/")[2] != form.link_mark(row.said(one.key) for one in form.LINKS[1:-1]):
                self.seen.tell(
                    "F-LOCKED", row.place("source"), Severity.MAJOR, field=form.words("sheet-links")[0], found="–"
                )
            return
        ends = [self.end(row, key, sender) for key in ("source", "target")]
        verb = self.seen.values.chosen("verbs", row.cells["verb"], "verb") if row.said("verb") else None
        lacking = [form.words(key)[0] for key in ("source", "verb", "target") if not row.said(key)]
        if lacking:
            self.seen.tell("F-LINK", row.at, row=str(row.number), missing=", ".join(lacking))
        if not (ends[0] and ends[1] and verb):
            return
        source, target = ends[0], ends[1]
        wanted = VERBS[verb]
        joins = wanted.joins(self.groups(source), self.groups(target))
        if not joins:
            names = {"found": row.said("verb"), "source": row.said("source"), "target": row.said("target")}
            self.seen.tell("F-VERB", row.place("verb"), Severity.MINOR, **names)
        link = Link(
            source, wanted if joins else Verb.DEPENDS_ON, target, dict(self.details(row, {source, target})), sender
        )
        if not self.is_there(link) and link.says not in self.said:
            self.said.add(link.says)
            self.seen.links.append(link)

    def details(self, row: Row, ends: set[str]) -> Iterator[tuple[str, Any]]:
        """Give what a row says of its connection."""
        parts = [part.strip() for part in re.split(r"[;\n]", row.said("data")) if part.strip()]
        named = {part: self.seen.values.element(part) for part in parts}
        data = [id for id in named.values() if id and id not in ends]
        payload = "; ".join(part for part, id in named.items() if not id)
        if data:
            yield "data", data
        if payload:
            yield "payload", payload
        for one in form.LINKS:
            if one.key in ("protocol", "status", "note") and row.said(one.key):
                yield one.key, self.seen.values.value(one, row.cells[one.key])

    def end(self, row: Row, key: str, sender: Submission) -> str:
        """Give the element at an end of a connection, which may be a new one of the same form; "" for none."""
        words = row.said(key)
        if not words:
            return ""
        new = self.seen.names.get((str(id(sender.filled)), fold(words)))
        found = new[0] if new else self.seen.values.element(words)
        if found is None:
            own = [one.id for one in self.seen.by_name.get(fold(words), ()) if self.seen.is_of(one, sender)]
            found = own[0] if len(own) == 1 else None
        if found is None:
            self.seen.tell("F-REF", row.place(key), found=words[:60])
        return found or ""

    def groups(self, id: str) -> frozenset[str]:
        element = self.seen.architecture.elements.get(id)
        return groups_of(element.kind.value if element else str(self.seen.elements[id]["kind"]))

    def is_there(self, link: Link) -> bool:
        """Tell whether a connection is on record already, saying as much."""
        for one in self.seen.relations.get((link.source, link.verb, link.target), ()):
            said = {"data": [*one.data], "payload": one.payload}
            if all(said[key] == link.data[key] for key in said if key in link.data):
                return True
        return False
