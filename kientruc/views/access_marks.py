"""What every page of an output must say of itself: that it is a sample, for whom it is, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.values import Access


def mark(architecture: Architecture, lang: str) -> str:
    """Give the mark of each page: made-up data, an edition for the public or for officials; "" where there is none."""
    return " · ".join(_marks(architecture, lang))


def _marks(architecture: Architecture, lang: str) -> Iterator[str]:
    if architecture.is_sample:
        yield text("report.sample", lang)
    if readers := access_mark(architecture, lang):
        yield readers


def access_mark(architecture: Architecture, lang: str) -> str:
    """Give the mark that tells for whom an output is; "" where nothing was left out and nothing is restricted."""
    readers = told_for(architecture)
    return text(f"cut-mark.{readers.value}", lang) if readers else ""


def notice(architecture: Architecture, lang: str) -> str:
    """Say once how much was left out and how results were reached, or that restricted things are told; else ""."""
    found, readers = architecture.left_out, told_for(architecture)
    if readers is None:
        return ""
    if found is None:
        return text("cut-notice.restricted", lang)
    elements = found.records.get("elements", 0)
    counts = {
        "elements": elements,
        "relations": found.relations,
        "records": sum(found.records.values()) - elements,
    }
    told = [text(f"cut-notice.{readers.value}", lang, **counts)]
    told += [text("cut.texts", lang, count=found.texts)] if found.texts else []
    return " ".join((*told, text("cut.results", lang)))


def readers_of(architecture: Architecture) -> str:
    """Give the word for programs that tells for whom an output is; "" for the usual."""
    readers = told_for(architecture)
    return readers.value if readers else ""


def told_for(architecture: Architecture) -> Access | None:
    """Tell for whom it is; None for the usual, an architecture that is whole and holds nothing restricted."""
    if architecture.left_out:
        return architecture.left_out.access
    return Access.RESTRICTED if architecture.holds_restricted else None
