"""Reads the requirement files of an edition, and refuses what does not hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from kientruc.finding import Finding
from kientruc.frameworks.law import LawRegister
from kientruc.frameworks.lineage import Lineage
from kientruc.frameworks.reader import EditionError, nearest, unknown, validated
from kientruc.frameworks.requirement import Checks, Requirement, Stage, placeholders
from kientruc.frameworks.vocabulary import Words
from kientruc.model.record import adapter
from kientruc.model.values import Certainty
from kientruc.reading.tree import Mapping as Written
from kientruc.reading.tree import Sequence
from kientruc.source import SourceFile, Span

FOLDER = "requirements/"
CHECK_LISTS = ("checklist", "checks_c4")  # the code lists whose values `serves` names
READ = frozenset((Certainty.STATED, Certainty.DERIVED))


def load(
    files: Mapping[str, tuple[Any, SourceFile]],
    words: Words,
    law: LawRegister,
    checks: Checks,
    lineage: Lineage,
) -> tuple[dict[str, Requirement], dict[str, Span], list[Finding]]:
    """Read every file of the folder.

    Returns:
        The requirements by id, where each is written, and everything that is wrong.
    """
    own = {path: top for path, (top, _) in files.items() if path.startswith(FOLDER)}
    reader = checks.of({kind for top in own.values() for kind in _kinds(top)})
    found: dict[str, Requirement] = {}
    spans: dict[str, Span] = {}
    tops: dict[str, Any] = {}
    problems: list[Finding] = []
    for path, top in own.items():
        try:
            requirement = _requirement(top, reader, words)
        except EditionError as error:
            problems.extend(error.findings)
            continue
        problems.extend(_problems(requirement, top, path, law))
        problems.extend(_served(requirement, top, words))
        found[requirement.id], tops[requirement.id] = requirement, top
        spans[requirement.id] = top.span("id")
    for id, requirement in found.items():
        problems.extend(lineage.problems(requirement, tops[id], found))
    return found, spans, problems


def _kinds(top: Any) -> Iterator[str]:
    """Give the kinds of check that a requirement names, "" for what is none."""
    written = top.get("checks")
    for check in written if isinstance(written, Sequence) else ():
        kind = check.get("kind") if isinstance(check, Written) else None
        yield kind if isinstance(kind, str) else ""


def _requirement(top: Any, checks: TypeAdapter[Any], words: Words) -> Requirement:
    problems: list[Finding] = []
    made: Any = ()
    try:
        made = validated(checks, top.get("checks", ()), top.get("checks"), words)
    except EditionError as error:
        problems.extend(error.findings)
        made = ("wrong",)
    try:
        requirement: Requirement = validated(adapter(Requirement), {**top, "checks": made}, top)
    except EditionError as error:
        raise EditionError((*problems, *error.findings)) from None
    if problems:
        raise EditionError(problems)
    return requirement


def _problems(requirement: Requirement, top: Any, path: str, law: LawRegister) -> Iterator[Finding]:
    needed = path.removeprefix(FOLDER).removesuffix(".yaml")
    if requirement.id != needed:
        yield Finding("E-ID", top.span("id"), {"found": requirement.id, "needed": needed})
    seen: set[str] = set()
    for index, check in enumerate(requirement.checks):
        if check.id in seen:
            yield Finding("E-CHECK", top.span("checks", index, "id"), {"id": check.id})
        seen.add(check.id)
    yield from _clauses(requirement, top, law)
    known = frozenset.intersection(*(check.placeholders for check in requirement.checks))
    for field in ("message", "remedy"):
        for name in sorted(placeholders(getattr(requirement, field)) - known):
            lang = "vi" if f"{{{name}}}" in getattr(requirement, field).vi else "en"
            values = {"found": name, "near": nearest(name, known), "allowed": ", ".join(sorted(known))}
            yield Finding("E-PLACEHOLDER", top.span(field, lang), values)


def _clauses(requirement: Requirement, top: Any, law: LawRegister) -> Iterator[Finding]:
    """Refuse a clause whose document nobody knows, and a claim to have read what was not read."""
    for index, clause in enumerate(requirement.clause):
        if clause.document not in law.documents:
            yield unknown(clause.document, "document", law.documents, top.span("clause", index, "document"))
    if requirement.status is Stage.STABLE and requirement.clause[0].certainty not in READ:
        yield Finding("E-CLAUSE", top.span("status"), {"id": requirement.id})


def _served(requirement: Requirement, top: Any, words: Words) -> Iterator[Finding]:
    """Refuse a line that none of the edition's check lists has."""
    known = [str(value) for name in CHECK_LISTS if name in words.lists for value in words.lists[name].values]
    for index, line in enumerate(requirement.serves):
        if line not in known:
            yield unknown(line, "check-list line", known, top.span("serves", index))
