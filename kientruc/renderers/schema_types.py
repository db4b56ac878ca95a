"""The types of fields as JSON Schema: what may be written, in which words, and what an editor says where it is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache, cached_property
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic import BaseModel

from kientruc.messages import has, text
from kientruc.model import values
from kientruc.model.approval import Paper, Place
from kientruc.model.element import Basis, ElementIds, Quantity
from kientruc.model.kinds import Kind
from kientruc.model.record import Provenance, Unknown
from kientruc.model.values import Ref
from kientruc.renderers.escapes import markdown
from kientruc.views.difference_words import WORDED
from kientruc.views.known_ids import Names

# What the server of Red Hat's extension (2.0.0) makes of a schema decides some of its form: a `type` that is not put
# in a list loses its message where alternatives are, and of alternatives that are all wrong the first is told, unless
# one has keys that are right.
Schema = dict[str, Any]
GROUP: Schema = {"patternProperties": {"": True}}  # any group of keys: a wrong one is told by its keys, not as a word
DEFS = "#/$defs/"
IDS, LONG = "ids.", ".long"  # how names of shared schemas begin and end
RANKS = {"array": 1, "object": 2}
ID = "^[a-z0-9][a-z0-9._-]*$"
NOTHING = "(?!)"  # no text matches it
SHOWN = 100  # of the keys that are allowed, so many are told
SHORT = 60  # characters: no longer than what would point there
MANY = 4  # of so many sections at most an id is told to be one
BARE = {Quantity: values.Number, Basis: values.LegalId, Place: values.PastId, Paper: values.Line}
LENGTHS = (("Line", values.Line, 1000), ("Text", values.Text, 65536), ("Id", values.Id, 200))
PLAIN: Mapping[str, tuple[Any, ...]] = {
    "number": (values.Number,),
    "integer": (values.Int, int),
    "boolean": (values.Bool, bool),
}
OWN_TITLES = {("Step", "stage"): "step_of_edition"}  # where a key means something else than elsewhere
DAY = (
    r"^(19(4[5-9]|[5-9][0-9])|2(0|1)[0-9]{2}|2200)-"
    r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
)
MONEY = r"^[0-9][0-9.]*(,[0-9]{1,9})?( [^ ]+){0,2}$"


class Types:
    """Makes the schema of a type. What many fields share stands once in `defs`.

    Args:
        known: the names of the ids an architecture has, by section; None where none is at hand: any id will do.
    """

    def __init__(self, lang: str, known: Names | None) -> None:
        self.lang, self.known = lang, known
        self.defs: dict[str, Schema] = {}
        self._names: dict[str, str] = {}  # of what is kept, by what it is
        self._taken: Counter[str] = Counter()

    def say(self, key: str, /, **words: object) -> str:
        """Give the words of a key of the schema."""
        return text(f"schema.{key}", self.lang, **words)

    # What a field may hold. ------------------------------------------------------------------------------------------

    def alternatives(self, kind: Any, field: str) -> Iterator[Schema]:
        """Give what may be written for a type: words and numbers first, lists, then groups of keys.

        That order decides what an editor says of a value that is none of them.
        """
        yield from sorted(self._alternatives(kind, field), key=self._rank)

    def _rank(self, one: Schema) -> int:
        shape = self.defs[one["$ref"].removeprefix(DEFS)] if "$ref" in one else one
        return RANKS.get(shape.get("type", ["string"])[0], 0)

    def _alternatives(self, kind: Any, field: str) -> Iterator[Schema]:
        if kind == ElementIds:
            kind = values.ElementId | tuple[values.ElementId, ...]
        if (small := self._small(kind)) is not None:
            yield small
            return
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            yield from self._annotated(arguments, field)
        elif origin in (Union, UnionType):
            yield from chain.from_iterable(self._alternatives(one, field) for one in arguments)
        elif origin is Literal:
            yield self.words(field, arguments)
        elif origin is tuple:
            items = self.one_of(self.alternatives(arguments[0], field))
            yield {"type": ["array"], "items": items, "errorMessage": self.say("list")}
        elif origin is dict:
            yield self._mapping(arguments[0], self.one_of(self.alternatives(arguments[1], field)))
        elif kind is NoneType:
            yield {"type": ["null"]}
        elif isinstance(kind, type) and issubclass(kind, Enum):
            yield self.words(field, tuple(member.value for member in kind))
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind in BARE:
                yield from self._alternatives(BARE[kind], field)
            yield {"$ref": self.model(kind)}

    def _annotated(self, arguments: tuple[Any, ...], field: str) -> Iterator[Schema]:
        marks = [mark for mark in arguments[1:] if isinstance(mark, Ref)]
        bounds = {type(one): one for mark in arguments[1:] for one in getattr(mark, "metadata", ())}
        if marks:
            yield from self.ids(marks[0].sections)
        elif Ge in bounds and Le in bounds:
            yield self._range(bounds[Ge].ge, bounds[Le].le)
        else:
            yield from self._alternatives(arguments[0], field)

    def one_of(self, found: Iterable[Schema]) -> Schema:
        """Put alternatives together; each says what it is, or the server takes them for one another."""
        found = list(found)
        return found[0] if len(found) == 1 else {"anyOf": [self._told(one) for one in found]}

    def _told(self, one: Schema) -> Schema:
        takes = self.say("or").join(self._takes(one))
        known = self.defs.get(one.get("$ref", "").removeprefix(DEFS), one)
        return {"description": takes, **one} if takes and "description" not in known else one

    def _small(self, kind: Any) -> Schema | None:
        """Give the schema of a small value; None for a type that holds others."""
        for name, alias, most in LENGTHS:
            if kind in (alias, str):
                pattern = rf"^[\s\S]{{1,{most}}}$"
                told = self.say("text", most=most)
                return self.share(name, {"type": ["string"], "pattern": pattern, "errorMessage": told})
        if kind == values.Day or kind is date:
            return self.share("Day", {"type": ["string"], "pattern": DAY, "errorMessage": self.say("day")})
        if kind == values.Money:
            money = {"type": ["integer", "string"], "minimum": 0, "pattern": MONEY, "errorMessage": self.say("money")}
            return self.share("Money", money)
        for name, aliases in PLAIN.items():
            if kind in aliases:
                return self.share(name.capitalize(), {"type": [name], "errorMessage": self.say(name)})
        return {} if kind is Any else None

    def _range(self, least: int, most: int) -> Schema:
        told = self.say("range", least=least, most=most)
        if most - least < 10:
            return {"enum": list(range(least, most + 1)), "errorMessage": told}
        # `minimum` cannot bring its own message: what is outside is held against a word that it cannot be
        inside = {"minimum": least, "maximum": most}
        otherwise = {"enum": [least], "errorMessage": told}
        return {"type": ["integer"], "errorMessage": told, "if": inside, "else": otherwise}

    def share(self, name: str, schema: Schema) -> Schema:
        """Keep a schema under a name, and give what points at it.

        Only a title and a description may stand beside that: the server takes all else for a second demand.
        """
        self.defs.setdefault(name, schema)
        return {"$ref": f"{DEFS}{name}"}

    # Words and ids. --------------------------------------------------------------------------------------------------

    def words(self, field: str, allowed: Iterable[Any]) -> Schema:
        """Allow some words, each with what it means."""
        allowed = list(allowed)
        if set(allowed) == {kind.value for kind in Kind}:
            return self.named("Kind", {kind.value: kind.in_(self.lang) for kind in Kind})
        tables = WORDED.get(field, field).split()
        keys = {str(word): [f"{table}.{word}" for table in tables] for word in allowed}
        known = {word: next((key for key in found if has(key, self.lang)), "") for word, found in keys.items()}
        return self._enumerated({word: key and text(key, self.lang) for word, key in known.items()})

    def named(self, name: str, words: Mapping[str, str]) -> Schema:
        """Allow some words under a name that several fields share."""
        return self.share(name, self._enumerated(words))

    def _enumerated(self, words: Mapping[str, str]) -> Schema:
        told = self.say("words", allowed=", ".join(words))
        return {
            "enum": list(words),
            "markdownEnumDescriptions": [markdown(word) for word in words.values()],
            "errorMessage": told,
        }

    def ids(self, sections: tuple[str, ...]) -> Iterator[Schema]:
        """Allow the ids of some sections; where no architecture is at hand, any text an id may be."""
        if self.known is None:
            yield from self._alternatives(values.Id, "")
            return
        filled = [section for section in sections if self.known.get(section)]
        if sections != (*filled[:1],):
            # nothing matches this; it stands first so that the server tells its words, not all ids of all sections
            yield {"type": ["string"], "pattern": NOTHING, "errorMessage": self._unknown_id(sections)}
        for section in filled:
            if f"{IDS}{section}" not in self.defs:
                self.defs[f"{IDS}{section}"] = self._ids(section, self.known[section])
            yield {"$ref": f"{DEFS}{IDS}{section}"}

    def _ids(self, section: str, known: Mapping[str, str]) -> Schema:
        names = [markdown(name) for name in known.values()]
        return {"enum": list(known), "markdownEnumDescriptions": names, "errorMessage": self._unknown_id((section,))}

    def _unknown_id(self, sections: tuple[str, ...]) -> str:
        names = [text(f"section.{section}", self.lang) for section in sections]
        what = ", ".join(names) if len(names) <= MANY else self.say("anything")
        return self.say("id", what=what, sections=", ".join(sections))

    # Groups of keys. -------------------------------------------------------------------------------------------------

    def _mapping(self, key: Any, inner: Schema) -> Schema:
        marks = [mark for mark in get_args(key)[1:] if isinstance(mark, Ref)]
        if marks and self.known is not None:
            known = {id: name for section in marks[0].sections for id, name in self.known.get(section, {}).items()}
            return self.closed({id: self.described(name, inner) for id, name in known.items()})
        return self.open(inner)

    def open(self, inner: Schema) -> Schema:
        """Allow any keys."""
        told = {"errorMessage": self.say("group"), "allOf": [self.share("group", GROUP)]}
        return {"type": ["object"], "additionalProperties": inner, **told}

    def closed(self, properties: Mapping[str, Schema], beside_words: bool = False) -> Schema:
        """Allow some keys and no others.

        Args:
            beside_words: in a list it may stand where a word may, so that one that is begun is taken for either.
        """
        shown = [*properties][:SHOWN]
        told = self.say("keys", allowed=", ".join(shown) + (", …" if len(properties) > SHOWN else ""))
        return {
            "type": ["object"],
            "properties": dict(properties),
            "additionalProperties": False,
            "errorMessage": told,
            "allOf": [] if beside_words else [self.share("group", GROUP)],
        }

    def demanding(self, closed: Schema, needed: Mapping[str, str]) -> Schema:
        """Demand keys, given with their names, each with a message of its own."""
        told = {key: self.say("missing", key=key, name=name) for key, name in needed.items()}
        demands = ({"required": [key], "errorMessage": words} for key, words in told.items())
        return {**closed, "allOf": [*closed["allOf"], *demands]}

    def model(self, model: type[BaseModel]) -> str:
        """Keep the schema of a value with fields of its own, and give where."""
        name = model.__name__
        if name not in self.defs:
            self.defs[name] = {}
            properties = {
                key: self.titled(key, self.value(kind, key), name, needed) for key, kind, needed in fields(model)
            }
            needed = {key: self.title(key, name) for key, _, needed in fields(model) if needed}
            told = {"description": self.say("unknown")} if model is Unknown else {}
            self.defs[name] = told | self.demanding(self.closed(properties, model in BARE.keys() - {Quantity}), needed)
        return f"{DEFS}{name}"

    def value(self, kind: Any, field: str) -> Schema:
        """Give what may be written for a field of such a value."""
        return self.one_of(self.alternatives(kind, field))

    def or_long(self, kind: Any, field: str) -> Schema:
        """Give what may be written for a field of a record: a value, or one with its own source; never nothing."""
        found = [one for one in self.alternatives(kind, field) if one != {"type": ["null"]}]
        return self.lengthened(self.one_of(found), field)

    def lengthened(self, inner: Schema, field: str) -> Schema:
        """Allow a value also with its own source, certainty or day."""
        value = {"description": self.title("value", ""), **self._kept(field, inner)}  # a title would go over to `inner`
        long = self.demanding(self.closed({"value": value, **self._provenance}), {"value": self.title("value", "")})
        longer = self._kept(f"{field}{LONG}", {"description": self.say("long"), **long})
        return self._kept(f"{field}.field", self.one_of((*inner.get("anyOf", [inner]), longer)))

    @cached_property
    def _provenance(self) -> dict[str, Schema]:
        return {key: self.titled(key, self._kept(key, self.value(kind, key))) for key, kind, _ in fields(Provenance)}

    def _kept(self, name: str, schema: Schema) -> Schema:
        """Keep a schema that may stand in several places once, under the name of the first; short ones stay."""
        if "$ref" in schema or len(spelled := json.dumps(schema)) < SHORT:
            return schema
        if spelled not in self._names:
            self._taken[name] += 1
            self._names[spelled] = name if self._taken[name] == 1 else f"{self._taken[name]}.{name}"
        return self.share(self._names[spelled], schema)

    # Names. ----------------------------------------------------------------------------------------------------------

    def title(self, key: str, model: str) -> str:
        """Name a field as its readers do."""
        own = OWN_TITLES.get((model, key), key)
        for found in (f"schema-field.{own}", f"field.{key}"):
            if has(found, self.lang):
                return text(found, self.lang)
        return key

    def titled(self, key: str, inner: Schema, model: str = "", needed: bool = False) -> Schema:
        """Give a field its name, and say what may be written for it."""
        return self.described(self.title(key, model), inner, needed)

    def described(self, title: str, inner: Schema, needed: bool = False) -> Schema:
        """Give a schema a title, and say in a sentence what it takes: an editor shows one or the other."""
        takes = self.say("or").join(dict.fromkeys(self._takes(inner)))
        told = self.say("takes", name=title, takes=takes) if takes else title
        return {"title": title, "description": f"{told} {self.say('needed')}" if needed else told, **inner}

    def _takes(self, schema: Schema) -> Iterator[str]:
        """Say what a schema takes, alternative by alternative; its long form goes without saying."""
        name = schema.get("$ref", "").removeprefix(DEFS)
        if name.endswith(LONG):
            return
        if name.startswith(IDS):
            yield self.say("takes-id", section=text(f"section.{name.removeprefix(IDS)}", self.lang))
        elif name == Unknown.__name__:
            yield self.say("takes-unknown")
        elif name:
            yield from self._takes(self.defs[name])
        elif "anyOf" in schema:
            yield from chain.from_iterable(map(self._takes, schema["anyOf"]))
        elif "items" in schema:
            items = self.say("or").join(dict.fromkeys(self._takes(schema["items"])))
            yield self.say("takes-list", items=items)
        elif "enum" in schema:
            yield self.say("takes-word")
        elif schema.get("pattern") == DAY:
            yield self.say("takes-day")
        elif schema.get("pattern") != NOTHING and schema.get("type") != ["null"]:
            yield from (text(f"schema-type.{one}", self.lang) for one in schema.get("type", ()))


@cache
def fields(model: type[BaseModel]) -> tuple[tuple[str, Any, bool], ...]:
    """Give, for each field a file may write: its key, its type, and whether it must be there."""
    hints = get_type_hints(model, include_extras=True)
    found = (
        (str(field.alias or field.validation_alias or name), hints[name], field.is_required())
        for name, field in model.model_fields.items()
    )
    return tuple(one for one in found if not one[0].startswith("\0"))
