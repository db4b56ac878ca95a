"""Words of a command line as values: of what they can mean, the first that the field takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kientruc.editing.spelling import spell, tidy
from kientruc.loading.fields import fields, states
from kientruc.loading.gathered import Entry
from kientruc.loading.relations import VERB_SECTIONS, VERBS, relations_of
from kientruc.loading.validate import errors_of
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from kientruc.reading.limits import DEFAULT
from kientruc.reading.scalars import plain
from kientruc.reading.tree import Mapping, Written
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile

Problems = Callable[[Any], list[str]]


def fitting(words: str, old: object, problems: Problems) -> Any:
    """Give the value that a word of the command line means for a field.

    Args:
        old: what the field holds now: where that is a list, one word means a list of it.
        problems: gives what is wrong with a value there.
    Returns:
        The first reading that is right; if none is, one of the right sort that is wrong otherwise; else the word.
    """
    readings = [(value, problems(value)) for value in _readings(words, old)]
    right = [value for value, found in readings if not found]
    near = [value for value, found in readings if not all(kind.endswith("_type") for kind in found)]
    return next(iter((*right, *near, words)))


def _readings(words: str, old: object) -> Iterator[Any]:
    if words[:1] in ("{", "["):
        found, findings = parse(SourceFile("", f"- {words}"), DEFAULT)
        if isinstance(found, list) and len(found) == 1 and not len(findings):
            yield tidy(found[0])
    try:
        scalar = plain(words)
    except ValueError:
        scalar = words
    if scalar is not None and not isinstance(scalar, str):
        yield scalar
    yield from ([words], words) if isinstance(old, list) else (words, [words])


def problems_of(section: str, id: str, key: str, data: dict[str, Any]) -> list[str]:
    """Give what pydantic calls the problems of what a record of a section holds under a key."""
    node, _ = parse(SourceFile("", "\n".join(spell(tidy({"record": data}), step=2).below) + "\n"), DEFAULT)
    record = node["record"] if isinstance(node, Mapping) else None
    if not isinstance(record, Mapping):
        return ["form"]
    entry = Entry(Written(record.file, 0, record), {})
    if key in VERBS and section in VERB_SECTIONS:
        relations = (one for one in relations_of(id, entry) if one["\0verb"].value == key)
        return [problem["type"] for one in relations for problem in errors_of(Relation, one)]
    model = Head if section == "architecture" else SECTIONS[section]
    found = fields(id, entry, VERBS if section in VERB_SECTIONS else ())
    if section == "elements" and "states" in found:
        found["states"] = states(found["states"])
    return [one["type"] for one in errors_of(model, found) if _concerns(one["loc"], key)]


def _concerns(location: tuple[Any, ...], key: str) -> bool:
    first = location[0]
    return first == key or (first == "\0provenance" and str(location[1]).partition(".")[0] == key)
