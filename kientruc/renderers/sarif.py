"""Results as SARIF 2.1.0: a run for each edition, requirements as rules, clauses as taxonomies, outcomes as results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any
from urllib.parse import quote

from kientruc.finding import Severity
from kientruc.messages import text
from kientruc.renderers.escapes import clean, markdown
from kientruc.result import Status
from kientruc.views.outcomes import Edit, EditionOutcomes, OutcomeLine, Results, Rule
from kientruc.views.remarks import Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 5_000  # results of one run: readers show no more, and refuse a file with five times as many
ROOT = "SRCROOT"  # where paths begin; its address is the reader's to know
PRINT = "kientruc/v1"
LEVELS = {Severity.BLOCKER: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.INFO: "note"}
KINDS = {
    **{Status.FAIL: "fail", Status.WAIVED: "fail", Status.PASS: "pass"},
    **{Status.MANUAL: "review", Status.ERROR: "open", Status.NOT_APPLICABLE: "notApplicable"},
}  # what was not evaluated is no result; the run's properties list it


def render(results: Results, alerts: bool = False) -> str:
    """Spell the results.

    Args:
        alerts: leave only what failed, each with a place: GitHub shows every result as an alert, a pass as well, and
            refuses one without a place.
    """
    runs = [_Run(results, edition, number == 0, alerts).spell() for number, edition in enumerate(results.editions)]
    data = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs or [_Run(results, None, True, alerts).spell()]}
    return json.dumps(_clean(data), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value


class _Run:
    """One edition, or loading alone. Findings of loading are told once, in the first run."""

    def __init__(self, results: Results, edition: EditionOutcomes | None, first: bool, alerts: bool) -> None:
        self.results, self.edition, self.lang, self.alerts = results, edition, results.lang, alerts
        self.kinds = {status: kind for status, kind in KINDS.items() if kind == "fail" or not alerts}
        self.loading = results.loading if first else ()
        self.rules = (*(results.loading_rules if first else ()), *(edition.rules if edition else ()))
        self.places = {rule.id: index for index, rule in enumerate(self.rules)}
        self.artifacts = {path: index for index, path in enumerate(results.inputs)}
        clauses = [clause for rule in self.rules for clause in rule.clauses]
        self.documents = {clause.document: clause for clause in clauses}
        self.taxa: dict[str, dict[str, int]] = {document: {} for document in self.documents}
        for clause in clauses:
            articles = self.taxa[clause.document]
            articles.setdefault(clause.article or clause.number, len(articles))

    def spell(self) -> dict[str, Any]:
        """Give the run."""
        lines = chain(self.loading, self.edition.lines() if self.edition else ())
        shown = list(islice((line for line in lines if line.status is None or line.status in self.kinds), MOST))
        count = self._count()
        notices = [*self._capped(len(shown), count), *self._crashes()]
        return {
            "tool": {"driver": self._driver()},
            "language": self.lang,
            "columnKind": "unicodeCodePoints",
            "automationDetails": {"id": f"kientruc/{self.edition.id if self.edition else 'loading'}/"},
            "originalUriBaseIds": {ROOT: {"description": {"text": text("sarif.root", self.lang)}}},
            "artifacts": [
                {"location": _artifact(path), "encoding": "utf-8", **({"hashes": {"sha-256": sha}} if sha else {})}
                for path, sha in self.results.inputs.items()
            ],
            "taxonomies": [self._taxonomy(document) for document in self.documents],
            "invocations": [
                {
                    "executionSuccessful": not any(notice["level"] == "error" for notice in notices),
                    "toolExecutionNotifications": notices,
                }
            ],
            "results": [self._result(line) for line in shown],
            "properties": self._properties(len(shown), count),
        }

    def _count(self) -> int:
        """Count the results there would be without any limit."""
        count = self.results.loading_count if self.loading else 0
        if self.edition:
            count += sum(self.edition.counts[status] for status in self.kinds)
            count += sum(not rule.total and rule.status in self.kinds for rule in self.edition.rules)
        return count

    def _capped(self, shown: int, count: int) -> Iterator[dict[str, Any]]:
        if shown < count:
            yield {"level": "warning", "message": {"text": text("text.shown", self.lang, shown=shown, count=count)}}

    def _crashes(self) -> Iterator[dict[str, Any]]:
        for line in self.edition.lines() if self.edition and self.edition.counts[Status.ERROR] else ():
            if line.status not in (Status.FAIL, Status.ERROR):
                break  # what failed or crashed comes first
            if line.status is Status.ERROR:
                yield {
                    "level": "error",
                    "message": {"text": f"{line.rule}/{line.check}: {line.message}"},
                    "associatedRule": {"id": line.rule, "index": self.places[line.rule]},
                }

    def _properties(self, shown: int, count: int) -> dict[str, Any]:
        found: dict[str, Any] = {"sample": self.results.sample, "results": {"shown": shown, "count": count}}
        if self.results.access:
            found["access"] = self.results.access
        if self.edition:
            found |= {
                "edition": {"id": self.edition.id, "sha256": self.edition.sha256},
                "on": self.edition.day.isoformat() if self.edition.day else None,
                "verdict": self.edition.verdict.value,
                "partial": bool(self.edition.partial),
                "outcomes": {status.value: number for status, number in self.edition.counts.items()},
                "notEvaluated": [rule.id for rule in self.rules if rule.status is Status.NOT_EVALUATED],
            }
        return found

    def _driver(self) -> dict[str, Any]:
        name, version = self.results.tool.split(" ")
        names = [{"name": one.number, "index": index} for index, one in enumerate(self.documents.values())]
        return {
            "name": name,
            "semanticVersion": version,
            "language": self.lang,
            "rules": [self._rule(rule) for rule in self.rules],
            "supportedTaxonomies": names,
        }

    def _rule(self, rule: Rule) -> dict[str, Any]:
        asks = " ".join(rule.asks) or rule.title
        blocks = ((self._say("basis"), "; ".join(rule.basis)), (self._say("remedy"), rule.remedy))
        told = [(title, words) for title, words in blocks if words]
        return {
            "id": rule.id,
            "name": rule.title,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": asks},
            "help": {
                "text": "\n".join((asks, *(f"{title}: {words}" for title, words in told))),
                "markdown": "\n\n".join(
                    (markdown(asks), *(f"**{title}**: {markdown(words)}" for title, words in told))
                ),
            },
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "relationships": [self._relationship(document, article) for document, article in self._clauses(rule)],
            "properties": {
                "severity": rule.severity.value,
                "tags": [word for word in (rule.modality, rule.stage) if word],
                **({"modality": rule.modality, "status": rule.stage} if rule.modality else {}),
                "clauses": [
                    {"document": one.number, "article": one.article or None, "certainty": one.certainty}
                    for one in rule.clauses
                ],
            },
        }

    def _say(self, key: str) -> str:
        return text(f"column.{key}", self.lang)

    def _clauses(self, rule: Rule) -> Iterable[tuple[str, str]]:
        return dict.fromkeys((clause.document, clause.article or clause.number) for clause in rule.clauses)

    def _relationship(self, document: str, article: str) -> dict[str, Any]:
        component = {"name": self.documents[document].number, "index": list(self.documents).index(document)}
        target = {"id": article, "index": self.taxa[document][article], "toolComponent": component}
        return {"target": target, "kinds": ["relevant"]}

    def _taxonomy(self, document: str) -> dict[str, Any]:
        about = self.documents[document]
        return {
            "name": about.number,
            "shortDescription": {"text": about.title},
            **({"organization": about.issuer} if about.issuer else {}),
            **({"releaseDateUtc": about.date.isoformat()} if about.date else {}),
            "taxa": [{"id": article} for article in self.taxa[document]],
        }

    def _result(self, line: OutcomeLine) -> dict[str, Any]:
        kind = KINDS[line.status] if line.status else "fail"
        found: dict[str, Any] = {
            "ruleId": line.rule,
            "ruleIndex": self.places[line.rule],
            "kind": kind,
            "level": LEVELS[line.severity] if kind == "fail" else "none",
            "message": {"text": f"{line.message} {line.remedy}".rstrip()},
            "locations": self._locations(line),
            "partialFingerprints": {PRINT: line.fingerprint},
        }
        if line.also:
            found["relatedLocations"] = [
                {"id": number, **self._location(place)} for number, place in enumerate(line.also, start=1)
            ]
        steps = [(step, step.place) for step in line.witness if step.place]
        if steps:
            flow = [{"location": {**self._location(at), "message": {"text": step.name}}} for step, at in steps]
            found["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
        if line.status is Status.WAIVED:
            why = "; ".join(line.marks) or line.message
            found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
        if line.fix:
            found["fixes"] = [{"description": {"text": line.remedy}, "artifactChanges": self._changes(line.fix)}]
        if line.change:
            found["baselineState"] = line.change.value
        if line.status:
            found["properties"] = {
                **{"status": line.status.value, "check": line.check, "reason": line.reason},
                "subjects": [id for id, _ in line.subjects],
                "witness": [step.id for step in line.witness],
            }
        return found

    def _locations(self, line: OutcomeLine) -> list[dict[str, Any]]:
        names = [{"fullyQualifiedName": id, "name": name or id, "kind": "element"} for id, name in line.subjects]
        logical = {"logicalLocations": names} if names else {}
        if line.place:
            return [{**self._location(line.place), **logical}]
        if self.alerts and self.results.inputs:
            root = next(iter(self.results.inputs))
            return [{"physicalLocation": {"artifactLocation": _artifact(root)}, **logical}]
        return [logical] if logical else []

    def _changes(self, fix: Iterable[Edit]) -> list[dict[str, Any]]:
        by_path: dict[str, list[dict[str, Any]]] = {}
        for one in fix:
            region = {
                **{"startLine": one.line, "startColumn": one.column},
                **{"endLine": one.end_line, "endColumn": one.end_column},
            }
            by_path.setdefault(one.path, []).append({"deletedRegion": region, "insertedContent": {"text": one.text}})
        return [{"artifactLocation": self._artifact(path), "replacements": some} for path, some in by_path.items()]

    def _artifact(self, path: str) -> dict[str, Any]:
        return {**_artifact(path), **({"index": self.artifacts[path]} if path in self.artifacts else {})}

    def _location(self, place: Place) -> dict[str, Any]:
        region = {
            **{"startLine": place.line, "startColumn": place.column},
            **{"endLine": place.line, "endColumn": place.end_column},
        }
        return {"physicalLocation": {"artifactLocation": self._artifact(place.path), "region": region}}


def _artifact(path: str) -> dict[str, Any]:
    return {"uri": quote(path), "uriBaseId": ROOT}
