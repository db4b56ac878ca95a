"""What pydantic refused, as findings: its own words never reach a user."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Mapping_
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import BaseModel, TypeAdapter

from kientruc.editing.spelling import flow, tidy
from kientruc.finding import Finding
from kientruc.frameworks import edition_ids
from kientruc.loading.gathered import show
from kientruc.loading.keys import keys_at, may_be_unknown, types_at
from kientruc.loading.meant import ours, says_unknown
from kientruc.loading.nearest import nearest, partly
from kientruc.loading.shapes import is_money, shape
from kientruc.loading.uses import written_under
from kientruc.model.field_types import holds
from kientruc.model.record import Unknown
from kientruc.reading.tree import LONG, Mapping, Sequence, Written, child
from kientruc.source import Span

Path = tuple[str | int, ...]
EXPECTED = {
    "string_type": "type.text",
    "int_type": "type.integer",
    "int_from_float": "type.integer",
    "bool_type": "type.boolean",
    "decimal_type": "type.number",
    "tuple_type": "type.list",
    "list_type": "type.list",
    "dict_type": "type.mapping",
    "model_type": "type.mapping",
    "dataclass_type": "type.mapping",
}
# Of several problems of one place (the branches of a union), the one that came furthest says what was meant.
_FURTHEST = (
    "greater_than_equal",
    "less_than_equal",
    "string_too_long",
    "day_impossible",
    "money_form",
    "day_form",
    "enum",
    "literal_error",
)
_SHAPED = ("list_type", "tuple_type", "dict_type", "model_type", "dataclass_type")
SECRET = frozenset(
    ("secret", "confidential", "top-secret", "mật", "tối mật", "tuyệt mật", "mat", "toi-mat", "tuyet-mat")
)


class _Problem(NamedTuple):
    """One problem: where it was written, what pydantic calls it, and the value that was refused."""

    path: Path
    kind: str
    value: Any
    context: dict[str, Any]
    labels: tuple[str | int, ...]  # what pydantic's location names beside keys and indexes: branches of unions

    @property
    def name(self) -> str:
        """The field, as it is written in a file."""
        return str(next((part for part in reversed(self.path) if isinstance(part, str)), ""))


def explain(
    model: type[BaseModel],
    problems: list[Any],
    origin: Written,
    id: str,
    known: Mapping_[str, Collection[str]] = MappingProxyType({}),
) -> Iterator[Finding]:
    """Tell the problems of one record, one finding for each place.

    Args:
        known: the ids there are, by section.
    """
    best: dict[Path, _Problem] = {}
    for problem in _meant([_problem(origin.node, one) for one in problems], origin.node):
        other = best.get(problem.path)
        if other is None or _rank(problem) < _rank(other):
            best[problem.path] = problem
    missing: dict[Path, list[str]] = {}
    for problem in best.values():
        if problem.kind == "missing":
            missing.setdefault(problem.path[:-1], []).append(problem.name)
    for problem in best.values():
        if problem.kind == "extra_forbidden":
            yield _unknown_key(model, problem, origin, id, missing.get(problem.path[:-1], []))
    for problem in best.values():
        if problem.kind == "missing":
            if problem.name in missing[problem.path[:-1]]:
                span = origin.span(*problem.path[:-1]) if len(problem.path) > 1 else origin.span()
                item = next((part for part in reversed(problem.path[:-1]) if isinstance(part, int)), None)
                inside = {"list": str(problem.path[0]), "item": str(item + 1)} if item is not None else {}
                yield Finding("M-MISSING", span, {"id": id, "field": problem.name, **inside})
        elif problem.kind in ("greater_than_equal", "less_than_equal"):
            values = {"field": problem.name, "found": show(problem.value), "allowed": _range(model, problem)}
            yield Finding("M-RANGE", origin.span(*problem.path), values)
        elif problem.kind != "extra_forbidden":
            yield _finding(model, problem, origin, id, known)


def _problem(node: object, problem: Any) -> _Problem:
    """Sort pydantic's location into what was written and what are names of branches."""
    path: list[str | int] = []
    labels: list[str | int] = []
    location = problem["loc"]
    kind = problem["type"]
    if location == ("\0to",):
        location = ("to",)
        kind = "missing" if isinstance(node, Mapping) and "to" not in node else kind
    if location[0] == "\0provenance" and len(location) > 1:
        location = (location[0], *written_under(location[1]), *location[2:])
    for index, part in enumerate(location):
        inner = child(node, part)
        if inner is not None or (isinstance(node, Mapping) and part in node):
            path.append(part)
            node = inner
        elif kind == "missing" and index == len(location) - 1:
            path.append(part)
        else:
            labels.append(part)
    return _Problem(tuple(path), kind, problem["input"], problem.get("ctx") or {}, tuple(labels))


