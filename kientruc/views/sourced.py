"""How things are obtained: leased, invested in, socialised or run in house, each with its reason."""

from __future__ import annotations

from collections import defaultdict

from kientruc.messages import text
from kientruc.model.planning import Sourcing, SourcingForm
from kientruc.model.record import Unknown
from kientruc.views.choice import Choice, Material
from kientruc.views.doubts import untold
from kientruc.views.layered import stacked
from kientruc.views.picture import Band, Block, Group, LayeredPicture, LegendEntry, Mark
from kientruc.views.words import label, name

REASONS = {
    "cost": (Mark.FIRST, "A"),
    "security-and-autonomy": (Mark.SECOND, "B"),
    "capacity": (Mark.THIRD, "C"),
    "speed": (Mark.FOURTH, "D"),
    "other": (Mark.FIFTH, "E"),
    None: (Mark.UNSAID, ""),
}
MIXED, UNKNOWN = "mixed", "unknown"


def sourcing(material: Material, choice: Choice) -> LayeredPicture | None:
    """Show what is obtained in which form; the colour tells the reason that is given."""
    architecture, lang = material.architecture, material.lang
    held: dict[str, list[Block]] = defaultdict(list)
    seen: set[str | None] = set()
    for record in architecture.records["sourcing"].values():
        mark, badge = REASONS[record.reason]
        seen.add(record.reason)
        note = ". ".join(
            one for one in (name(record, lang), record.term, record.exit, record.note) if one and one != record.id
        )
        for id in _things(record):
            if id in architecture.elements and not choice.takes(architecture.elements[id]):
                continue
            words = label(architecture, id, lang) if id else name(record, lang)
            held[_form(record)].append(
                Block(id or record.id, words, mark, note or words, badge, certainty=untold(record))
            )
    if not held:
        return None
    forms = (*SourcingForm, MIXED, UNKNOWN)
    rows = tuple(
        Band(form, text(f"sourcing.{form}", lang), (Group("", "", tuple(held[form])),), "")
        for form in forms
        if form in held
    )
    legend = tuple(
        LegendEntry(mark, text(f"reason.{reason or 'unsaid'}", lang), badge)
        for reason, (mark, badge) in REASONS.items()
        if reason in seen
    )
    return stacked(material, choice, "sourcing", rows, legend)


def _things(record: Sourcing) -> tuple[str, ...]:
    return (record.of,) if isinstance(record.of, str) else record.of or ("",)


def _form(record: Sourcing) -> str:
    if record.shares:
        return MIXED
    return UNKNOWN if isinstance(record.form, Unknown) else record.form
