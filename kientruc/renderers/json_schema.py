"""The format as JSON Schema 2020-12, made from the models, so that an editor completes and checks while typing.

With an architecture at hand its own ids are in it, as lists that an editor chooses from.
"""

from __future__ import annotations

import json
from functools import cache, cached_property

from kientruc.frameworks import edition_ids, edition_name, known_codes, load_words, places_of, roles, stage_names
from kientruc.loading.fields import BY_EDITION
from kientruc.loading.gathered import Defaults
from kientruc.loading.references import ends
from kientruc.loading.relations import VERB_SECTIONS
from kientruc.loading.sections import FORMAT
from kientruc.messages import text
from kientruc.model.approval import Conclusion, Hearing, Step
from kientruc.model.architecture import SECTIONS, SINGULAR, Head
from kientruc.model.element import Element, Relation, Stated
from kientruc.model.kinds import Kind
from kientruc.model.organisation import Component
from kientruc.model.record import Record
from kientruc.model.values import Line, StateId, Text
from kientruc.model.verbs import Verb
from kientruc.model.view_request import ViewRequest
from kientruc.renderers.escapes import markdown
from kientruc.renderers.schema_types import DEFS, ID, NOTHING, Schema, Types, fields
from kientruc.views.known_ids import Names

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render(lang: str, known: Names | None = None, edition: str = "") -> str:
    """Spell the schema, titles and messages in the language asked for.

    Args:
        known: the names of the ids an architecture has, by section; None: any id may stand anywhere.
        edition: the one the architecture declares, whose codes and steps of the way to approval are known; "": none.
    """
    return json.dumps(schema(lang, known, edition), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def schema(lang: str, known: Names | None = None, edition: str = "") -> Schema:
    """Make the schema. It may be laxer than the loader (docs/editor.md tells where), never stricter."""
    return _Format(lang, known, edition).whole()


class _Format:
    """Puts the sections together; what is special about a field stands here, what a type allows in `Types`."""

    def __init__(self, lang: str, known: Names | None, edition: str) -> None:
        self.lang, self.known, self.edition = lang, known, edition
        self.types = Types(lang, known)
        self.say = self.types.say

    def whole(self) -> Schema:
        types = self.types
        line = types.value(Line, "")
        include = types.one_of((line, {"type": ["array"], "items": line, "errorMessage": self.say("list")}))
        defaults = {key: types.titled(key, types.value(kind, key)) for key, kind, _ in fields(Defaults)}
        tops = {
            "format": {"enum": [FORMAT], "errorMessage": self.say("words", allowed=FORMAT)},
            "architecture": self._record(Head),
            "include": include,
            "defaults": {"anyOf": [types.closed(defaults), {"type": ["null"]}]},
            **{section: self._section(section, model) for section, model in SECTIONS.items()},
        }
        titles = {key: text(f"section.{key}", self.lang) for key in ("architecture", *SECTIONS)}
        titles |= {key: text(f"schema-top.{key}", self.lang) for key in ("format", "include", "defaults")}
        return {
            "$schema": DIALECT,
            "$comment": f"{FORMAT} {self.lang}: {self.say('comment')}",
            "$id": "urn:kientruc:format:1",
            "title": self.say("title"),
            **types.closed({key: self._top(titles[key], inner) for key, inner in tops.items()}),
            "$defs": types.defs,
        }

    def _top(self, title: str, inner: Schema) -> Schema:
        return {"title": title, **inner} if "description" in inner else self.types.described(title, inner)

    def _section(self, section: str, model: type[Record]) -> Schema:
        inner = self._record(model)
        needed = ", ".join(f"{key} ({self.types.title(key, '')})" for key, _, needed in fields(model) if needed)
        told = self.say("section", name=text(f"section.{section}", self.lang), needed=needed)
        return {"description": told, **self._by_id(inner)}

    def _by_id(self, inner: Schema) -> Schema:
        return {
            "type": ["object", "null"],
            "propertyNames": {"pattern": ID, "errorMessage": self.say("new-id")},
            "additionalProperties": inner,
            "errorMessage": self.say("records"),
        }

    def _record(self, model: type[Record]) -> Schema:
        """Keep the schema of a record, and give what points at it."""
        types = self.types
        properties = self._properties(model)
        missing = {key: types.title(key, model.__name__) for key, _, needed in fields(model) if needed}
        if model is Head:
            properties["id"] = types.titled("id", types.lengthened(self._new_id(), "id"), needed=True)
            missing["id"] = types.title("id", "")
        if model.section in VERB_SECTIONS:
            properties |= {verb.value: self._verb(verb, model.section) for verb in Verb}
        return types.share(model.__name__, types.demanding(types.closed(properties), missing))

    def _properties(self, model: type[Record]) -> dict[str, Schema]:
        types = self.types
        found: dict[str, Schema] = {}
        for key, kind, needed in sorted(fields(model), key=lambda one: one[0] in Record.model_fields):
            own = types.value(kind, key) if key == "extra" else self._own(model, key)
            found[key] = types.titled(key, own or types.or_long(kind, key), model.__name__, needed)
        return found

    def _new_id(self, also: str = "") -> Schema:
        return {"type": ["string"], "pattern": ID + also, "errorMessage": self.say("new-id")}

    # Fields that know more than their type. --------------------------------------------------------------------------

    def _own(self, model: type[Record], key: str) -> Schema | None:
        """Give the schema of a field whose words come from an edition, a register or the architecture."""
        types = self.types
        if key == "role" and model is Element:
            meant = {id: f"{role.in_(self.lang)}. {role.meaning.in_(self.lang)}" for id, role in roles().items()}
            found = types.named("Role", meant)
        elif key == "edition" and model in (Head, ViewRequest):
            found = types.named("Edition", {id: edition_name(id).in_(self.lang) for id in edition_ids()})
        elif key == "stage" and model is Step and self.edition and (known := stage_names(self.edition)):
            found = types.named("Stage", {id: name.in_(self.lang) for id, name in known.items()})
        elif key == "codes" and model is Element and self.edition:
            found = types.open(types.value(Line, "")) | {"properties": self._codes()}
        elif key in BY_EDITION and model in (Element, Component):
            found = self._by_edition(key)
        elif key == "states" and model in (Element, Relation):
            found = self._states(model)
        elif key == "in_state" and model is Element:
            found = self._in_state()
        elif key == "conclusions" and model is Hearing:
            found = types.open(self._record(Conclusion))
        else:
            return None
        return types.lengthened(found, key)

    def _codes(self) -> dict[str, Schema]:
        """Propose, under each scheme that requirements of the edition know, its codes; any other may stand there."""
        line, found = self.types.value(Line, ""), dict[str, Schema]()
        for scheme, codes in known_codes(self.edition).items():
            said = [markdown(words.in_(self.lang)) if words else "" for words in codes.values()]
            found[scheme] = {"anyOf": [line, {"enum": list(codes), "markdownEnumDescriptions": said}]}
        return found

    def _by_edition(self, key: str) -> Schema:
        """Allow, under each edition that has places of its own, one of them, several, or why there is none.

        The loader does not ask whether there is such an edition where a thing has no place in it.
        """
        types = self.types
        found = {}
        for edition in edition_ids():
            if places_of(edition) == edition:
                inner = types.value(Text, "") if key == "outside" else self._places(edition)
                if key == "maps":
                    inner = {"type": ["array"], "items": inner, "errorMessage": self.say("list")}
                found[edition] = types.lengthened(inner, f"{key}.{edition}")
        if key == "outside":
            return {**types.open(types.lengthened(types.value(Text, ""), key)), "properties": found}
        return types.closed(found)

    def _places(self, edition: str) -> Schema:
        places = load_words(edition).places
        return self.types.named(f"places.{edition}", {id: place.name.in_(self.lang) for id, place in places.items()})

    def _states(self, model: type[Record]) -> Schema:
        """Allow a state, several, or a mapping from states to whether a thing is there."""
        types = self.types
        kind = dict((key, kind) for key, kind, _ in fields(model))["states"]
        ids = types.value(StateId, "")
        many = {"type": ["array"], "items": ids, "errorMessage": self.say("list")}
        return types.one_of((*types.alternatives(StateId, ""), many, types.value(kind, "states")))

    def _in_state(self) -> Schema:
        types = self.types
        kinds = {key: types.titled(key, types.or_long(kind, key)) for key, kind, _ in fields(Stated)}
        stated = types.share("Stated", types.closed(kinds))
        if self.known is None:
            return types.open(stated)
        return types.closed({id: types.described(name, stated) for id, name in self.known.get("states", {}).items()})

    # Relations. ------------------------------------------------------------------------------------------------------

    def _verb(self, verb: Verb, section: str) -> Schema:
        """Allow what a verb written in a section may lead to: an id, the long form of a relation, a list of these."""
        sections = _ends(verb, section)
        if not sections:  # an empty list is no mistake; the editor does not propose the verb
            told = self.say("no-verb", verb=verb.in_(self.lang))
            nothing = {"type": ["string"], "pattern": NOTHING, "errorMessage": told}
            return {"type": ["array"], "items": nothing, "doNotSuggest": True, "errorMessage": told}
        names = self.say("or").join(text(f"section.{one}", self.lang) for one in sections)
        told = self.say("verb", name=verb.in_(self.lang), section=names)
        return {"title": verb.in_(self.lang), "description": told, "$ref": self._led_to(sections)}

    def _led_to(self, sections: tuple[str, ...]) -> str:
        """Keep what a verb may lead to in some sections, and give where."""
        types, name = self.types, "-".join(sections)
        if f"verb.{name}" not in types.defs:
            targets = list(types.ids(sections))
            many = {"type": ["array"], "items": types.one_of(targets), "errorMessage": self.say("list")}
            to = types.titled("to", types.one_of((*targets, many)), needed=True)
            keys = types.closed({"to": to, **self._of_relations}, beside_words=True)
            long = types.share(f"to.{name}", types.demanding(keys, {"to": types.title("to", "")}))
            several = {"type": ["array"], "items": types.one_of((*targets, long)), "errorMessage": self.say("list")}
            types.share(f"verb.{name}", types.one_of((*targets, several, long)))
        return f"{DEFS}verb.{name}"

    @cached_property
    def _of_relations(self) -> dict[str, Schema]:
        return {"id": self.types.titled("id", self._new_id("|^$")), **self._properties(Relation)}


@cache
def _ends(verb: Verb, section: str) -> tuple[str, ...]:
    """Name the sections in which the targets of a verb written in a section may be."""
    sources = [kind.value for kind in Kind] if section == "elements" else [SINGULAR[section]]
    found = {target for source in sources for target in ends(verb, source)}
    return tuple(one for one in ("elements", *SINGULAR) if one in found)
