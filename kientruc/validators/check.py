"""What every kind of check has: a letter within its requirement, the placeholders it fills, and its outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from kientruc.model.element import Element
from kientruc.model.record import Frozen, Unknown
from kientruc.model.values import Id
from kientruc.result import Status
from kientruc.validators.conditions import Condition, Unmet, key, unmet
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import Values

ELEMENT = frozenset(("id", "name", "kind", "owner"))
UNMET = frozenset(("field", "found", "allowed", "missing"))


class Check(Frozen):
    """One check of one requirement. It changes nothing and prints nothing."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT

    id: Id

    @property
    def placeholders(self) -> frozenset[str]:
        """The names it fills in messages of failures."""
        return self.PLACEHOLDERS

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each subject, in canonical order; nothing where it concerns nothing."""
        raise NotImplementedError


def judge(
    condition: Condition, truth: bool | None, record: Any, subjects: tuple[str, ...], about: Mapping[str, str], matter: Matter
) -> Found:
    """Make the outcome of a condition that does not hold, or that cannot be decided, with the first field to blame."""
    blamed = list(unmet(condition, matter, record))
    if truth is None:
        blamed = [one for one in blamed if one.is_unknown] or blamed
    first = blamed[0] if blamed else None
    if first is None:
        status = Status.MANUAL if truth is None else Status.FAIL
        return Found(status, "undecided" if truth is None else "not-met", subjects, _plain(about), (), record.span())
    span = record.span(first.field)
    if truth is None:
        values = {**about, **matter.unknown(first.value, first.field)} if first.is_unknown else about
        return Found(Status.MANUAL, "unknown", subjects, values, (), span)
    decided = next((one for one in blamed if not one.is_unknown), first)
    reason = "missing" if decided.is_missing else "differs"
    span = record.span(decided.field)
    return Found(Status.FAIL, reason, subjects, {**about, **blame(decided, matter)}, (), span)


def blame(one: Unmet, matter: Matter) -> dict[str, str]:
    """Fill the placeholders that say which field is wrong, what was found, what is allowed and what is missing."""
    values = {**matter.fields((one.field,), "field")}
    for lang, suffix in (("vi", ""), ("en", "_en")):
        values[f"found{suffix}"] = shown(one.value)
        values[f"allowed{suffix}"] = one.condition.allowed(lang)
        values[f"missing{suffix}"] = _lacking(one, lang) or values[f"field{suffix}"]
    return values


def shown(value: Any) -> str:
    """Write a value as it stands in a message."""
    if value is None or value == ():
        return "—"
    if isinstance(value, Unknown):
        return value.unknown
    items = value if isinstance(value, tuple) else (value,)
    return ", ".join(str(getattr(item, "value", item)) for item in items)


def inherited(element: Element, path: tuple[str, ...]) -> tuple[str, ...]:
    """Give the witness of a value: the element, and the whole it was found on."""
    return (element.id,) if len(path) == 1 else path


def _lacking(one: Unmet, lang: str) -> str:
    wanted = one.condition.has_all
    if not isinstance(wanted, Values):
        return ""
    there = {key(item) for item in one.value} if isinstance(one.value, tuple) else set()
    return wanted.shown(lang, [value for value in wanted.values if key(value) not in there])


def _plain(about: Mapping[str, str]) -> dict[str, str]:
    return {**about, **dict.fromkeys(UNMET, "—")}
