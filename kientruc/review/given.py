"""A file of the reviewer: read as strictly as what it is about, every mistake with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import Field

from kientruc.errors import no_file
from kientruc.finding import Finding
from kientruc.loading.gathered import ID, proposal, show
from kientruc.loading.mistakes import explain
from kientruc.loading.nearest import nearest
from kientruc.loading.validate import errors_of
from kientruc.model.record import Frozen
from kientruc.reading.files import Workspace
from kientruc.reading.limits import DEFAULT
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping, Written, unpack
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span


class Given(Frozen):
    """One record of a reviewer, written under its id; it knows where."""

    section: ClassVar[str] = ""

    id: str = Field(default="", validation_alias="\0id")
    origin: Any = Field(default=None, validation_alias="\0origin", exclude=True, repr=False)

    def span(self, *path: str | int) -> Span:
        """Give where the value under a path is written; the record's id where it is not."""
        found: Span = self.origin.span(*path)
        return found


R = TypeVar("R", bound=Given)


@dataclass(frozen=True, slots=True)
class File:
    """One file as it was read; `top` is None where it could not be, and `findings` say why."""

    source: SourceFile
    top: Mapping | None
    findings: tuple[Finding, ...]


def open_file(path: Path, form: str, keys: tuple[str, ...]) -> File:
    """Read a file and check its first line and its keys.

    Args:
        form: what `format:` must say.
        keys: what else may stand at the top.
    Raises:
        UsageError: there is no such file.
    """
    if not path.exists():
        raise no_file(path, "*.yaml")
    try:
        source = Workspace(path.parent, DEFAULT).read(path.name)
    except Refusal as refusal:
        return File(SourceFile(path.name, ""), None, (refusal.finding,))
    top, findings = parse(source, DEFAULT)
    found = list(findings)
    if not isinstance(top, Mapping):
        if not found:
            found.append(Finding("R-FORMAT", Span(source, 0, 0), {"found": show(top), "allowed": form}))
        return File(source, None, tuple(found))
    if top.get("format") != form:
        at = top.span("format") if "format" in top else Span(source, 0, 0)
        found.append(Finding("R-FORMAT", at, {"found": show(top.get("format")), "allowed": form}))
        return File(source, None, tuple(found))
    allowed = ("format", *keys)
    for key in top:
        if key not in allowed:
            values = {"key": key, "near": nearest(key, allowed), "allowed": ", ".join(allowed)}
            found.append(Finding("M-SECTION", top.key_span(key), values))
    return File(source, top, tuple(found))


def records(top: Mapping, model: type[R], findings: list[Finding]) -> Iterator[R]:
    """Give the records of the model's section; what is wrong with the others is added to the findings."""
    if model.section not in top:
        if not findings:  # a misspelt one is told already
            values = {"id": top.file.path, "field": model.section}
            findings.append(Finding("M-MISSING", Span(top.file, 0, 0), values))
        return
    node = top[model.section]
    if not isinstance(node, Mapping):
        values = {"field": model.section, "expected": "type.records", "found": show(node)}
        findings.append(Finding("M-TYPE", top.key_span(model.section), values))
        return
    for index, (id, value) in enumerate(node.items()):
        if len(findings) >= DEFAULT.findings:
            return  # the file is refused anyway, and nobody reads more
        at = unpack(node.file, node.spans[2 * index])
        if not isinstance(value, Mapping):
            values = {"key": id, "section": model.section, "found": show(value)}
            findings.append(Finding("M-RECORD", at, values))
            continue
        origin = Written(node.file, node.spans[2 * index], value)
        if not ID.fullmatch(id):
            findings.append(Finding("M-ID", at, {"id": id, "proposal": proposal(id)}))
        filled = {key: "" if inner is None else inner for key, inner in value.items()}
        data = {**filled, "\0id": id, "\0origin": origin}
        problems = errors_of(model, data)
        findings.extend(explain(model, problems, origin, id))
        if not problems:
            yield model.model_validate(data)
