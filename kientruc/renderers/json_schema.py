"""The format as JSON Schema 2020-12, made from the models, so that an editor completes and checks while typing."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from kientruc.frameworks import edition_ids, roles
from kientruc.loading.fields import BY_EDITION
from kientruc.loading.relations import VERB_SECTIONS
from kientruc.loading.sections import FORMAT
from kientruc.messages import text
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from kientruc.model.kinds import Kind
from kientruc.model.record import Provenance, Record
from kientruc.model.verbs import Verb

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = {"pattern": "^[a-z0-9][a-z0-9._-]*$"}
Schema = dict[str, Any]


def render(lang: str) -> str:
    """Spell the schema; names of kinds and verbs are its descriptions, in the language asked for."""
    return json.dumps(schema(lang), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def schema(lang: str) -> Schema:
    """Make the schema. It may be laxer than the loader (ids are not resolved), never stricter."""
    records: list[type[Record]] = [Head, Relation, *SECTIONS.values()]
    models: list[Any] = [(record, "validation", TypeAdapter(record)) for record in records]
    found, definitions = TypeAdapter.json_schemas(models, by_alias=True, ref_template="#/$defs/{model}")
    defs = {name: _clean(inner) for name, inner in definitions["$defs"].items()}
    refs = {record: found[record, "validation"] for record, _, _ in models}
    for record in records:
        if record is not Relation:
            _long_forms(defs[record.__name__])
    defs["Head"]["properties"]["id"] = {"type": "string", **ID}
    defs["Head"]["required"] = ["id", *defs["Head"]["required"]]
    defs["Head"]["properties"]["edition"] = {"enum": list(edition_ids())}
    relation = defs["Relation"]
    relation["properties"] |= {"to": _one_or_many({"type": "string"}), "id": {"type": "string", **ID}}
    relation["required"] = ["to"]
    _states_as_list(relation)
    defs["Verb"] = _one_or_many({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Relation"}]})
    _states_as_list(defs["Element"])
    defs["Element"]["properties"]["role"] = {
        "oneOf": [{"const": id, "description": role.in_(lang)} for id, role in roles().items()]
    }
    defs["Kind"] = {"oneOf": [{"const": kind.value, "description": kind.in_(lang)} for kind in Kind]}
    for section in VERB_SECTIONS:
        properties = defs[SECTIONS[section].__name__]["properties"]
        for verb in Verb:
            properties[verb.value] = {"$ref": "#/$defs/Verb", "description": verb.in_(lang)}
    sections = {
        section: {
            "type": ["object", "null"],
            "propertyNames": ID,
            "additionalProperties": refs[record],
        }
        for section, record in SECTIONS.items()
    }
    return {
        "$schema": DIALECT,
        "$id": "urn:kientruc:format:1",
        "title": text("schema.title", lang),
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "architecture": refs[Head],
            "include": _one_or_many({"type": "string"}),
            "defaults": {
                "type": "object",
                "additionalProperties": False,
                "properties": {key: True for key in ("source", "certainty", "as_of", "access", "ask", "by")},
            },
            **sections,
        },
        "$defs": defs,
    }


def _one_or_many(inner: Schema) -> Schema:
    return {"anyOf": [inner, {"type": "array", "items": inner}]}


def _clean(found: Schema) -> Schema:
    """Drop what no file can contain, and pydantic's titles, which repeat the names."""
    cleaned: Schema = {}
    for key, value in found.items():
        if (key == "title" and isinstance(value, str)) or key == "default":
            continue
        if key == "properties":
            value = {name: _clean(inner) for name, inner in value.items() if not name.startswith("\0")}
        elif key == "required":
            value = [name for name in value if not name.startswith("\0")]
        elif isinstance(value, dict):
            value = _clean(value)
        elif isinstance(value, list):
            value = [_clean(inner) if isinstance(inner, dict) else inner for inner in value]
        cleaned[key] = value
    return cleaned


def _long_forms(record: Schema) -> None:
    """Allow `{value: …, source: …}` for every field, as the loader does."""
    for name, inner in record["properties"].items():
        if name != "extra":
            if name in BY_EDITION:
                inner = {**inner, "additionalProperties": _or_long(inner["additionalProperties"])}
            record["properties"][name] = _or_long(inner)


def _or_long(inner: Schema) -> Schema:
    properties = {"value": inner, **dict.fromkeys(Provenance.model_fields, True)}
    long = {"type": "object", "required": ["value"], "properties": properties, "additionalProperties": False}
    return {"anyOf": [inner, long]}


def _states_as_list(record: Schema) -> None:
    old = record["properties"]["states"]
    record["properties"]["states"] = {"anyOf": [old, *_one_or_many({"type": "string"})["anyOf"]]}
