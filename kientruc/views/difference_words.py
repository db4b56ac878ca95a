"""Fields, values and causes of a difference in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kientruc.comparing import Cause, FieldChange
from kientruc.comparing.leaves import KEYS
from kientruc.frameworks import Role, edition_ids, load_words, roles
from kientruc.loading.relations import VERBS
from kientruc.messages import has, text
from kientruc.model.approval import Comment, Condition, Retired, Version
from kientruc.model.architecture import Architecture
from kientruc.model.kinds import Kind
from kientruc.model.record import Record
from kientruc.model.values import Json
from kientruc.model.verbs import Verb
from kientruc.views.words import day, name, number_words

_KINDS = {kind.value: kind for kind in Kind}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
PLACES = frozenset(("changed", "answered_by", "met_by"))
_OF_IDS = PLACES | {"basis"}  # lists whose entries are told apart by ids
_PEOPLE = frozenset(("chair", "secretary", "people", "person"))
_MONEY = frozenset(("amount", "total"))
# Fields whose values are codes, and the table of the catalogue that says each.
_WORDED = {
    **{name: name for name in ("treatment", "certainty", "mapping", "priority", "lifecycle", "sharing", "scope")},
    **{name: name for name in ("access", "data_readiness", "data_type", "data_models", "continuity", "level_dossier")},
    **{
        "form": "sourcing",
        "shares": "sourcing",
        "type": "statement sort",
        "status": "exchange",
        "states": "inside",
        "progress": "execution",
        "verdict": "handling",
    },
    **dict.fromkeys(("group_by", "order_by", "colour_by"), "group field"),
    **{
        "kind": "source",
        "role": "choice",
        "usage": "usage",
        "state": "paper step conclusion",
        "reason": "reason",
        "position": "position",
    },
}
_CODES = frozenset(
    (
        "role",
        "type",
        "level_dossier",
        "data_type",
        "data_models",
        "continuity",
        "shares",
        "access",
        "treatment",
        "kind",
        "status",
        "form",
        "priority",
        "state",
        "verdict",
    )
)
_PLAIN_NUMBERS = frozenset(("year", "order", "from", "until"))


class Words:
    """Puts parts of a difference into words; what is gone has the name it had.

    Args:
        cites: whether values that are ids are told with the id behind the name.
    """

    def __init__(self, old: Architecture, new: Architecture, lang: str, cites: bool = True) -> None:
        self.old, self.new, self.lang, self.cites = old, new, lang, cites

    def without_ids(self) -> Words:
        """Give words that name without citing."""
        return Words(self.old, self.new, self.lang, cites=False)

    def say(self, key: str, **values: object) -> str:
        """Give the words of a key."""
        return text(key, self.lang, **values)

    def record(self, section: str, id: str) -> Record | None:
        """Find a record as it is now, else as it was."""
        return self.new.records.get(section, {}).get(id) or self.old.records.get(section, {}).get(id)

    def name(self, section: str, id: str) -> str:
        """Name a record; a comment or condition by whose it is, a version by its number, a note by its id."""
        record = self.record(section, id)
        if isinstance(record, Comment | Condition):
            return self.say(f"difference.by-{section}", id=id, body=self.anything(record.from_))
        if isinstance(record, Version):
            return self.say("difference.version", version=record.number)
        return self._named(record) if record else id

    def _named(self, record: Record) -> str:
        """Name a record; what is retired has the name it had."""
        if isinstance(record, Retired):
            return self._either(record.name, record.name_en)
        return name(record, self.lang)

    def anything(self, id: str) -> str:
        """Name whatever has an id now, or had it."""
        if version := self.record("versions", id):
            return self.name("versions", version.id)
        record = self.new.find(id) or self.old.find(id)
        return self._named(record) if record else id

    def cited(self, id: str) -> str:
        """Name whatever has an id, with the id behind it; what has no name, by the id alone."""
        words = self.anything(id)
        return f"{words} [{id}]" if words != id and self.cites else words

    def verb(self, key: str) -> str:
        """Read a verb between its source and its target."""
        verb = VERBS[key]
        return verb.vi if self.lang == "vi" else verb.en

    def field(self, parts: Sequence[str], skip: int = 0) -> str:
        """Name a field by the parts of its path: "kinh phí năm 2027 (Ngân sách tỉnh) · số tiền".

        Args:
            skip: how many of the first parts were told already.
        """
        found: list[str] = []
        for at, part in enumerate(parts[skip:], skip):
            before = parts[at - 1] if at else ""
            if part.startswith("["):
                found.append(self._entry_of(found.pop() if found else "", before, part))
            elif part == "title" and any(one in _PEOPLE for one in parts[:at]):
                found.append(self.say("difference.title-of-person"))
            else:
                found.append(self._part(part))
        return " · ".join(found)

    def _entry_of(self, field: str, many: str, part: str) -> str:
        """Name an entry of a list that has words already, or whose words were told before: what it costs in a year."""
        told = self.entry(many, part)
        if many == "cost":
            year, _, fund = told.partition(", ")
            told = self.say("difference.in-year", field=field, year=year).strip()
            return f"{told} ({fund})" if fund else told
        return f"{field} [{told}]" if field else told

    def entry(self, many: str, part: str) -> str:
        """Tell which entry of a list a part of a path means: its keys, named where they are ids or codes."""
        keys = [one.strip() for one in part.removeprefix("[").removesuffix("]").split(",")]
        if many == "shares":
            return ", ".join(self._text(one, many) for one in keys)
        return ", ".join(map(self.anything, keys) if many in _OF_IDS else keys)

    def limit(self, field: str) -> str:
        """Name a field that a place is limited to: `owner`, `covers.nd-05` (one target), `cost.2027` (one entry)."""
        first, _, rest = field.replace("[", ".", 1).removesuffix("]").partition(".")
        if rest and first in VERBS:
            return f"{self.verb(first)} {self.anything(rest)}"
        if rest and first in KEYS:
            return self.field((first, f"[{rest}]"))
        return self.field(field.split("."))

    def _part(self, part: str) -> str:
        if has(f"field.{part}", self.lang):
            return self.say(f"field.{part}")
        if part in VERBS:
            return self.verb(part)
        return self.anything(part)

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
            return self.cited(str(value["id"])) + self.limits(_texts(value.get("fields")))
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
        known: dict[str, Mapping[str, Kind | Role | Verb]] = {"kind": _KINDS, "role": roles(), "verb": VERBS}
        if named := known.get(field, {}).get(value):
            return named.vi if self.lang == "vi" else named.en
        tables = _WORDED.get(field, "inside" if self.record("states", field) else "").split()
        if field == "fields":
            return self.limit(value)
        table = next((one for one in tables if has(f"{one}.{value}", self.lang)), "")
        if table:
            return self.say(f"{table}.{value}")
        if _DAY.fullmatch(value):
            return day(date.fromisoformat(value), self.lang)
        return self.cited(value) if field not in _CODES and _ID.fullmatch(value) else value

    def limits(self, fields: Sequence[str]) -> str:
        """Say in brackets which fields of a record are meant; "" where all of it is."""
        return f" ({', '.join(map(self.limit, fields))})" if fields else ""

    def sides(self, field: FieldChange) -> tuple[str, str]:
        """Write what a field said before and says now; of a list that changed, what went and what came."""
        last = next((part for part in reversed(field.parts) if not part.startswith("[")), "")
        before, after = field.before, field.after
        if field.parts[0] == "places" and len(field.parts) == 2:
            placed = (self.placed(last, side) if isinstance(side, str) else None for side in (before, after))
            one, other = (words or self.value(side, last) for words, side in zip(placed, (before, after), strict=True))
            return one, other
        if isinstance(before, list) and isinstance(after, list):
            gone, come = ([one for one in mine if one not in its] for mine, its in ((before, after), (after, before)))
            kept = self.say("difference.kept", count=len(after) - len(come))
            told = self.say("difference.came", words=self.value(list[Json](come), last)) if come else "–"
            went = self.say("difference.went", words=self.value(list[Json](gone), last)) if gone else "–"
            return went, f"{told} ({kept})" if len(after) > len(come) else told
        return self.value(before, last), self.value(after, last)

    def placed(self, edition: str, place: str) -> str:
        """Name a place of an edition, with its id behind."""
        known = load_words(edition).places.get(place) if edition in edition_ids() else None
        if not known:
            return place
        return f"{known.name.in_(self.lang)} [{place}]" if self.cites else known.name.in_(self.lang)

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

    def verdict(self, cause: Cause) -> tuple[str, bool]:
        """Tell what became of what was asked, and whether it was done in part only."""
        records = self.new.records
        if cause.section == "conclusions":
            state = records["hearings"][cause.hearing].conclusions[cause.id].state
            known = state if isinstance(state, str) else "open"
            return self.say("difference.verdict-conclusion", state=self.say(f"conclusion.{known}")), state == "partly"
        record = records[cause.section][cause.id]
        if cause.section == "conditions":
            met = day(record.met_on, self.lang) if record.met_on else ""
            return self.say("difference.met", day=met) if met else self.say("difference.not-met"), False
        if cause.section == "decisions":
            return self.say("difference.decided", day=day(record.date, self.lang)), False
        return self.say(f"handling.{record.verdict}") if record.verdict else "", record.verdict == "partly"

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
