"""Records as plain values to compare, in which an id that became another reads as the new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kientruc.comparing.difference import HEAD, Nature
from kientruc.comparing.leaves import Leaf, leaves
from kientruc.loading.places import places_of
from kientruc.loading.uses import Sections, Use, dangling, written_under
from kientruc.model.approval import Place, Retired
from kientruc.model.architecture import FIND_ORDER, Architecture
from kientruc.model.record import Record
from kientruc.model.values import Json
from kientruc.refactoring.in_fields import meant
from kientruc.refactoring.occurrences import LOOSE, in_order, resolve

EVIDENCE = frozenset(("source", "certainty", "as_of"))
_OWN = frozenset(("id", "origin"))
_SECTIONS_OF_VERBS = ("elements", "tasks", "goals", "components")


class Plain(NamedTuple):
    """The fields of a record, and under their paths what the long forms say of where they were seen."""

    fields: dict[str, Any]
    provenance: dict[str, dict[str, Any]]


class Ids:
    """The ids that became others from one architecture to the next: `(section, old) -> new`."""

    def __init__(self, renamed: Mapping[tuple[str, str], str], old: Architecture, new: Architecture) -> None:
        self.renamed, self.sides = renamed, (old, new)
        self.olds = frozenset(id for _, id in renamed)
        others = frozenset(record.id for side in (old, new) for record in side.all_records()) - self.olds
        self.others = defaultdict[Sections, frozenset[str]](lambda: others)

    def uses(self, record: Record) -> list[Use]:
        """Give where a record refers to an id that became another."""
        return [use for use in dangling(record, self.others) if use.id in self.olds] if self.olds else []

    def now(self, architecture: Architecture, sections: Sections, id: str) -> str:
        """Give the id that a reference means in the new architecture.

        Args:
            architecture: the one in which the reference stands.
            sections: those it may point into.
        """
        if id not in self.olds:
            return id
        looked_in = in_order(sections)
        found = resolve(architecture, looked_in, id)
        if found not in ("", "retired"):
            return self.renamed.get((found, id), id)
        return next((self.renamed[section, id] for section in looked_in if (section, id) in self.renamed), id)

    def fields_now(self, architecture: Architecture, place: Place) -> Iterator[str]:
        """Give the fields of a place that stands in an architecture, with the ids of the new one: `covers.moi`."""
        for field in place.fields:
            told = [found for side in (architecture, *self.sides) if (found := meant(side, place.id, field))]
            if not told:
                yield field
                continue
            section, id, start = next((one for one in told if one.section != "retired"), told[0])
            now = follow(self.sides[1], id) if section == "retired" else self.renamed.get((section, id), id)
            yield field[:start] + now + field[start + len(id) :]

    def source(self, architecture: Architecture, id: str) -> str:
        """Give what the source of a relation is called in the new architecture."""
        return self.now(architecture, _SECTIONS_OF_VERBS, id)

    def target(self, architecture: Architecture, source: str, id: str) -> str:
        """Give what its target is called; only components reach components."""
        return self.renamed.get((target_section(architecture, source, id), id), id)


def successors_of(retired: Retired | None) -> tuple[str, ...]:
    """Give the ids that took the place of a retired one."""
    told = retired.successor if retired else None
    return (told,) if isinstance(told, str) else told or ()


def follow(architecture: Architecture, id: str) -> str:
    """Give the one id that took the place of a retired one; the id itself where there are none or several."""
    successors = successors_of(architecture.records["retired"].get(id))
    return successors[0] if len(successors) == 1 else id


def target_section(architecture: Architecture, source: str, id: str) -> str:
    """Name the section that the target of a relation is in."""
    first = ("components",) if section_of(architecture, source) == "components" else ()
    return resolve(architecture, (*first, *FIND_ORDER), id)


def section_of(architecture: Architecture, source: str) -> str:
    """Name the section in which the source of a relation is written."""
    return resolve(architecture, _SECTIONS_OF_VERBS, source)


def is_same(one: Record, other: Record, besides: frozenset[str] = frozenset()) -> bool:
    """Tell quickly whether two records say the same, besides some fields; some that do are not recognised."""
    mine, its = one.__dict__, other.__dict__
    names = (one.model_fields_set | other.model_fields_set) - _OWN - besides
    return all(mine[name] == its[name] for name in names)


def all_leaves(record: Record, came: bool) -> Iterator[Leaf]:
    """Give everything a record says, as what came with it or went with it."""
    found = Plain(*_split(record.model_dump(mode="json", by_alias=True, exclude_defaults=True)))
    nothing = Plain({}, {})
    yield from differing(nothing, found) if came else differing(found, nothing)


def plain(record: Record, architecture: Architecture, ids: Ids) -> Plain:
    """Give the fields of a record, defaults among them, with the ids of the new architecture."""
    fields, provenance = _split(record.model_dump(mode="json", by_alias=True))
    if ids.olds:
        _translate(record, architecture, ids, fields, provenance)
        state = {key: _state_now(key, architecture, ids) for key in provenance}
        provenance = {state[key]: told for key, told in provenance.items()}
    return Plain(fields, provenance)


def _split(dumped: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    provenance = dumped.pop("provenance", {})
    dumped.pop("id", None)
    return dumped, provenance


def differing(before: Plain, after: Plain) -> Iterator[Leaf]:
    """Give the leaves in which two records differ."""
    yield from leaves(before.fields, after.fields)
    for key in sorted(before.provenance.keys() | after.provenance.keys()):
        yield from leaves(before.provenance.get(key), after.provenance.get(key), written_under(key))


def nature_of(section: str, path: str) -> Nature:
    """Tell what a change of a field is about, where the section does not tell by itself."""
    if section == HEAD and path in ("version", "cut_off"):  # what the change as a whole says of itself
        return Nature.COURSE
    told = path.rpartition(".")[2] in EVIDENCE and not path.startswith("extra.")
    return Nature.EVIDENCE if told or section == "sources" else Nature.CONTENT


def _translate(
    record: Record,
    architecture: Architecture,
    ids: Ids,
    fields: dict[str, Any],
    provenance: dict[str, dict[str, Any]],
) -> None:
    """Put new ids for old ones wherever a reference stands; keys last, so that paths to what they hold stay true."""
    for path, place in places_of(record):
        _put(fields, (*path, "fields"), list(place.fields), list(ids.fields_now(architecture, place)))
    keys = []
    for use in ids.uses(record):
        new = ids.now(architecture, use.sections, use.id)
        if use.key:
            keys.append((use.path, new))
        else:
            _put(fields, use.path, use.id, new)
    for path, new in sorted(keys, key=lambda one: -len(one[0])):
        _put_key(fields, path, new)
    for told in provenance.values():
        if isinstance(told.get("source"), str):
            told["source"] = ids.now(architecture, ("sources",), told["source"])
    for section, path, sections in LOOSE:
        if section == type(record).section:
            _put_loose(fields, path, lambda id, at=sections: ids.now(architecture, at, id))


def _holder(fields: Any, path: tuple[str | int, ...]) -> Any:
    """Find what holds the last part of a path; None where the path leads into a long form."""
    for part in path[:-1]:
        if isinstance(fields, dict):
            fields = fields.get(str(part))
        elif isinstance(fields, list) and isinstance(part, int):
            fields = fields[part]
        else:
            return None
    return fields


def _put(fields: dict[str, Any], path: tuple[str | int, ...], old: Json, new: Json) -> None:
    holder = _holder(fields, path)
    last: Any = path[-1]
    if (isinstance(holder, list) and isinstance(last, int)) or (isinstance(holder, dict) and holder.get(last) == old):
        holder[last] = new


def _put_key(fields: dict[str, Any], path: tuple[str | int, ...], new: str) -> None:
    holder = _holder(fields, path)
    if isinstance(holder, dict) and path[-1] in holder:
        holder[new] = holder.pop(path[-1])


def _put_loose(fields: dict[str, Any], path: tuple[str, ...], now: Any) -> None:
    """Translate fields of plain text that may hold an id alone."""
    holder, last = _holder(fields, path), path[-1]
    value = holder.get(last) if isinstance(holder, dict) else None
    if isinstance(value, str):
        holder[last] = now(value)
    elif isinstance(value, list):
        holder[last] = [now(item) if isinstance(item, str) else item for item in value]


def _state_now(key: str, architecture: Architecture, ids: Ids) -> str:
    """Give the path of a long form below a state that may have another id now."""
    first, *rest = written_under(key)
    if first != "in_state" or not rest:
        return key
    return ".".join((first, ids.now(architecture, ("states",), rest[0]), *rest[1:]))
