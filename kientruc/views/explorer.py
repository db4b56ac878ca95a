"""What a reader explores: every element with its card, what it can be found and filtered by, and all findings."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from kientruc.canonical import canonical
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation
from kientruc.result import Status
from kientruc.views.card import card_rows
from kientruc.views.difference_words import Words
from kientruc.views.facets import ORDER, UNKNOWN, UNSAID, Facet, Value, facets_of, owners
from kientruc.views.outcomes import OutcomeLine, Results
from kientruc.views.remarks import Place
from kientruc.views.uses import Uses
from kientruc.views.words import label, name

TOLD = (Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED)  # outcomes that are findings: somebody has to act


@dataclass(frozen=True, slots=True)
class Entry:
    """One element: its card, and what it is found by.

    `values` are positions in each facet's values; `words` are in lower case and NFC, what it is called in their first
    line, `folded` the same without marks; a row is its label, its words and the id of the element it leads to, or "";
    `passed` are positions in the rules; `print` is of what its own record and relations say, wherever they stand.
    """

    id: str
    name: str
    kind: str
    values: tuple[tuple[int, ...], ...]
    words: str
    folded: str
    rows: tuple[tuple[str, str, str], ...]
    passed: tuple[int, ...]
    place: str
    print: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement: what all findings about it have in common."""

    id: str
    title: str
    about: str  # edition, modality, stage
    basis: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `rule` is a position in the rules; None for one of loading, which has a code instead."""

    rule: int | None
    code: str
    status: str  # of the outcome; the severity for one of loading
    message: str
    remedy: str
    subjects: tuple[Value, ...]
    places: tuple[str, ...]
    source: str  # the line at the first place
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explorer:
    """Everything the page shows but its pictures. Where loading failed there are only the findings of loading.

    `statuses` says the statuses and severities of the findings in words.
    """

    lang: str
    title: str
    mark: str
    facts: tuple[Value, ...]
    verdicts: tuple[tuple[str, str, str], ...]  # edition, verdict, its words
    facets: tuple[Facet, ...]
    entries: tuple[Entry, ...]
    rules: tuple[Rule, ...]
    findings: tuple[Found, ...]
    statuses: tuple[Value, ...]
    cut: int  # findings for which there was no room
    is_loaded: bool


def explorer(architecture: Architecture | None, results: Results) -> Explorer:
    """Gather what can be explored; of an architecture that did not load, why it did not."""
    lines = [line for edition in results.editions for line in edition.lines() if line.check]
    rules = tuple(dict.fromkeys((line.edition, line.rule) for line in lines))
    at = {key: position for position, key in enumerate(rules)}
    editions = {edition.id: edition.name for edition in results.editions}
    told = {(line.edition, line.rule): line for line in lines}
    lang = results.lang
    told_of = dict.fromkeys(
        _found(line, at) for line in lines if line.status in TOLD
    )  # several checks may say the same
    findings = (*map(_loading, results.loading), *told_of)
    facets, entries = _entries(architecture, lines, at, lang) if architecture else ((), ())
    return Explorer(
        lang=lang,
        title=results.title,
        mark=results.mark,
        facts=results.facts,
        verdicts=tuple((one.name, one.checked.result.verdict.value, one.verdict_word) for one in results.editions),
        facets=facets,
        entries=entries,
        rules=tuple(_rule(told[key], editions) for key in rules),
        findings=findings,
        statuses=tuple(_statuses(findings, lang)),
        cut=sum(edition.cut for edition in results.editions) + results.loading_count - len(results.loading),
        is_loaded=architecture is not None,
    )


class _Unmarked(dict[int, int | None]):
    """What becomes of each letter once it is taken apart: marks go, đ becomes d."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


_UNMARKED = _Unmarked({ord("đ"): ord("d")})


def folded(words: str) -> str:
    """Take the marks off: `Cổng dịch vụ` becomes `cong dich vu`."""
    return unicodedata.normalize("NFD", words.lower()).translate(_UNMARKED)


