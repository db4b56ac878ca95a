"""The words around every view: its title, of whom and of which day, which version, how it stands to approval."""

from __future__ import annotations

from collections.abc import Iterable

from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.views.access_marks import access_mark, mark
from kientruc.views.choice import Choice, Material
from kientruc.views.grid import Grid, Grids
from kientruc.views.outcomes import head_facts
from kientruc.views.words import day, name


def title(material: Material, choice: Choice, id: str) -> str:
    """Give the title that was asked for, or that of the built-in view."""
    return choice.heading or text(f"view.{id}", material.lang)


def subtitle(material: Material, choice: Choice, key: str = "network") -> str:
    """Say what was asked to stand beneath the title, then whose architecture of which day it is."""
    head, lang = material.architecture.head, material.lang
    when = text(f"{key}.subtitle", lang, name=name(head, lang), day=day(head.cut_off, lang))
    return ". ".join((*choice.about, when))


def tables(material: Material, choice: Choice, id: str, grids: Iterable[Grid]) -> Grids | None:
    """Put what stands above them over some tables; None where none of them has a row."""
    kept = tuple(one for one in grids if one.rows)
    if not kept:
        return None
    architecture, lang = material.architecture, material.lang
    return Grids(
        lang,
        title(material, choice, id),
        name(architecture.head, lang),
        mark(architecture, lang),
        head_facts(architecture, lang),
        (*choice.about, *choice.notes),
        kept,
    )


def footer(material: Material, key: str = "picture.layered") -> str:
    """Say of which version and day a picture is, and how it stands to approval: a picture travels alone."""
    architecture, lang = material.architecture, material.lang
    version = architecture.head.version or text("word.unversioned", lang)
    said = text(f"{key}.footer", lang, version=version, day=day(architecture.head.cut_off, lang))
    return " ".join(filter(None, (said + _standing(architecture, lang), access_mark(architecture, lang))))


def _standing(architecture: Architecture, lang: str) -> str:
    """Say that what is shown is not approved, as long as a step of its path is open.

    What nobody knows is not denied: then no approval has been seen, and no more is said.
    """
    open_steps = [step.state for step in architecture.records["path"].values() if step.state != "done"]
    if not open_steps:
        return ""
    unseen = any(isinstance(state, Unknown) for state in open_steps)
    return f" {text('picture.approval-unseen' if unseen else 'picture.not-approved', lang)}"
