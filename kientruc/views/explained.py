"""A requirement, a kind of check, an edition explained: what, why, law, examples, how to mend; and indexes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kientruc.frameworks import Edition, Requirement
from kientruc.frameworks.requirement import Clause
from kientruc.frameworks.requirements import CHECK_LISTS
from kientruc.messages import text
from kientruc.model.legal import LegalDocument
from kientruc.views.card import Card, Row, open_words
from kientruc.views.conformance import trial
from kientruc.views.editions import Listed, listed
from kientruc.views.words import day

NAME = "check-name"
PARTS = ("check-asks", "check-passes", "check-fails", "check-open")  # what is told of a kind of check
BY_ANSWER = {"passes": "passes-by-answer", "fails": "fails-by-answer"}  # where it is a person who says so
EXAMPLES = ("passes", "fails", "not-applicable")
Uses = tuple[tuple[Edition, Requirement], ...]


def requirement_card(edition: Edition, requirement: Requirement, checks: tuple[Row, ...], lang: str) -> Card:
    """Tell everything of a requirement.

    Args:
        checks: each of its checks in words.
    """

    def say(key: str, **values: str) -> str:
        return text(f"explain.{key}", lang, **values)

    stage = trial(requirement, lang) or say("stable" if requirement.binds else "advises")
    rows = [
        *(_clause(edition, clause, lang) for clause in requirement.clause),
        Row(say("modality"), text(f"modality.{requirement.modality.value}", lang), (Row("", stage),)),
        Row(say("severity"), text(f"level.{requirement.severity.value}", lang)),
        Row(say("days"), _days(edition, requirement, lang)),
        *((Row("", say("look-ahead")),) if requirement.look_ahead else ()),
        *_types(requirement, lang),
        *checks,
        Row(say("message"), open_words(requirement.message.in_(lang))),
        Row(say("remedy"), open_words(requirement.remedy.in_(lang))),
        *((Row(say("note"), requirement.note.in_(lang)),) if requirement.note else ()),
        *_origins(edition, requirement, lang),
    ]
    snippets = (requirement.passes, requirement.fails, requirement.not_applicable)
    asks = any(check.kind == "manual" for check in requirement.checks)
    heads = [say(BY_ANSWER.get(key, key) if asks else key) for key in EXAMPLES]
    blocks = tuple(zip(heads, snippets, strict=True))
    return Card(f"{requirement.id}: {requirement.title.in_(lang)}", tuple(rows), blocks, requirement.id)


def _clause(edition: Edition, clause: Clause, lang: str) -> Row:
    document = edition.law.documents[clause.document]
    where = f"{document.number}, {clause.article}" if clause.article else document.number
    reading = (Row(text("explain.reading", lang), clause.reading.in_(lang)),) if clause.reading else ()
    told = (
        Row("", _title(document, lang)),
        Row(text("explain.asks", lang), clause.asks.in_(lang)),
        *reading,
        Row(text("explain.certainty", lang), text(f"certainty.{clause.certainty.value}", lang)),
    )
    return Row(text("explain.clause", lang), where, told)


def _title(document: LegalDocument, lang: str) -> str:
    return document.title_en if lang == "en" and document.title_en else document.title


def _types(requirement: Requirement, lang: str) -> Iterator[Row]:
    if requirement.types:
        yield Row(text("explain.types", lang), ", ".join(text(f"sort.{one}", lang) for one in requirement.types))


def _days(edition: Edition, requirement: Requirement, lang: str) -> str:
    """Say from which day to which a requirement holds; an end that is open or not known is told so."""
    ends = edition.applies(requirement)
    names = (("from", "no-from"), ("until", "no-until"))
    first, last = (
        text(f"explain.{known}", lang, day=day(end, lang)) if end else text(f"explain.{open}", lang)
        for (known, open), end in zip(names, ends, strict=True)
    )
    return f"{first}, {last}"


def _origins(edition: Edition, requirement: Requirement, lang: str) -> Iterator[Row]:
    """Say where a requirement comes from, which check-list lines it serves, and what it was called."""
    if requirement.since:
        yield Row(text("explain.since", lang), requirement.since, (), requirement.since)
    for id in requirement.was:
        yield Row(text("explain.was", lang), id, (), id)
    if requirement.serves:
        yield Row(text("explain.serves", lang), "", tuple(_served(edition, requirement, lang)))
    if requirement.candidate:
        yield Row(text("explain.candidate", lang), requirement.candidate)
    yield Row(text("explain.edition", lang), f"{edition.about.name.in_(lang)} ({edition.id})", (), edition.id)


def _served(edition: Edition, requirement: Requirement, lang: str) -> Iterator[Row]:
    """Give the lines of the edition's check lists that a requirement helps to answer, with their words."""
    lists = [edition.words.lists[name].words for name in CHECK_LISTS if name in edition.words.lists]
    words = {line: said for one in lists for line, said in one.items()}
    for line in requirement.serves:
        yield Row(line, words[line].in_(lang) if line in words else "")