def _rule(line: OutcomeLine, editions: Mapping[str, str]) -> Rule:
    told = (*((editions[line.edition],) if len(editions) > 1 else ()), line.modality, line.stage)
    return Rule(line.rule, line.title, " · ".join(told), line.basis)


def _found(line: OutcomeLine, at: Mapping[tuple[str, str], int]) -> Found:
    status = line.status.value if line.status else ""
    subjects = tuple((id, named or id) for id, named in line.subjects)
    rest = line.remedy, subjects, *_places(line)
    return Found(at[line.edition, line.rule], line.rule, status, line.message, *rest, line.marks)


def _loading(line: OutcomeLine) -> Found:
    return Found(None, line.rule, line.severity.value, line.message, line.remedy, (), *_places(line), line.marks)


def _places(line: OutcomeLine) -> tuple[tuple[str, ...], str]:
    found: list[Place] = [one for one in (line.place, *line.also) if one]
    return tuple(one.where for one in found), line.place.source.strip() if line.place else ""


def _statuses(findings: tuple[Found, ...], lang: str) -> Iterator[Value]:
    for status, loading in dict.fromkeys((one.status, one.rule is None) for one in findings):
        yield status, text(f"severity.{status}" if loading else f"status.{status}", lang)


def _entries(
    architecture: Architecture, lines: list[OutcomeLine], at: Mapping[tuple[str, str], int], lang: str
) -> tuple[tuple[Facet, ...], tuple[Entry, ...]]:
    passed: dict[str, dict[int, None]] = {}
    worst: dict[str, Status] = {}
    for line in lines:
        for id, _ in line.subjects:
            if line.status is Status.PASS:
                passed.setdefault(id, {})[at[line.edition, line.rule]] = None
            if line.status in ORDER:
                worst[id] = min(worst.get(id, line.status), line.status, key=ORDER.index)
    order = {one.id: number for number, one in enumerate(architecture.components_in_order)}
    elements = sorted(
        architecture.elements.values(), key=lambda one: (order.get(one.component or "", len(order)), one.id)
    )
    filters = tuple(facets_of(architecture, elements, worst, lang))
    uses, told = Uses(architecture), Words(architecture, architecture, lang)
    outgoing: dict[str, list[Relation]] = defaultdict(list)
    for relation in architecture.relations:
        outgoing[relation.source_id].append(relation)

    def entry(element: Element) -> Entry:
        _, *rows = card_rows(architecture, element, told, uses)  # the kind stands by itself
        words = _words(architecture, element, lang)
        return Entry(
            id=element.id,
            name=name(element, lang),
            kind=element.kind.in_(lang),
            values=tuple(one.chosen(element) for one in filters),
            words=words,
            folded=folded(words),
            rows=tuple((row.label, row.words, row.ref if row.ref in architecture.elements else "") for row in rows),
            passed=tuple(passed.get(element.id, ())),
            place=str(element.span() or ""),
            print=_print(element, outgoing[element.id]),
        )

    return tuple(one.facet for one in filters), tuple(map(entry, elements))


def _print(element: Element, relations: Iterable[Relation]) -> str:
    said = [one.model_dump(mode="json", exclude_defaults=True) for one in (element, *relations)]
    return sha256(canonical(said)).hexdigest()[:16]


def _words(architecture: Architecture, element: Element, lang: str) -> str:
    """Give all that an element can be found by: what it is called in a line of its own, then what is said of it."""
    bodies = (one for one in owners(element) if one not in (UNKNOWN, UNSAID))
    component = architecture.components.get(element.component or "")
    called = " ".join(filter(None, (element.name, element.name_en, element.id)))
    parts = (
        *(called, element.kind.in_(lang), *element.codes.values()),
        *(element.description, element.description_en if lang == "en" else None),
        name(component, lang) if component else "",
        *(label(architecture, id, lang) for id in bodies),
    )
    return unicodedata.normalize("NFC", "\n".join(filter(None, parts)).lower())
