"""Names, days and sources as a reader of either language gets them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kientruc.messages import text
from kientruc.model.approval import Retired
from kientruc.model.architecture import Architecture
from kientruc.model.legal import LegalDocument, Source
from kientruc.model.organisation import Organisation
from kientruc.model.planning import Sourcing
from kientruc.model.record import Named, Record
from kientruc.model.values import Certainty


def name(record: Record, lang: str) -> str:
    """Give a record's name in a language; Vietnamese where there is no other; the id where there is no name."""
    if isinstance(record, LegalDocument):
        return record.number
    if isinstance(record, Sourcing | Retired) and record.name:
        return record.name_en if lang == "en" and record.name_en else record.name
    if isinstance(record, Named | Source):
        vi = record.name if isinstance(record, Named) else record.title
        en = record.name_en if isinstance(record, Named) else record.title_en
        return en if lang == "en" and en else vi
    return record.id


def day(value: date, lang: str) -> str:
    """Write a day: 13/9/2017 in Vietnamese, 13 September 2017 in English."""
    if lang == "vi":
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value.day} {text(f'month.{value.month}', lang)} {value.year}"


def number_words(value: int | Decimal, lang: str) -> str:
    """Write a number: 8.000 and 95,5 in Vietnamese, 8,000 and 95.5 in English."""
    words = f"{value:,}"
    return words.translate(str.maketrans(",.", ".,")) if lang == "vi" else words


def doubt(record: Record, lang: str, field: str = "") -> str:
    """Say how sure a record, or one field of it, is: "" where it was seen in its source."""
    certainty = record.certainty_of(field) if field else record.certainty
    return "" if certainty is Certainty.STATED else text(f"certainty.{certainty.value}", lang)


def as_of(record: Record, lang: str) -> str:
    """Say of which day a record tells, and how sure that day is where it is less sure than the record; "" for none."""
    if record.as_of is None:
        return ""
    told, own = day(record.as_of, lang), record.provenance.get("as_of")
    if own is None or own.certainty is None or own.certainty is record.certainty:
        return text("word.as-of", lang, day=told)
    return text("word.as-of-unsure", lang, day=told, certainty=text(f"certainty.{own.certainty.value}", lang))


def sources(architecture: Architecture, record: Record, lang: str) -> str:
    """Tell where a record was seen: "Nguồn: …"; "" where it has no source."""
    titles = source_titles(architecture, record, lang)
    return text("word.sources", lang, titles=titles) if titles else ""


def source_titles(architecture: Architecture, record: Record, lang: str) -> str:
    """Give the titles of a record's sources; "" where it has none."""
    known = architecture.records["sources"]
    return "; ".join(name(known[source], lang) for source in record.sources if source in known)


def answerer(architecture: Architecture, id: str, lang: str, on: date) -> str:
    """Name a body that must answer; beside one that has ended by a day, itself or with its whole, who took over."""
    body = architecture.organisations.get(id)
    if body is None or not body.successor or not architecture.has_ended(body, on):
        return label(architecture, id, lang)
    return text("word.succeeded", lang, name=name(body, lang), successor=_heirs(architecture, body, lang))


def heard_today(architecture: Architecture, id: str, lang: str, on: date) -> str:
    """Name a body that must answer, as `answerer` does; of one that ended after the day, too, who took over."""
    body = architecture.organisations.get(id)
    ends = body is not None and bool(body.successor) and architecture.has_ended(body, date.max)
    if body is None or not ends or architecture.has_ended(body, on):
        return answerer(architecture, id, lang, on)
    return text("word.succeeded-later", lang, name=name(body, lang), successor=_heirs(architecture, body, lang))


def _heirs(architecture: Architecture, body: Organisation, lang: str) -> str:
    heirs = (body.successor,) if isinstance(body.successor, str) else body.successor or ()
    unsure = doubt(body, lang, "successor")
    return "; ".join(label(architecture, heir, lang) for heir in heirs) + (f" – {unsure}" if unsure else "")


def label(architecture: Architecture, id: str, lang: str) -> str:
    """Give the name of whatever has an id; the id itself where nothing has it."""
    record = architecture.find(id)
    return name(record, lang) if record else id