def kind_card(kind: str, settings: tuple[Row, ...], uses: Uses, example: str, lang: str) -> Card:
    """Tell what a kind of check asks, what it answers with, how it is set, and who uses it.

    Args:
        example: a check of this kind as its requirement writes it; "" where none does.
    """
    rows = [Row(text(f"explain.{part}", lang), text(f"{part}.{kind}", lang)) for part in PARTS]
    if settings:
        rows.append(Row(text("explain.settings", lang), "", settings))
    if uses:
        rows.append(Row(text("explain.used", lang), "", _requirements(uses, lang)))
    blocks = ((text("explain.written", lang), example),) if example else ()
    return Card(f"{kind}: {text(f'{NAME}.{kind}', lang)}", tuple(rows), blocks, kind)


def edition_card(edition: Edition, lang: str) -> Card:
    """Tell what an edition is, its requirements, and what was not read."""
    about, found = edition.about, listed(edition, None, lang)
    document = edition.law.documents[about.instrument.document]
    rows = [
        Row(text("explain.clause", lang), document.number, (Row("", _title(document, lang)),)),
        Row(text("explain.days", lang), found.days),
        *((Row(text("explain.note", lang), about.note.in_(lang)),) if about.note else ()),
        *((Row(text("explain.waivers", lang), about.policy.note.in_(lang)),) if about.policy.note else ()),
        Row(
            text("explain.requirements", lang),
            text("explain.counts", lang, stable=str(found.stable), trial=str(found.trial)),
            _requirements(((edition, one) for one in edition.requirements.values()), lang),
        ),
    ]
    if edition.not_read:
        not_read = (Row(f"{one.candidate}: {one.title.in_(lang)}", one.why.in_(lang)) for one in edition.not_read)
        rows.append(Row(text("explain.not-read", lang), str(len(edition.not_read)), tuple(not_read)))
    blocks = ((text("explain.head", lang), about.example_head),)
    return Card(f"{edition.id}: {about.name.in_(lang)}", tuple(rows), blocks, edition.id)


def _requirements(uses: Iterable[tuple[Edition, Requirement]], lang: str) -> tuple[Row, ...]:
    return tuple(Row(one.id, one.title.in_(lang), (), one.id) for _, one in uses)


def edition_index(editions: Iterable[Edition], lang: str) -> Card:
    """List some editions with their days and how much of each was read."""
    found = [listed(edition, None, lang) for edition in editions]
    rows = (Row(one.id, f"{one.name} ({one.instrument}; {one.days})", _counts(one, lang), one.id) for one in found)
    return Card(text("explain.by-edition", lang), tuple(rows))


def _counts(one: Listed, lang: str) -> tuple[Row, ...]:
    counts = {"stable": one.stable, "trial": one.trial, "not_read": one.not_read}
    return (Row("", text("editions.counts", lang, **counts)),)


def clause_index(editions: Iterable[Edition], lang: str) -> Card:
    """List the requirements of some editions by the document and article they rest on, in the order of numbers."""
    documents: dict[str, LegalDocument] = {}
    found: dict[str, dict[str, dict[str, tuple[Edition, Requirement]]]] = {}
    for edition in editions:
        for requirement in edition.requirements.values():
            for clause in requirement.clause:
                document = edition.law.documents[clause.document]
                article = clause.article or text("explain.whole", lang)
                documents[document.number] = document
                at = found.setdefault(document.number, {}).setdefault(article, {})
                at[requirement.id] = (edition, requirement)
    rows = (
        Row(
            number,
            _title(documents[number], lang),
            tuple(
                Row(article, "", _requirements(found[number][article].values(), lang))
                for article in sorted(found[number], key=_numbers)
            ),
        )
        for number in sorted(found, key=_numbers)
    )
    return Card(text("explain.by-clause", lang), tuple(rows))


def _numbers(words: str) -> tuple[tuple[str, int], ...]:
    """Sort 9 before 16, wherever in a text they stand."""
    return tuple((other, int(number or 0)) for other, number in re.findall(r"(\D*)(\d*)", words))


def kind_index(uses: dict[str, Uses], lang: str) -> Card:
    """List the requirements by the kinds of check they use."""
    rows = (Row(kind, text(f"{NAME}.{kind}", lang), _requirements(used, lang), kind) for kind, used in uses.items())
    return Card(text("explain.by-kind", lang), tuple(rows))
