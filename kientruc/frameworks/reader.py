"""Files of an edition to typed values; whatever is misspelt is refused with its file, line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ParamSpec, TypeVar

from pydantic import TypeAdapter, ValidationError

from kientruc.finding import Finding
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping, Sequence, Written
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span

# What a value must be, by pydantic's name for what it is not; keys of the catalogue.
TYPES = {
    "string_type": "type.text",
    "string_too_short": "type.text",
    "int_type": "type.integer",
    "bool_type": "type.boolean",
    "tuple_type": "type.list",
    "dict_type": "type.mapping",
    "model_type": "type.mapping",
}
NAMED = 30  # of the names that are allowed, so many are told
FORMS = {"day_form": "2017-09-13", "day_impossible": "2017-09-13"}
T = TypeVar("T")
P = ParamSpec("P")


class EditionError(Exception):
    """An edition cannot be used; `findings` say where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.order))
        lines = (f"{finding.span}: {finding.code} {finding.values}" for finding in self.findings)
        super().__init__("\n".join(lines))


class Problems(list[Finding]):
    """Findings of several files, gathered so that all are told in one run."""

    def catch(self, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Make something; None where that is refused, and the findings are kept."""
        try:
            return make(*args, **kwargs)
        except EditionError as error:
            self.extend(error.findings)
            return None


def read(workspace: Workspace, path: str, limits: Limits = DEFAULT) -> tuple[Mapping, SourceFile]:
    """Read one YAML file of an edition, whose top is a mapping.

    Raises:
        EditionError: it is not there, not YAML, or its top is something else.
    """
    try:
        file = workspace.read(path)
    except Refusal as refusal:
        raise EditionError([refusal.finding]) from None
    top, findings = parse(file, limits)
    if findings:
        raise EditionError(findings)
    if not isinstance(top, Mapping):
        raise EditionError([Finding("E-TOP", Span(file, 0, 0), {"path": path})])
    return top, file


def validated(adapter: TypeAdapter[Any], data: Any, node: Any, context: object = None) -> Any:
    """Make a typed value.

    Args:
        data: what is validated; it has the shape of `node`, which knows the positions.
        context: the words that checks may name.
    Raises:
        EditionError: one finding for each place.
    """
    try:
        return adapter.validate_python(data, context=context)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        told: dict[Any, Finding] = {}
        for problem in (one for whole in problems for one in _each(whole)):
            finding = _finding(problem, node, _missing_beside(problem, problems))
            told.setdefault((finding.span, problem["loc"] if problem["type"] == "missing" else ""), finding)
        raise EditionError(_without_twins(list(told.values()))) from None


def keyed(node: Mapping) -> dict[str, dict[str, Any]]:
    """Give records the id they are written under and their place, as the loader of architectures does."""
    file = node.file
    entries = {}
    for index, (id, value) in enumerate(node.items()):
        if not isinstance(value, Mapping):
            values = {"field": id, "found": str(value)[:60], "expected": "type.mapping"}
            raise EditionError([Finding("E-TYPE", node.key_span(id), values)])
        entries[id] = {**value, "\0id": id, "\0origin": Written(file, node.spans[2 * index], value)}
    return entries


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known name most like a misspelt one; "" if none is near."""
    from difflib import get_close_matches  # only ever needed to explain a mistake

    return next(iter(get_close_matches(word, sorted(set(known)), 1, 0.6)), "")


def unknown(name: str, what: str, known: Iterable[str], span: Span | None) -> Finding:
    """Refuse a name that nothing bears: what it should name, which names there are, and which one is near."""
    known = tuple(known)
    allowed = ", ".join((*known[:NAMED], *(("…",) if len(known) > NAMED else ())))
    values = {"found": name, "what": what, "near": nearest(name, known), "allowed": allowed}
    return Finding("E-WORD", span, values)


def _each(problem: Any) -> Iterator[Any]:
    """Take apart what a validator told in one go."""
    if problem["type"] != "faults":
        yield problem
        return
    for code, path, values in problem["ctx"]["faults"]:
        yield {**problem, "type": "fault", "ctx": {"code": code, "path": path, "values": values}}


def _missing_beside(problem: Any, problems: Iterable[Any]) -> list[str]:
    """Give the keys that are missing in the mapping where a problem is."""
    around = problem["loc"][:-1]
    return [str(one["loc"][-1]) for one in problems if one["type"] == "missing" and one["loc"][:-1] == around]


def _without_twins(findings: list[Finding]) -> list[Finding]:
    """Tell a misspelt key once, not again as the key that is missing."""
    meant = {finding.values["near"] for finding in findings if finding.code == "E-KEY"} - {""}
    return [one for one in findings if one.code != "E-MISSING" or one.values["field"] not in meant]


def _finding(problem: Any, node: Any, missing: list[str]) -> Finding:
    """Tell one problem of pydantic in our own code: where, what was found, what is allowed, what is near."""
    kind, context = problem["type"], problem.get("ctx") or {}
    path = tuple(_written(node, (*problem["loc"], *context.get("path", ()))))
    name = next((part for part in reversed(problem["loc"]) if isinstance(part, str)), "")
    if kind == "fault":
        values: dict[str, str] = dict(context["values"])
        if "known" in values:
            values["near"] = nearest(values["found"], values.pop("known").split("\0"))
        return Finding(context["code"], _span(node, path), values)
    if kind == "missing":
        return Finding("E-MISSING", _span(node, path), {"field": name})
    if kind == "extra_forbidden":
        owner = _at(node, path[:-1])
        span = owner.key_span(name) if isinstance(owner, Mapping) else _span(node, path)
        return Finding("E-KEY", span, {"key": name, "near": nearest(name, missing)})
    if kind == "unknown_word":
        known = list(context["known"])
        return unknown(str(context["found"]), str(context["what"]), known, _span(node, path))
    if kind == "union_tag_invalid":
        return unknown(str(context["tag"]), "kind", _quoted(context["expected_tags"]), _span(node, (*path, "kind")))
    found = problem["input"]
    shown = "" if isinstance(found, Mapping | Sequence | dict | list) else str(found)[:60]
    if kind in ("enum", "literal_error"):
        return unknown(shown, name, _quoted(context["expected"]), _span(node, path))
    if kind in TYPES:
        return Finding("E-TYPE", _span(node, path), {"field": name, "found": shown, "expected": TYPES[kind]})
    bounds = (context[key] for key in ("expected", "ge", "le", "max_length", "min_length") if key in context)
    allowed = str(next(bounds, FORMS.get(kind, kind)))
    return Finding("E-VALUE", _span(node, path), {"field": name, "found": shown, "allowed": allowed})


def _quoted(words: str) -> list[str]:
    """Take the allowed words out of pydantic's list of them."""
    return re.findall(r"'([^']*)'", words)


def _written(node: Any, loc: tuple[str | int, ...]) -> Iterator[str | int]:
    """Keep of pydantic's location what was written; names of union branches fall out."""
    for part in loc:
        if isinstance(node, Mapping) and str(part) in node:
            node = node[str(part)]
            yield str(part)
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
            yield part


def _at(node: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        node = node[part]
    return node


def _span(node: Any, path: tuple[str | int, ...]) -> Span | None:
    if not isinstance(node, Mapping | Sequence):
        return None
    return node.span(*path)
