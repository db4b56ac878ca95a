"""Results as JUnit XML: a suite for each clause, a case for each check, so that any build server shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from kientruc.finding import Severity
from kientruc.messages import text
from kientruc.renderers.escapes import clean, one_line
from kientruc.result import Status
from kientruc.views.outcomes import ORDER, EditionOutcomes, OutcomeLine, Results, Rule

SHOWN = 20  # outcomes told in one case
ELEMENTS = {Status.FAIL: "failure", Status.ERROR: "error", Status.PASS: ""}  # any other is skipped, and says why


def render(results: Results) -> str:
    """Spell the results. A case is as grave as its gravest outcome; no case carries a duration or a day."""
    root = ET.Element("testsuites", {"name": clean(results.title) or results.tool})
    if results.loading or not results.editions:
        root.append(_loading(results))
    for edition in results.editions:
        root.extend(_suites(edition, results))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suites(edition: EditionOutcomes, results: Results) -> Iterator[ET.Element]:
    cases: dict[tuple[str, str], list[OutcomeLine]] = {}
    for line in edition.lines():
        cases.setdefault((line.rule, line.check), []).append(line)
    groups: dict[str, list[Rule]] = {}
    for rule in edition.rules:
        groups.setdefault(_clause(rule), []).append(rule)
    for clause, rules in groups.items():
        suite = ET.Element("testsuite", {"name": clean(f"{edition.id}: {clause}")})
        suite.append(_properties(edition, results))
        for rule in rules:
            suite.extend(_case(edition, rule, check, cases, results.lang) for check in rule.checks)
        yield _counted(suite)


def _clause(rule: Rule) -> str:
    first = rule.clauses[0]
    return f"{first.number}, {first.article}" if first.article else first.number


def _properties(edition: EditionOutcomes, results: Results) -> ET.Element:
    found = {
        "tool": results.tool,
        "edition": edition.id,
        "edition.sha256": edition.sha256,
        "on": edition.day.isoformat() if edition.day else "",
        "verdict": edition.verdict.value,
        "partial": str(bool(edition.partial)).lower(),
        "sample": str(results.sample).lower(),
        **({"access": results.access} if results.access else {}),
    }
    properties = ET.Element("properties")
    for name, value in found.items():
        ET.SubElement(properties, "property", {"name": name, "value": value})
    return properties


def _case(
    edition: EditionOutcomes, rule: Rule, check: str, cases: dict[tuple[str, str], list[OutcomeLine]], lang: str
) -> ET.Element:
    name = f"{rule.id}/{check}: {rule.title}"
    case = ET.Element("testcase", {"classname": f"{edition.id}.{rule.id}", "name": clean(name)})
    lines = cases.get((rule.id, check)) or cases.get((rule.id, "")) or []
    status = min((line.status for line in lines if line.status), key=ORDER.index, default=Status.NOT_APPLICABLE)
    told = [line for line in lines if line.status is status]
    element = ELEMENTS.get(status, "skipped")
    words = text(f"status.{status.value}", lang)
    body = _body(told, lang)
    if rule.cut:
        body += "\n" + text("text.shown", lang, shown=rule.total - rule.cut, count=rule.total)
    if element:
        kind = f"{rule.stage}-{rule.modality}" if status is Status.FAIL else status.value
        first = f"{words}: {told[0].message}" if told else words
        ET.SubElement(case, element, {"type": kind, "message": one_line(first)}).text = body
    else:
        ET.SubElement(case, "system-out").text = f"{words}\n{body}"
    return case


def _body(lines: list[OutcomeLine], lang: str) -> str:
    """Tell outcomes a line each, then their basis."""
    told = [_told(line, lang) for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        told.append(text("report.more", lang, count=len(lines) - SHOWN))
    bases = dict.fromkeys(line.basis for line in lines if line.basis)
    return "\n".join((*told, *(f"{text('text.basis', lang)}: {one_line(basis)}" for basis in bases)))


def _told(line: OutcomeLine, lang: str) -> str:
    where = f"{line.place.path}:{line.place.line}:{line.place.column}: " if line.place else ""
    remedy = f" ({text('text.remedy', lang)}: {line.remedy})" if line.remedy else ""
    return one_line(f"{where}{line.message}{remedy}")


def _loading(results: Results) -> ET.Element:
    """One case for each code; a mere warning passes, and is told."""
    lang = results.lang
    suite = ET.Element("testsuite", {"name": text("stage.reading", lang)})
    for rule in results.loading_rules:
        case = ET.SubElement(suite, "testcase", {"classname": "loading", "name": f"{rule.id}: {clean(rule.title)}"})
        lines = [line for line in results.loading if line.rule == rule.id]
        body = _body(lines, lang)
        if rule.severity in (Severity.BLOCKER, Severity.MAJOR):
            told = {"type": rule.severity.value, "message": one_line(lines[0].message)}
            ET.SubElement(case, "failure", told).text = body
        else:
            ET.SubElement(case, "system-out").text = body
    if not results.editions:
        case = ET.SubElement(suite, "testcase", {"classname": "loading", "name": text("report.verdict", lang)})
        ET.SubElement(case, "skipped", {"message": text("text.not-evaluated", lang)})
    return _counted(suite)


def _counted(suite: ET.Element) -> ET.Element:
    cases: Iterable[ET.Element] = suite.findall("testcase")
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(element) is not None for case in cases)))
    return suite
