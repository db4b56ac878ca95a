"""Fields, values and causes of a difference in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from kientruc.comparing import FieldChange
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
# Fields whose values are codes, and the tables of the catalogue that say each.
WORDED = {
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
        "publication": "access",
    },
    **dict.fromkeys(("group_by", "order_by", "colour_by"), "group field"),
    **{
        "kind": "source",
        "role": "choice",
        "usage": "usage",
        "state": "paper step conclusion",
        "reason": "reason",
        "position": "position",
        "group_by": "meaning",
        "order_by": "meaning",
        "colour_by": "meaning",
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
_OBVIOUS = frozenset((("cost", "amount"), ("shares", "amount"), ("quantity", "value")))  # what the words before mean
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
            return self.say(f"asked-by.{section}", id=id, body=self.anything(record.from_))
        if isinstance(record, Version):
            return self.say("difference.version", version=record.number)
        return self._named(record) if record else id

    def _named(self, record: Record) -> str:
        """Name a record; what is retired has the name it had."""
        if isinstance(record, Retired):
            return self.either(record.name, record.name_en)
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
        return verb.in_(self.lang)

    def field(self, parts: Sequence[str], skip: int = 0) -> str:
        """Name a field by the parts of its path: "kinh phí năm 2027 (Ngân sách tỉnh)", "chủ quản (Mục tiêu năm 2030)".

        Args:
            skip: how many of the first parts were told already.
        """
        if not skip and len(parts) > 1 and (told := self._as_a_whole(parts)):
            return told
        found: list[str] = []
        for at, part in enumerate(parts[skip:], skip):
            before = parts[at - 1] if at else ""
            if part.startswith("["):
                found.append(self._entry_of(found.pop() if found else "", before, part))
            elif part == "title" and any(one in _PEOPLE for one in parts[:at]):
                found.append(self.say("difference.title-of-person"))
            elif (parts[0], part) not in _OBVIOUS or not found:
                found.append(self._part(part))
        return " · ".join(found)

    def _as_a_whole(self, parts: Sequence[str]) -> str:
        """Name a field whose parts say little one by one; "" where they are told one by one."""
        first, second, *rest = parts
        if first == "period" and second in ("from", "until"):
            return self.say(f"period.{second}")
        if first == "states" and not rest:
            return self.say("difference.is-in-state", state=self.anything(second))
        if first == "in_state" and rest:
            return self.say("difference.in-state", field=self.field(rest), state=self.anything(second))
        if first == "places" and not rest and second == self.new.head.edition:
            return self._part(first)
        return ""

    def _entry_of(self, field: str, many: str, part: str) -> str:
        """Name an entry of a list that has words already, or whose words were told before: what it costs in a year."""
        told = self.entry(many, part)
        if many == "cost":
            year, _, fund = told.partition(", ")
            told = self.say("difference.in-year", field=field, year=year).strip()
            return f"{told} ({fund})" if fund else told
        if many == "shares":
            return self.say("difference.share", form=told)
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
        for table in ("field", "code-of"):
            if has(f"{table}.{part}", self.lang):
                return self.say(f"{table}.{part}")
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
            return named.in_(self.lang)
        tables = WORDED.get(field, "inside" if self.record("states", field) else "").split()
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
        if field.parts[0] == "states" and len(field.parts) == 2:
            return self.value(before is not None, last), self.value(after is not None, last)
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

    def either(self, vi: str, en: str | None) -> str:
        """Choose the words of the language, Vietnamese where there is no other."""
        return en if self.lang == "en" and en else vi


def _texts(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
