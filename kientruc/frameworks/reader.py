"""Files of an edition to typed values; whatever is misspelt is refused with its file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kientruc.finding import Finding
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping, Sequence, Written
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span


class EditionError(Exception):
    """An edition cannot be used; `findings` say where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.order))
        lines = (f"{finding.span}: {finding.code} {finding.values}" for finding in self.findings)
        super().__init__("\n".join(lines))


def read(workspace: Workspace, path: str) -> tuple[Mapping, SourceFile]:
    """Read one YAML file of an edition, whose top is a mapping.

    Raises:
        EditionError: it is not there, not YAML, or its top is something else.
    """
    try:
        file = workspace.read(path)
    except Refusal as refusal:
        raise EditionError([refusal.finding]) from None
    top, findings = parse(file, DEFAULT)
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
        told: dict[Any, Finding] = {}
        for problem in error.errors(include_url=False):
            finding = _finding(problem, node)
            told.setdefault(finding.span.order if finding.span else problem["loc"], finding)
        raise EditionError(told.values()) from None


def keyed(node: Mapping) -> dict[str, dict[str, Any]]:
    """Give records the id they are written under and their place, as the loader of architectures does."""
    file = node.file
    entries = {}
    for index, (id, value) in enumerate(node.items()):
        if not isinstance(value, Mapping):
            raise EditionError([Finding("E-TYPE", node.key_span(id), {"found": str(value), "expected": "mapping"})])
        entries[id] = {**value, "\0id": id, "\0origin": Written(file, node.spans[2 * index], value)}
    return entries


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known name most like a misspelt one; "" if none is near."""
    from difflib import get_close_matches  # only ever needed to explain a mistake

    return next(iter(get_close_matches(word, sorted(set(known)), 1, 0.6)), "")


def unknown(name: str, what: str, known: Iterable[str], span: Span | None) -> Finding:
    """Refuse a name that nothing bears: what it should name, which names there are, and which one is near."""
    known = tuple(known)
    values = {"found": name, "what": what, "near": nearest(name, known), "allowed": ", ".join(known)}
    return Finding("E-WORD", span, values)


def _finding(problem: Any, node: Any) -> Finding:
    """Tell one problem of pydantic in our own code: where, what was found, what is allowed, what is near."""
    path = tuple(_written(node, problem["loc"]))
    kind, context = problem["type"], problem.get("ctx") or {}
    name = str(problem["loc"][-1]) if problem["loc"] else ""
    if kind == "missing":
        return Finding("E-MISSING", _span(node, path), {"field": name})
    if kind == "extra_forbidden":
        owner = _at(node, path[:-1])
        span = owner.key_span(name) if isinstance(owner, Mapping) else _span(node, path)
        return Finding("E-KEY", span, {"key": name})
    if kind == "unknown_word":
        known = list(context["known"])
        return unknown(str(context["found"]), str(context["what"]), known, _span(node, path))
    found = problem["input"]
    shown = "" if isinstance(found, Mapping | Sequence | dict | list) else str(found)[:60]
    allowed = str(context.get("expected") or context.get("expected_tags") or context.get("what") or kind)
    return Finding("E-VALUE", _span(node, path), {"field": name, "found": shown, "allowed": allowed})


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
