"""Fields, values and causes of a difference in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kientruc.comparing import Cause, FieldChange
from kientruc.loading.relations import VERBS
from kientruc.messages import has, text
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.model.values import Json
from kientruc.views.words import day, label, name, number_words

_KINDS = {kind.value: kind for kind in Kind}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PARTS = re.compile(r"\[[^\]]*\]|[^.\[]+")  # of a path: cost[2027].amount
_MONEY = frozenset(("amount", "total"))
# Fields whose values are codes, and the table of the catalogue that says each.
_WORDED = {
    **{name: name for name in ("treatment", "certainty", "mapping", "priority", "lifecycle", "sharing", "scope")},
    **{name: name for name in ("access", "data_readiness")},
    **{"form": "sourcing", "status": "exchange", "states": "inside", "progress": "execution", "verdict": "handling"},
    **{"state": "paper step conclusion", "reason": "reason", "position": "position"},
}
_CODES = frozenset(("role", "type", "access", "treatment", "kind", "status", "form", "priority", "state", "verdict"))
_PLAIN_NUMBERS = frozenset(("year", "order", "from", "until"))


class Words:
    """Puts parts of a difference into words; what is gone has the name it had."""

    def __init__(self, old: Architecture, new: Architecture, lang: str) -> None:
        self.old, self.new, self.lang = old, new, lang

    def say(self, key: str, **values: object) -> str:
        """Give the words of a key."""
        return text(key, self.lang, **values)

    def record(self, section: str, id: str) -> Record | None:
        """Find a record as it is now, else as it was."""
        return self.new.records.get(section, {}).get(id) or self.old.records.get(section, {}).get(id)

    def name(self, section: str, id: str) -> str:
        """Name a record; a comment, conclusion or note, which has no name, by its id."""
        record = self.record(section, id)
        return name(record, self.lang) if record else id

    def anything(self, id: str) -> str:
        """Name whatever has an id now, or had it."""
        return label(self.new if self.new.find(id) else self.old, id, self.lang)

    def verb(self, key: str) -> str:
        """Read a verb between its source and its target."""
        verb = VERBS[key]
        return verb.vi if self.lang == "vi" else verb.en

    def field(self, parts: Sequence[str]) -> str:
        """Name a field by the parts of its path: "kinh phí [2027, ngan-sach-tinh] · số tiền"."""
        found: list[str] = []
        for part in parts:
            if part.startswith("["):
                found[-1] += f" {part.replace(',', ', ')}"
            else:
                found.append(self._part(part))
        return " · ".join(found)

    def _part(self, part: str) -> str:
        if has(f"field.{part}", self.lang):
            return self.say(f"field.{part}")
        if part in VERBS:
            return self.verb(part)
        state = self.record("states", part)
        return name(state, self.lang) if state else part

    def value(self, value: Json, field: str) -> str:
        """Write a value as a reader of the language expects it.

        Args:
            field: the last named part of its path.
        """
        if value is None:
            return "–"
        if isinstance(value, bool):
            return self.say("difference.yes" if value else "difference.no")
        if isinstance(value, int):
            return self._number(value, field)
        if isinstance(value, list):
            return "; ".join(self.value(item, field) for item in value)
        if isinstance(value, dict):
            return self._mapping(value)
        return self._text(str(value), field)

    def _number(self, value: int, field: str) -> str:
        if field in _PLAIN_NUMBERS:
            return str(value)
        words = number_words(value, self.lang)
        return self.say("word.dong", amount=words) if field in _MONEY else words

    def _mapping(self, value: dict[str, Json]) -> str:
        if value.keys() == {"id"} or value.keys() == {"id", "fields"}:  # a place
            return self._called(str(value["id"])) + self.limits(_texts(value.get("fields")))
        if value.keys() == {"name", "title"}:  # a person
            return f"{value['name']}, {value['title']}"
        if "unknown" not in value:
            return "; ".join(f"{self._part(key)}: {self.value(inner, key)}" for key, inner in value.items())
        english = value.get("unknown_en") if self.lang == "en" else None
        words = self.say("show.unknown", why=english or value["unknown"])
        if value.get("ask"):
            words += f"; {self.say('text.ask')} {self.anything(str(value['ask']))}"
        return f"{words}; {self.say('text.by')} {self.value(value['by'], 'by')}" if value.get("by") else words

    def _text(self, value: str, field: str) -> str:
        if field == "kind" and (kind := _KINDS.get(value)):
            return kind.vi if self.lang == "vi" else kind.en
        tables = _WORDED.get(field, "inside" if self.record("states", field) else "").split()
        table = next((one for one in tables if has(f"{one}.{value}", self.lang)), "")
        if table:
            return self.say(f"{table}.{value}")
        if _DAY.fullmatch(value):
            return day(date.fromisoformat(value), self.lang)
        if field not in _CODES and _ID.fullmatch(value) and (self.new.find(value) or self.old.find(value)):
            return self._called(value)
        if field == "fields":
            return self._path(value)
        return value

    def _called(self, id: str) -> str:
        """Name what has an id with the id behind; what has no name is called by its id alone."""
        known = self.anything(id)
        return f"{known} [{id}]" if known != id else id

    def limits(self, fields: Sequence[str]) -> str:
        """Say in brackets which fields of a record are meant; "" where all of it is."""
        return f" ({', '.join(map(self._path, fields))})" if fields else ""

    def _path(self, path: str) -> str:
        return self.field(_PARTS.findall(path))

    def sides(self, field: FieldChange) -> tuple[str, str]:
        """Write what a field said before and says now."""
        last = next((part for part in reversed(field.parts) if not part.startswith("[")), "")
        return self.value(field.before, last), self.value(field.after, last)

    def cause(self, cause: Cause) -> str:
        """Tell who asked for a change, and where: one line."""
        limited = self.limits(cause.fields)
        records = self.new.records
        if cause.section == "conclusions":
            hearing = name(records["hearings"][cause.hearing], self.lang)
            return self.say("difference.by-conclusions", id=cause.id, hearing=hearing) + limited
        if cause.section == "decisions":
            title = name(records["decisions"][cause.id], self.lang)
            return self.say("difference.by-decisions", id=cause.id, title=title) + limited
        body = self.anything(records[cause.section][cause.id].from_)
        if cause.section == "conditions":
            return self.say("difference.by-conditions", id=cause.id, body=body) + limited
        return self.say("difference.by-comments", id=cause.id, body=body) + limited

    def asked(self, cause: Cause) -> tuple[str, str]:
        """Give the text of a cause, and what was answered to it; "" where nothing was."""
        records = self.new.records
        if cause.section == "conclusions":
            one = records["hearings"][cause.hearing].conclusions[cause.id]
            return self._either(one.text, one.text_en), self._either(one.answer or "", one.answer_en)
        record = records[cause.section][cause.id]
        if cause.section == "decisions":
            return self._either(record.reason or "", record.reason_en), ""
        told = self._either(record.text, record.text_en)
        if cause.section == "conditions":
            return told, ""
        return told, self._either(record.response or "", record.response_en)

    def _either(self, vi: str, en: str | None) -> str:
        return en if self.lang == "en" and en else vi


def _texts(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
