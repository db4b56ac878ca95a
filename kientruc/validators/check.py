"""What every kind of check has: a letter within its requirement, the placeholders it fills, and its outcomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import ValidationInfo, model_validator

from kientruc.frameworks.vocabulary import Late
from kientruc.messages import text
from kientruc.model.element import Element, Relation
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Id
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.conditions import Condition, measure
from kientruc.validators.deciding import Unmet, key, unmet
from kientruc.validators.matter import Found, Matter
from kientruc.validators.possible import Scope, faults, refuse
from kientruc.validators.selection import Selection
from kientruc.validators.words import Values

ELEMENT = frozenset(("id", "name", "kind", "owner"))
KEPT = 1_000  # outcomes kept of one check; all are counted
UNMET = frozenset(("field", "found", "allowed", "missing"))


class Check(Late):
    """One check of one requirement. It changes nothing and prints nothing."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT
    ASKED: ClassVar[str] = ""  # of which records `when` and `must` ask, where it is not those that are selected
    EVEN_ASSUMED: ClassVar[bool] = False  # whether it also fails what is only assumed to be there

    id: Id

    @model_validator(mode="after")
    def _decides(self, info: ValidationInfo) -> "Check":
        """Refuse conditions that can never hold of what is selected, or that always hold."""
        select = getattr(self, "select", None)
        scope = select.scope(info.context) if isinstance(select, Selection) else Scope("elements", words=info.context)
        section = self.ASKED or getattr(self, "section", scope.section)
        if section != scope.section:
            scope = Scope(section, words=info.context)
        for name in ("when", "must"):
            condition = getattr(self, name, None)
            if isinstance(condition, Condition):
                measure(condition, scope.section, (name,))
                refuse(faults(condition, scope.at(name)))
        return self

    @property
    def placeholders(self) -> frozenset[str]:
        """The names it fills in messages of failures."""
        return self.PLACEHOLDERS

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each subject, in canonical order; nothing where it concerns nothing."""
        raise NotImplementedError

    def wanted(self, matter: Matter) -> dict[str, str]:
        """Write fields of a relation that satisfy this check, as YAML by key; nothing where it asks for none."""
        return {}


def failed(
    condition: Condition, record: Any, subjects: tuple[str, ...], about: Mapping[str, str], matter: Matter
) -> Found:
    """Make the outcome of a condition that does not hold, with the first field that is to blame."""
    first = next((one for one in unmet(condition, matter, record) if not one.is_unknown), None)
    if first is None:
        return Found(Status.FAIL, "not-met", subjects, {**about, **matter.nothing("found")}, (), record.span())
    reason = "missing" if first.is_missing else "differs"
    return Found(Status.FAIL, reason, subjects, {**about, **blame(first, matter)}, (), span_of(record, first.field))


def undecided(
    condition: Condition, record: Any, subjects: tuple[str, ...], about: Mapping[str, str], matter: Matter
) -> Found:
    """Make the outcome of a condition that rests on something unknown: who must answer, and by when."""
    open = {one.field: one.value for one in unmet(condition, matter, record) if one.is_unknown}
    if not open:
        return Found(Status.MANUAL, "undecided", subjects, about, (), record.span())
    return unknowns(open, record, subjects, about, matter)


def unknown(
    value: Unknown, field: str, record: Any, subjects: tuple[str, ...], about: Mapping[str, str], matter: Matter
) -> Found:
    """Make the outcome that rests on one value which is known to be unknown."""
    values = {**about, **matter.unknown(value, field)}
    return Found(Status.MANUAL, "unknown", subjects, values, (), span_of(record, field))


def unknowns(
    open: Mapping[str, Unknown], record: Any, subjects: tuple[str, ...], about: Mapping[str, str], matter: Matter
) -> Found:
    """Make the outcome that rests on several such values by field, at least one; each keeps its reason and its place.

    Who must answer, and by when, is told of the first.
    """
    (first, *others), values = tuple(open), tuple(open.values())
    found = unknown(values[0], first, record, subjects, about, matter)
    why = {"vi": "why", "en": "why_en"}
    told = {why[lang]: "; ".join(dict.fromkeys(one.why(lang) for one in values)) for lang in why}
    also = tuple(span for field in others if (span := span_of(record, field)))
    return replace(found, values={**found.values, **matter.fields(tuple(open), "field"), **told}, also=also)


def ids(record: Record) -> tuple[str, ...]:
    """Name what an outcome about a record is about: a relation is known by its ends."""
    return (record.source_id, record.target) if isinstance(record, Relation) else (record.id,)


def span_of(record: Record, field: str) -> Span | None:
    """Give where a field is written, or something inside it (`codes.mau03`)."""
    return record.span(*field.split("."))


def blame(one: Unmet, matter: Matter) -> dict[str, str]:
    """Fill the placeholders that say which field is wrong, what was found, what is allowed and what is missing."""
    values = {**matter.fields((one.field,), "field"), **matter.nothing("found")}
    for lang, suffix in (("vi", ""), ("en", "_en")):
        if not one.is_missing:
            values[f"found{suffix}"] = shown(one.value, lang)
        values[f"allowed{suffix}"] = one.condition.allowed(lang)
        values[f"missing{suffix}"] = _lacking(one, lang) or values[f"field{suffix}"]
    return values


def shown(value: Any, lang: str = "vi") -> str:
    """Write a value that is there as it stands in a message."""
    if isinstance(value, Unknown):
        return value.why(lang)
    items = value if isinstance(value, tuple) else (value,)
    return ", ".join(str(getattr(item, "value", item)) for item in items)


NAMED = 6  # records named in one message; how many there are is told beside them


def several_names(records: Sequence[Any], matter: Matter) -> dict[str, str]:
    """Fill `others` with the names of the first of some records, and how many more there are."""
    about, left = [matter.about(record) for record in records[:NAMED]], len(records) - NAMED
    named = {"others": [one["name"] for one in about], "others_en": [one["name_en"] for one in about]}
    return {
        key: ", ".join(names)
        + (text("phrase.more", "en" if key.endswith("_en") else "vi", count=left) if left > 0 else "")
        for key, names in named.items()
    }


def spans_of(records: Sequence[Any], field: str = "") -> tuple[Span | None, tuple[Span, ...]]:
    """Give where some records are written, or a field of theirs: the first place, and the others."""
    spans = [span for one in records if (span := one.span(*(field.split(".") if field else ())))]
    return (spans[0], tuple(spans[1:])) if spans else (None, ())


class Kept:
    """Tells whether one more outcome of a status is kept; what is only counted needs no evidence."""

    def __init__(self) -> None:
        self._counts: dict[Status, int] = {}

    def one_more(self, status: Status) -> bool:
        """Count an outcome."""
        self._counts[status] = self._counts.get(status, 0) + 1
        return self._counts[status] <= KEPT


def inherited(element: Element, path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the witness of a value: the element, and the whole it was found on."""
    return (element.id,) if len(path) == 1 else path


def _lacking(one: Unmet, lang: str) -> str:
    wanted = one.condition.has_all
    if not isinstance(wanted, Values):
        return ""
    there = {key(item) for item in one.value} if isinstance(one.value, tuple) else set()
    return wanted.shown(lang, [value for value in wanted.values if key(value) not in there])
