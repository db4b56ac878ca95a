"""How sure we are of what a picture shows of a thing: what its mark leaves untold, and the words for its signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kientruc.messages import has, text
from kientruc.model.record import Record
from kientruc.model.values import Certainty, least_sure
from kientruc.views.picture import SIGNS, LegendEntry, Mark

SHOWN = ("name", "kind")  # what every box shows of an element, whatever its place and its colour
SURE = Certainty.STATED


def untold(record: Record, mark: Mark | None = None, placed: Iterable[str] = (), coloured: str = "states") -> Certainty:
    """Give how sure a thing is in a picture, as the least sure of what is shown of it.

    That it is only assumed is left to the mark that tells so. A place on a sheet is always somebody's reading: one that
    is derived says no more than that, so only one that is less sure counts.

    Args:
        placed: the fields that decide where it stands.
        coloured: the field that its colour tells; "certainty" where the colour itself tells how sure it is.
    """
    own = [Certainty.STATED if coloured == "certainty" else record.certainty, *_said(record, (coloured,))]
    around = (one for one in _said(record, (*SHOWN, *placed)) if one is not Certainty.DERIVED)
    told = Certainty.ASSUMED if mark is Mark.ASSUMED else SURE
    return least(one for one in (*own, *around) if one is not told)


def least(found: Iterable[Certainty]) -> Certainty:
    """Give the least sure of some, which may be none."""
    return least_sure(SURE, *found)


def why(record: Record, fields: Iterable[str], lang: str) -> str:
    """Say in a sentence which of some fields are less sure than their record; "" for none."""
    found = {field: one for field in fields for one in _said(record, (field,))}
    words = (f"{_word(field, lang)} {text(f'certainty.{one.value}', lang)}" for field, one in found.items())
    told = "; ".join(words)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def signs(found: Iterable[Certainty], lang: str) -> Iterator[LegendEntry]:
    """Explain the signs that occur, the surest first."""
    seen = set(found)
    for certainty, sign in SIGNS.items():
        if sign and certainty in seen:
            yield LegendEntry(Mark.SIGN, text(f"sign.{certainty.value}", lang), sign)


def _said(record: Record, fields: Iterable[str]) -> Iterator[Certainty]:
    """Give what is said of these fields in their long form."""
    own = (record.provenance.get(field) for field in fields)
    return (one.certainty for one in own if one and one.certainty)


def _word(field: str, lang: str) -> str:
    key = f"field.{field.partition('.')[0]}"
    return text(key, lang) if has(key, lang) else field