def _meant(problems: list[_Problem], node: object) -> list[_Problem]:
    """Leave out the branch of a union that was not meant: whether a value is said to be unknown, the file tells.

    Where nothing would be left of a field, its problems stay as they are.
    """
    kept = [problem for problem in problems if ("Unknown" in problem.labels) == _says_unknown(node, problem.path)]
    fields = {problem.path[:1] for problem in kept}
    return kept + [problem for problem in problems if problem.path[:1] not in fields]


def _says_unknown(node: object, path: Path) -> bool:
    for part in (*path, ""):
        if isinstance(node, Mapping) and "unknown" in node:
            return True
        node = child(node, part)
    return False


def _rank(problem: _Problem) -> int:
    return _FURTHEST.index(problem.kind) if problem.kind in _FURTHEST else len(_FURTHEST)


def _finding(
    model: type[BaseModel], problem: _Problem, origin: Written, id: str, known: Mapping_[str, Collection[str]]
) -> Finding:
    span = origin.span(*problem.path)
    value, kind = problem.value, problem.kind
    values = {"id": id, "field": problem.name, "found": show(value)}
    if value is None or value == "":
        return _empty(model, problem, span, values)
    if isinstance(value, str) and says_unknown(value):
        is_open = len(problem.path) == 1 and may_be_unknown(model, problem.name)
        return Finding("M-UNKNOWN" if is_open else "M-UNSAID", span, values)
    if kind in ("enum", "literal_error"):
        return _word(problem, span, values)
    if kind == "day_form" and (day := meant_day(values["found"])):
        return Finding("M-DAYFORM", span, values | {"day": day})
    if kind in ("day_form", "day_impossible"):
        form = "form.day-or-year" if "period" in problem.path else "form.day"
        return Finding("M-DAY", span, values | {"form": form})
    if kind == "money_form":
        return Finding("M-MONEY", span, values)
    if kind == "string_too_long":
        return Finding("M-LONG", span, values | {"limit": str(problem.context["max_length"])})
    if isinstance(value, Mapping) and (odd := _odd_key(value)):
        key, near, allowed = odd
        return Finding("M-KEY", value.key_span(key), {"id": id, "key": key, "near": near, "allowed": allowed})
    if kind == "dict_type" and isinstance(value, Sequence):
        return _odd_item(value, span, values, known)
    if kind == "string_type" and isinstance(value, int | Decimal) and problem.name == "edition":
        editions = edition_ids()
        told = {"found": values["found"], "near": partly(values["found"], editions), "edition": ""}
        return Finding("M-EDITION", span, told | {"allowed": ", ".join(editions)})
    if kind == "string_type" and isinstance(value, int | Decimal) and (sections := _refers(model, problem.path)):
        return _number(span, values, sections, known)
    if problem.path == ("states",):
        return Finding("M-TYPE", span, values | {"expected": "type.states", "hint": "hint.states"})
    hint = _hint(model, problem)
    return Finding("M-TYPE", span, values | {"expected": EXPECTED.get(kind, "type.other")} | hint)


def _empty(model: type[BaseModel], problem: _Problem, span: Span, values: dict[str, str]) -> Finding:
    """Tell a key that has no value, by whether it may be left out, and whether a # made a comment of what follows."""
    line, column = span.file.line_text(span.line), span.column - 1
    if hidden := re.match(r"\s*(#.*)", line[column:]):
        return Finding("M-HASH", span, values | {"comment": hidden[1].rstrip()[:60].replace('"', "'")})
    models = types_at(model, problem.path[:-1])
    fields = [(one.alias or name, one) for kind in models for name, one in getattr(kind, "model_fields", {}).items()]
    is_needed = any(name == problem.name and field.is_required() for name, field in fields)
    return Finding("M-BLANK" if is_needed else "M-EMPTY", span, values)


def _hint(model: type[BaseModel], problem: _Problem) -> dict[str, str]:
    """Say what to write where something of another sort stands: by what is wanted, and what is there."""
    if problem.kind in _SHAPED:
        if is_money(model, problem.path, amount := _amount(problem.value)):
            return {"hint": "hint.cost", "amount": flow(tidy(amount))}
        if meant := shape(model, problem.path, problem.value):
            return {"hint": "hint.shape", "shape": meant}
    if problem.kind in ("list_type", "tuple_type") and isinstance(problem.value, str):
        return {"hint": "hint.list"}
    if problem.kind in ("dict_type", "model_type"):
        return {"hint": "hint.group"}
    if isinstance(problem.value, Sequence | Mapping):
        return {"hint": "hint.one" if problem.kind == "string_type" else "hint.other"}
    if problem.kind == "string_type":
        return {"hint": "hint.quote"}
    if problem.kind not in ("int_type", "int_from_float"):
        return {"hint": "hint.other"}
    allowed = _range(model, problem)
    return {"hint": "hint.range", "range": allowed} if "–" in allowed else {"hint": "hint.integer"}


def _amount(value: object) -> object:
    """Give the amount of money that stands alone, or in a group of keys without a list around it."""
    return value.get("amount") if isinstance(value, Mapping) else value


