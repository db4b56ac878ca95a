"""A form's workbook as data: what the dossier is, how to fill it in, the tables, value lists, fields, and versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kientruc.frameworks.edition import Edition
from kientruc.frameworks.forms import FormField, Forms
from kientruc.frameworks.vocabulary import CodeList
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.model.values import Certainty
from kientruc.views.access_marks import mark, notice
from kientruc.views.form_sheets import LIST, Sheet, sheets, unknown_words
from kientruc.views.words import day, label, name

GUIDE = ("codes", "unknown", "relations", "lists", "names")


@dataclass(frozen=True, slots=True)
class List:
    """One value list, in the words that cells hold."""

    id: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The whole workbook; `names` are the names of the sheets that are no tables."""

    title: str
    form: str
    tool: str
    lang: str
    mark: str  # what every page says: made-up data, for whom it is
    names: Mapping[str, str]
    particulars: tuple[tuple[str, str], ...]
    guide: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    lists: tuple[List, ...]
    dictionary: tuple[tuple[str, ...], ...]
    history: tuple[tuple[str, ...], ...]

    def heading(self, field: FormField) -> str:
        """Give the name of a column; one that must be filled in bears a star, as in the draft guide."""
        return field.name.in_(self.lang) + (" *" if field.duty.value == "mandatory" and field.when is None else "")


def workbook(architecture: Architecture, edition: Edition, tool: str, lang: str = "vi") -> Book:
    """Make the workbook of an edition's form.

    Raises:
        ValueError: the edition prescribes no tables.
    """
    forms = edition.forms
    if forms is None:
        raise ValueError("an edition without forms")
    tables = sheets(architecture, edition, lang)
    used = dict.fromkeys(field.list for table in tables for field in table.columns if field.list)
    lists = tuple(_list(id, edition.words.lists[id], lang) for id in used)
    return Book(
        name(architecture.head, lang),
        edition.about.name.in_(lang),
        tool,
        lang,
        mark(architecture, lang),
        {form.holds: form.sheet or id for id, form in forms.forms.items() if form.holds},
        _particulars(architecture, lang),
        tuple((text("cut.copy", lang), told) for told in filter(None, (notice(architecture, lang),)))
        + tuple((table.name, note.in_(lang)) for table in tables if (note := forms.forms[table.form].note))
        + tuple(_counts(architecture, forms, tables, lang))
        + tuple((text(f"form-guide.{key}", lang), text(f"form-guide-words.{key}", lang)) for key in GUIDE),
        tables,
        lists,
        tuple(_dictionary(forms, tables, edition, lang)),
        tuple(_history(architecture, lang)),
    )


def _counts(
    architecture: Architecture, forms: Forms, tables: tuple[Sheet, ...], lang: str
) -> Iterator[tuple[str, str]]:
    """Tell how many rows each table has, of how many records, which have none and why, and how many are unconfirmed."""
    said = {crosswalk.of: crosswalk.left_out for crosswalk in forms.crosswalks.values()}
    relations = Counter(one.verb.value for one in architecture.relations)
    kinds = Counter(one.kind.value for one in architecture.elements.values())
    for table in tables:
        form = forms.forms[table.form]
        match form.rows:
            case ("elements",):
                mapped = any(field.field == "mapping" for field in form.fields)
                key, left, counts = "mapped" if mapped else "objects", said.get("kind", {}), kinds
            case ("relations",):
                key, left, counts = "relations", said.get("verb", {}), relations
            case _:
                key, left, counts = "pairs", {}, Counter(tasks=len(architecture.records["tasks"]))
        told = [text(f"form-count.{key}", lang, rows=len(table.lines), all=counts.total())]
        why = [f"{counts[one]} – {words.in_(lang).rstrip('.')}" for one, words in left.items() if counts[one]]
        rest = counts.total() - len(table.lines) - sum(counts[one] for one in left)
        reasons = {"mapped": text("form-rest.mapped", lang), "relations": text("form-rest.relations", lang)}
        if rest > 0 and key in reasons:
            why.append(f"{rest} – {reasons[key]}")
        told += [text("form-count.left", lang, words=LIST.join(why))] if why else []
        bare = sum("contents" not in line.records for line in table.lines) if key == "pairs" else 0
        told += [text("form-count.bare", lang, count=bare)] if bare else []
        records = {id(one): one for line in table.lines for one in line.records.values()}
        unsure = sum(one.certainty in (Certainty.ASSUMED, Certainty.DOUBTFUL) for one in records.values())
        told += [text("form-count.unsure", lang, count=unsure)] if unsure else []
        yield (text("form-count", lang, sheet=table.name), " ".join(told))


def _history(architecture: Architecture, lang: str) -> Iterator[tuple[str, ...]]:
    for one in sorted(architecture.records["versions"].values(), key=lambda one: (one.date, one.id)):
        summary = (one.summary_en if lang == "en" else None) or one.summary or ""
        yield (one.number, day(one.date, lang), summary)


def _list(id: str, found: CodeList, lang: str) -> List:
    words = (found.words[str(value)].in_(lang) if str(value) in found.words else str(value) for value in found.values)
    return List(id, found.name.in_(lang), tuple(dict.fromkeys(words)))


def _particulars(architecture: Architecture, lang: str) -> tuple[tuple[str, str], ...]:
    head = architecture.head
    effective = head.effective
    open_ = effective if isinstance(effective, Unknown) else Unknown(unknown="–", ask=head.agency)
    days = day(effective, lang) if isinstance(effective, date) else unknown_words(architecture, open_, lang)
    found = {
        "dossier": head.id,
        "agency": label(architecture, head.agency, lang),
        "version": head.version or unknown_words(architecture, Unknown(unknown="–", ask=head.agency), lang),
        "effective": days,
        "cut-off": day(head.cut_off, lang),
    }
    return tuple((text(f"form-head.{key}", lang), words) for key, words in found.items())


def _dictionary(forms: Forms, tables: tuple[Sheet, ...], edition: Edition, lang: str) -> list[tuple[str, ...]]:
    duties = edition.words.lists[forms.duties].words if forms.duties else {}
    return [
        (
            table.name,
            field.name.in_(lang),
            duties[field.duty].in_(lang) if field.duty in duties else field.duty.value,
            field.when.in_(lang) if field.when else "",
            edition.words.lists[field.list].name.in_(lang) if field.list else "",
        )
        for table in tables
        for field in table.columns
    ]
