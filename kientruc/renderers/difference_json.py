"""A difference as canonical JSON, for other programs; its schema is docs/difference.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kientruc.canonical import canonical
from kientruc.comparing import Cause, Difference, FieldChange, RecordChange, RelationChange
from kientruc.comparing.difference import Side

FORMAT = "kientruc-difference/1"


def render(found: Difference, tool: str, filters: Mapping[str, Any], access: str = "") -> str:
    """Spell a difference: no words, only ids, paths and values; keys in alphabetical order.

    Args:
        filters: what was asked for of it: a component, only what has no cause.
        access: for whom it is, where not everything is told or something is restricted.
    """
    data = {
        "format": FORMAT,
        "tool": f"kientruc {tool}",
        **({"access": access} if access else {}),
        "filters": dict(filters),
        "old": _side(found.old) | {"known_as": list(found.known_as), "disputed": found.disputed or None},
        "new": _side(found.new),
        "counts": found.counts(),
        "records": [_record(one) for one in found.records],
        "relations": [_relation(one) for one in found.relations],
        "unconfirmed": [
            {
                "cause": _cause(one.cause),
                "section": one.section or None,
                "id": one.id or None,
                "fields": list(one.fields),
            }
            for one in found.unconfirmed
        ],
    }
    return canonical(data).decode() + "\n"


def _side(side: Side) -> dict[str, Any]:
    return {"id": side.id, "version": side.version or None, "cut_off": side.cut_off.isoformat()}


def _record(one: RecordChange) -> dict[str, Any]:
    return {
        "what": one.what.value,
        "section": one.section,
        "id": one.id,
        "old_id": one.old_id or None,
        "matched": one.matched or None,
        "successors": list(one.successors),
        "nature": one.nature.value,
        "causes": list(map(_cause, one.causes)),
        "fields": list(map(_field, one.fields)),
    }


def _relation(one: RelationChange) -> dict[str, Any]:
    return {
        "what": one.what.value,
        "source": {"section": one.section, "id": one.source},
        "verb": one.verb,
        "target": {"section": one.target_section, "id": one.target},
        "id": one.id or None,
        "nature": one.nature.value,
        "causes": list(map(_cause, one.causes)),
        "fields": list(map(_field, one.fields)),
    }


def _field(one: FieldChange) -> dict[str, Any]:
    return {
        "path": one.path,
        "parts": list(one.parts),
        "before": one.before,
        "after": one.after,
        "nature": one.nature.value,
        "causes": list(map(_cause, one.causes)),
    }


def _cause(one: Cause) -> dict[str, Any]:
    return {"section": one.section, "hearing": one.hearing or None, "id": one.id, "fields": list(one.fields)}