def _range(model: type[BaseModel], problem: _Problem) -> str:
    """Give both ends of the range that a number left, wherever in the field it stands."""
    low, high = problem.context.get("ge"), problem.context.get("le")
    stack: list[Any] = [TypeAdapter(model).json_schema()]
    ranges: list[tuple[int, int]] = []
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "minimum" in node and "maximum" in node:
                ranges.append((node["minimum"], node["maximum"]))
            named = node.get("properties", {}).get(problem.path[0]) if node.get("properties") else None
            stack.extend([named] if named else node.values())
        elif isinstance(node, list):
            stack.extend(node)
    fitting = [one for one in ranges if low in (None, one[0]) and high in (None, one[1])]
    return "–".join(map(str, fitting[-1])) if fitting else f"≥ {low}" if high is None else f"≤ {high}"


def meant_day(written: str) -> str:
    """Tell which real day somebody wrote the Vietnamese way (13/9/2017), or without leading zeros; "" if none."""
    parts = re.fullmatch(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", written.strip())
    if not parts:
        return ""
    first, _, month, last = parts.groups()
    day, year = (last, first) if len(first) == 4 else (first, last)
    try:
        return date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else ""
    except ValueError:
        return ""


def _odd_key(value: Mapping) -> tuple[str, str, str] | None:
    """Find the misspelt key of something that is nearly a long form, or nearly says that a value is unknown."""
    if "value" in value:
        odd = next((key for key in value if key not in LONG), "")
        return (odd, nearest(odd, LONG), ", ".join(sorted(LONG, key=len))) if odd else None
    first = next(iter(value), "")
    if first == "unknown":
        return None
    return (first, "unknown", ", ".join(Unknown.model_fields)) if nearest(first, ("unknown",)) else None


def _refers(model: type[BaseModel], path: Path) -> frozenset[str]:
    """Name the sections whose ids belong under a path."""
    if not path:
        return frozenset()
    return holds(model, path[:-1] if isinstance(path[-1], int) else path).refers


def _number(
    span: Span, values: dict[str, str], sections: Collection[str], known: Mapping_[str, Collection[str]]
) -> Finding:
    """Report a number where an id belongs, with the one id that has it as a part."""
    near = partly(values["found"], [id for section in sections for id in known.get(section, ())])
    told = values | {"near": near, "sections": ", ".join(sorted(sections))}
    return Finding("M-NUMBER", span, told)


def _odd_item(value: Sequence, span: Span, values: dict[str, str], known: Mapping_[str, Collection[str]]) -> Finding:
    """Point at what is no text in a list that stands for a mapping (the states of an element)."""
    for index, item in enumerate(value):
        if isinstance(item, int | Decimal):
            return _number(value.span(index), values | {"found": show(item)}, ("states",), known)
        if not isinstance(item, str):
            told = {"found": show(item), "expected": "type.text", "hint": "hint.quote"}
            return Finding("M-TYPE", value.span(index), values | told)
    return Finding("M-TYPE", span, values | {"expected": "type.mapping", "hint": "hint.group"})


def _unknown_key(model: type[BaseModel], problem: _Problem, origin: Written, id: str, missing: list[str]) -> Finding:
    """Report an unknown key. Where it is nearly one that is missing, that one is meant, and not told again."""
    *above, key = problem.path
    allowed = keys_at(model, tuple(above), origin.node, problem.labels)
    if is_record(model, problem.value) and not above:
        return Finding("M-DEEP", origin.node.key_span(str(key)), {"id": id, "key": str(key)})  # type: ignore[union-attr]
    near = nearest(str(key), missing, 50) or ours(str(key), allowed)
    if near in missing:
        missing.remove(near)
    node: object = origin.node
    for part in above:
        node = child(node, part)
    span = node.key_span(str(key)) if isinstance(node, Mapping) else origin.span(*problem.path)
    values = {"id": id, "key": str(key), "near": near, "allowed": ", ".join(allowed)}
    values |= {"empty": "yes"} if problem.value == "" and not above else {}
    return Finding("M-KEY", span, values | {"section": "" if above else getattr(model, "section", "")})


def is_record(model: type[BaseModel], value: object) -> bool:
    """Tell whether what stands under an unknown key is itself a whole record: it was indented too deep."""
    needed = {name for name, field in model.model_fields.items() if field.is_required()}
    return isinstance(value, Mapping) and bool(needed) and needed <= value.keys()


def _word(problem: _Problem, span: Span, values: dict[str, str]) -> Finding:
    """Report a word that is not one of a list; a level of secrecy is refused with the whole input."""
    if problem.path[-1:] == ("access",) and values["found"].casefold() in SECRET:
        return Finding("M-SECRET", span, values, refused=True)
    allowed = sorted(re.findall(r"'([^']*)'", str(problem.context.get("expected", ""))))
    code = "M-KIND" if problem.path == ("kind",) else "M-VALUE"
    return Finding(code, span, values | {"allowed": ", ".join(allowed), "near": ours(values["found"], allowed)})
