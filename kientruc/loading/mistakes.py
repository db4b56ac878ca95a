"""What pydantic refused, as findings: its own words never reach a user."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from kientruc.finding import Finding
from kientruc.loading.gather import show
from kientruc.loading.nearest import nearest
from kientruc.model.record import Record, Unknown
from kientruc.model.verbs import Verb
from kientruc.reading.tree import Mapping, Sequence, Written

Path = tuple[str | int, ...]
EXPECTED = {
    "string_type": "type.text",
    "int_type": "type.integer",
    "bool_type": "type.boolean",
    "tuple_type": "type.list",
    "list_type": "type.list",
    "dict_type": "type.mapping",
    "model_type": "type.mapping",
    "dataclass_type": "type.mapping",
    "decimal_type": "type.number",
    "int_from_float": "type.integer",
    "string_too_short": "type.text",
}
SECRET = frozenset(("secret", "confidential", "top-secret", "mật", "tối mật", "tuyệt mật", "mat", "toi-mat", "tuyet-mat"))


def explain(model: type[Record], problems: list[Any], origin: Written, id: str) -> Iterator[Finding]:
    """Tell the problems of one record, one finding for each place."""
    told: set[Path] = set()
    for problem in problems:
        path = _path(origin.node, problem)
        if _noise(origin.node, path, problem) or path in told:
            continue
        told.add(path)
        yield _finding(model, problem, path, origin, id)


def _path(node: object, problem: Any) -> Path:
    """Keep of pydantic's location what was written; the names of union branches are dropped."""
    path: list[str | int] = []
    for part in problem["loc"]:
        if isinstance(node, Mapping) and str(part) in node:
            node = node[str(part)]
            path.append(str(part))
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
            path.append(part)
        elif part == problem["loc"][-1] and problem["type"] == "missing":
            path.append(part)
    return tuple(path)


def _noise(node: object, path: Path, problem: Any) -> bool:
    """Tell whether a problem belongs to the branch of a union that was not meant."""
    labels = [part for part in problem["loc"] if part not in path]
    for part in path:
        if isinstance(node, Mapping) and "unknown" in node:
            break
        node = node.get(str(part)) if isinstance(node, Mapping) else node[part] if isinstance(node, Sequence) else None  # type: ignore[index]
    meant_unknown = isinstance(node, Mapping) and "unknown" in node
    return ("Unknown" in labels) != meant_unknown and ("Unknown" in labels or meant_unknown)


def _finding(model: type[Record], problem: Any, path: Path, origin: Written, id: str) -> Finding:
    kind, context, value = problem["type"], problem.get("ctx") or {}, problem["input"]
    name = str(path[-1]) if path else str(problem["loc"][-1] if problem["loc"] else "")
    name = name.replace("\0to", "to")
    values = {"id": id, "field": name, "found": show(value)}
    if kind == "missing":
        span = origin.span(*path[:-1]) if len(path) > 1 else origin.span()
        return Finding("M-MISSING", span, {"id": id, "field": name})
    span = origin.span(*path)
    if kind == "extra_forbidden":
        return _unknown_key(model, path, origin, id)
    if value is None:
        return Finding("M-EMPTY", span, values)
    if kind in ("enum", "literal_error"):
        return _value(model, path, span, values)
    if kind.startswith("day_"):
        return Finding("M-DAY", span, values)
    if kind == "money_form":
        return Finding("M-MONEY", span, values)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = ("≥ " if kind.startswith("greater") else "≤ ") + str(context.get("ge", context.get("le")))
        return Finding("M-RANGE", span, values | {"allowed": bound})
    if kind == "string_too_long":
        return Finding("M-LONG", span, values | {"limit": str(context["max_length"])})
    if isinstance(value, Mapping) and (near := _nearly_unknown(value)):
        allowed = ", ".join(keys_of(Unknown))
        return Finding("M-KEY", value.key_span(near), {"id": id, "key": near, "near": "unknown", "allowed": allowed})
    return Finding("M-TYPE", span, values | {"expected": EXPECTED.get(kind, "type.other")})


def _nearly_unknown(value: Mapping) -> str:
    """Give the first key if somebody tried to say that the value is unknown."""
    first = next(iter(value), "")
    return first if nearest(first, ("unknown",)) else ""


def _unknown_key(model: type[Record], path: Path, origin: Written, id: str) -> Finding:
    owner = type_at(model, path[:-1], origin.node)
    allowed = keys_of(owner) if owner else []
    if owner is model and model.section in ("elements", "components", "tasks", "goals"):
        allowed = [*allowed, *(verb.value for verb in Verb)]
    key = str(path[-1])
    node: object = origin.node
    for part in path[:-1]:
        node = node[part]  # type: ignore[index]
    span = node.key_span(key) if isinstance(node, Mapping) else origin.span(*path)
    near = nearest(key, allowed)
    return Finding("M-KEY", span, {"id": id, "key": key, "near": near, "allowed": ", ".join(allowed)})


def _value(model: type[Record], path: Path, span: Any, values: dict[str, str]) -> Finding:
    if path == ("access",) and values["found"].casefold() in SECRET:
        return Finding("M-SECRET", span, values, refused=True)
    allowed = sorted(words_at(model, path))
    near = nearest(values["found"], allowed)
    code = "M-KIND" if path == ("kind",) else "M-VALUE"
    return Finding(code, span, values | {"allowed": ", ".join(allowed), "near": near})


def keys_of(model: type[BaseModel]) -> list[str]:
    """Give the keys a file may use under a model, in the order of its fields."""
    names = ((field.alias or str(field.validation_alias or name)) for name, field in model.model_fields.items())
    return [name for name in names if not name.startswith("\0")]


def type_at(model: type[BaseModel], path: Path, node: object) -> type[BaseModel] | None:
    """Find the model that the value under a path was checked against."""
    types: list[Any] = [model]
    for part in path:
        types = [inner for kind in types for inner in _step(kind, part)]
        node = node[part] if isinstance(node, Mapping | Sequence) else None  # type: ignore[index]
    models = [found for found in _flat(types) if isinstance(found, type) and issubclass(found, BaseModel)]
    unknown = isinstance(node, Mapping) and "unknown" in node
    return next((found for found in models if (found is Unknown) == unknown), None)


def words_at(model: type[BaseModel], path: Path) -> list[str]:
    """Give the words that the value under a path may be."""
    types: list[Any] = [model]
    for part in path:
        types = [inner for kind in types for inner in _step(kind, part)]
    words: list[str] = []
    for kind in _flat(types):
        if get_origin(kind) is Literal:
            words.extend(str(word) for word in get_args(kind))
        elif isinstance(kind, type) and issubclass(kind, Enum):
            words.extend(str(member.value) for member in kind)
    return words


def _flat(types: list[Any]) -> Iterator[Any]:
    for kind in types:
        origin = get_origin(kind)
        if origin is Annotated:
            yield from _flat([get_args(kind)[0]])
        elif origin in (Union, UnionType):
            yield from _flat(list(get_args(kind)))
        else:
            yield kind


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    for found in _flat([kind]):
        origin = get_origin(found)
        if origin is dict:
            yield get_args(found)[1]
        elif origin in (tuple, list):
            yield get_args(found)[0]
        elif isinstance(found, type) and issubclass(found, BaseModel):
            for name, field in found.model_fields.items():
                if part in (field.alias, name):
                    yield field.annotation
