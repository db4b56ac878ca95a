"""Checks in words: what they look at, what must hold and how often; as exact as the settings, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel

from kientruc.frameworks import Edition, Requirement
from kientruc.frameworks.vocabulary import Bilingual, Words
from kientruc.graph import VERB_GROUPS
from kientruc.messages import has, text
from kientruc.model.kinds import Kind
from kientruc.model.verbs import Verb
from kientruc.validators.check import Check
from kientruc.validators.checks import KINDS, check_class
from kientruc.validators.conditions import Condition, Related
from kientruc.validators.selection import Selection
from kientruc.validators.words import Values
from kientruc.views.card import Row
from kientruc.views.explained import NAME, PARTS
from kientruc.views.words import day, number_words

INLINE = 110  # characters of conditions joined in one line; longer ones are told one below the other
LISTED = 24  # values of a list that are told; of one that has a name of its own, all or none
# What the words of a setting name; any other is one of a few choices, or stands for itself.
FIELDS = frozenset((
    "prop", "props", "by", "group_by", "unless_same", "partition", "columns",
    "sum", "equals", "at_most", "left", "right", "of_members",
))  # fmt: skip
PLACES = frozenset(("parents", "organisational"))
ROLES = frozenset(("through", "platforms"))
SECTIONS = frozenset(("section", "sections", "among", "named"))
ASKS = PARTS[0]
HIDDEN = frozenset(("id", "kind"))
FIRST = frozenset(("select", "exchanges", "from_"))  # what a check is about is told before what it asks


def kinds() -> dict[str, type[Check]]:
    """Give the kinds of check by name, in alphabetical order."""
    return {kind: check_class(kind) for kind in KINDS}


def check_rows(edition: Edition, requirement: Requirement, lang: str) -> tuple[Row, ...]:
    """Tell each check of a requirement: its kind, what such a check asks, and its settings."""
    speller = Speller(edition.words, lang)
    return tuple(
        Row(
            text("explain.check", lang, id=check.id),
            f"{text(f'{NAME}.{check.kind}', lang)} ({check.kind})",
            (Row("", text(f"{ASKS}.{check.kind}", lang)), *speller.settings(check)),
            check.kind,
        )
        for check in requirement.checks
    )


def setting_rows(kind: type[BaseModel], lang: str) -> tuple[Row, ...]:
    """List what a kind of check, or a part of one, can be told: the key, what it means, and what is within it."""
    rows = []
    for name, field in kind.model_fields.items():
        if name not in HIDDEN:
            words = text(f"setting.{name.rstrip('_')}", lang)
            words = text("explain.required", lang, what=words) if field.is_required() else words
            below = (row for part in _parts(field.annotation) for row in setting_rows(part, lang))
            key = field.alias or name
            rows.append(Row(f"{key}: false" if field.default is True else key, words, tuple(below)))
    return tuple(rows)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """Find the models an annotation is made of that have settings of their own."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not issubclass(annotation, Selection | Condition | Bilingual | Values):
            yield annotation
        return
    for one in get_args(annotation):
        yield from _parts(one)


class Speller:
    """Says selections, conditions and settings in the words of an edition."""

    def __init__(self, words: Words, lang: str) -> None:
        self.words, self.lang = words, lang

    def settings(self, model: BaseModel) -> Iterator[Row]:
        """Tell each setting that says something; what is as usual is not told."""
        for name, value in sorted(model, key=lambda setting: setting[0] not in FIRST):
            default = type(model).model_fields[name].default
            usual = isinstance(value, bool | Selection) and value == default
            if name not in HIDDEN and value is not None and value != () and not usual:
                yield self._setting(name.rstrip("_"), value)

    def _setting(self, name: str, value: Any) -> Row:
        label = self._text(f"setting.{name}")
        if isinstance(value, bool):
            return Row("", label)
        told = self._told(name, value)
        return Row(label, told.words, told.below)

    def _told(self, name: str, value: Any) -> Row:
        match value:
            case Selection():
                section = getattr(value, "section", "elements")
                sort = self._sort(section, value.kind, value.role, value.where, value.own, value.running)
                return self._with("select.some", sort) if name == "when" else sort
            case Condition():
                return self.condition(value)
            case Bilingual():
                return Row("", value.in_(self.lang))
            case BaseModel():
                return Row("", "", tuple(self.settings(value)))
            case tuple() if any(isinstance(one, BaseModel | tuple) for one in value):
                return Row("", "", tuple(self._item(name, one) for one in value))
            case tuple():
                return Row("", ", ".join(self._word(name, one) for one in value))
            case _:
                return Row("", self._word(name, value))

    def _item(self, name: str, item: Any) -> Row:
        """Tell one of several parts in one line: a name goes before what is said of it."""
        if isinstance(item, str):
            return Row("", self._word(name, item))
        if isinstance(item, Selection):
            return self._told(name, item)
        if isinstance(item, tuple):
            return Row("", self._text("join.any").join(self._word(name, one) for one in item))
        label = next((value.in_(self.lang) for _, value in item if isinstance(value, Bilingual)), "")
        named = frozenset(key for key, value in item if isinstance(value, Bilingual))
        rows = list(self.settings(item.model_copy(update=dict.fromkeys(named))))
        words = "; ".join(": ".join(filter(None, (_begun(row.label), row.words))) for row in rows)
        return Row(label, words, tuple(below for row in rows for below in row.below))

    def condition(self, condition: Condition) -> Row:
        """Say a condition: in one line where that is clear, else what it is made of one below the other."""
        if condition.prop is not None:
            return Row("", self._prop(condition))
        if condition.kind is not None:
            return Row("", self._text("condition.kind", kinds=self._kinds(condition.kind)))
        if condition.role is not None:
            return Row("", self._text("condition.role", roles=self._roles(condition.role)))
        if condition.state is not None:
            return Row("", self._text("condition.state", state=self._text(f"choice.{condition.state.value}")))
        if condition.related is not None:
            return self._related(condition.related)
        if condition.named is not None:
            sort = self._sort(condition.named.section, None, None, condition.named.where)
            return Row("", self._text("condition.named", what=sort.words), sort.below)
        if condition.sourced is not None:
            return Row("", self._text("condition.sourced"))
        if condition.not_ is not None:
            return self._with("condition.not", self.condition(condition.not_))
        return self._several(condition)

    def _several(self, condition: Condition) -> Row:
        name = "any" if condition.any is not None else "all"
        parts = tuple(self.condition(one) for one in condition.children())
        if len(parts) == 1:
            return parts[0]
        joined = self._text(f"join.{name}").join(part.words for part in parts)
        if len(joined) <= INLINE and all(map(_is_plain, condition.children())):
            return Row("", joined)
        return Row("", self._text(f"condition.{name}"), parts)

    def _related(self, related: Related) -> Row:
        sort = self._sort(related.section, related.kind, related.role, related.where)
        how = next((name for name in ("over", "far", "of_parts") if getattr(related, name)), related.dir)
        key = f"related.{how}"
        words = self._text(key, via=self._via(related.via), min=str(related.min), what=sort.words)
        return Row("", words, sort.below)

    def _sort(
        self,
        section: str,
        kinds: tuple[Kind, ...] | None,
        roles: Any,
        where: Condition | None,
        own: bool = False,
        running: bool = False,
    ) -> Row:
        what = self._kinds(kinds) if kinds else self._text(f"section.{section}")
        if roles:
            what = self._text("select.role", what=what, roles=self._roles(roles))
        if own:
            what = self._text("select.own", what=what)
        if running:
            what = self._text("select.running", what=what)
        return self._with("select.where", self.condition(where), what=what) if where else Row("", what)

    def _with(self, key: str, inner: Row, **values: str) -> Row:
        """Put words into a sentence that they end, for they may lead to what is below them."""
        return Row("", self._text(key, inner=inner.words, **values), inner.below)

    def _prop(self, condition: Condition) -> str:
        field, operator = self._field(str(condition.prop)), condition.operator
        wanted = getattr(condition, operator)
        if operator == "is_":
            return self._text(f"condition.{wanted}", field=field)
        key = f"condition.{operator.rstrip('_')}"
        value = _code(wanted) if operator == "matches" else self._scalar(wanted)
        return self._text(key, field=field, value=value)

    def _scalar(self, value: Any) -> str:
        if isinstance(value, Values):
            return self._values(value)
        if isinstance(value, date):
            return day(value, self.lang)
        if isinstance(value, int) and not isinstance(value, bool):
            return number_words(value, self.lang)
        return self._text("word.quoted", words=str(value).lower() if isinstance(value, bool) else str(value))

    def _values(self, values: Values) -> str:
        told = [self._coded(values, value) for value in values.values[:LISTED]]
        left = len(values.values) - len(told)
        if values.said:
            said = values.said.in_(self.lang)
            return said if left else self._text("word.said", said=said, listed=", ".join(told))
        return ", ".join(told) + (self._text("phrase.more", count=str(left)) if left else "")

    def _coded(self, values: Values, value: Any) -> str:
        if str(value) not in values.words:
            return self._scalar(value)
        words = values.words[str(value)].in_(self.lang)
        return words if str(value) in words else f"{words} ({value})"

    def _word(self, name: str, value: Any) -> str:
        value = value.value if isinstance(value, Enum) else value
        if not isinstance(value, str):
            return self._scalar(value)
        if name == "via":
            return self._verb(value)
        if name in ("pattern", "unless"):
            return _code(value)
        if name in FIELDS and value in self.words.fields:
            return self._field(value)
        if name in ROLES:
            return self._roles((value,))
        if name in SECTIONS:
            return f"{self._text(f'section.{value}')} ({value})"
        if value in self.words.places and name in PLACES:
            return f"{self.words.places[value].name.in_(self.lang)} ({value})"
        return self._text(f"choice.{value}") if has(f"choice.{value}", self.lang) else self._scalar(value)

    def _field(self, name: str) -> str:
        known = self.words.fields.get(name)
        return known.in_(self.lang) if known else self._scalar(name)

    def _kinds(self, kinds: tuple[Kind, ...]) -> str:
        return ", ".join(_named(kind.in_(self.lang), kind.value) for kind in kinds)

    def _roles(self, roles: tuple[str, ...]) -> str:
        known = self.words.roles
        named = (_named(known[role].in_(self.lang), role) for role in roles)
        return self._text("join.any").join(named)

    def _via(self, names: tuple[str, ...]) -> str:
        return ", ".join(map(self._verb, names))

    def _verb(self, name: str) -> str:
        if name in VERB_GROUPS:
            return self._text(f"via.{name}")
        verb = next(verb for verb in Verb if verb.value == name)
        return self._text("word.quoted", words=_named(verb.in_(self.lang), name))

    def _text(self, key: str, **values: str) -> str:
        return text(key, self.lang, **values)


def _named(words: str, id: str) -> str:
    """Put the id that files write behind the words for it, unless they are the same."""
    return words if words.replace(" ", "_") == id else f"{words} ({id})"


def _code(pattern: str) -> str:
    return f"`{pattern}`"


def _begun(label: str) -> str:
    """Let a label stand within a sentence."""
    return label[:1].lower() + label[1:]


def _is_plain(condition: Condition) -> bool:
    """Tell whether a condition can be joined to another in one line without a doubt what belongs to what."""
    related = condition.related
    return not condition.children() and (related is None or related.where is None)
