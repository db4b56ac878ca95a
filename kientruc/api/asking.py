"""Questions about one thing: a record, a requirement, the format, the editions and packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import Report, day, edition
from kientruc.api.comparing import are_related, diff
from kientruc.errors import UsageError
from kientruc.frameworks import Edition, edition_ids
from kientruc.loading import Loaded
from kientruc.loading.nearest import holding, nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.record import Record
from kientruc.renderers import terminal as _terminal

if TYPE_CHECKING:
    from kientruc.validators.packs import Linted


SHOWN = 3  # ids of which the one that was typed is a part
SHOW_FORMATS = ("text", "json", "md")


def show(
    architecture: Architecture,
    id: str,
    lang: str = "vi",
    format: str = "text",
    reports: Sequence[Report] = (),
    earlier: Sequence[tuple[str, Architecture]] = (),
) -> str:
    """Spell the card of a record in one of `SHOW_FORMATS`.

    Args:
        reports: checks of this architecture, whose outcomes about the record are shown.
        earlier: versions before this one with what they are called, the oldest first: then its history is shown.
    Raises:
        UsageError: nothing has that id, or an earlier version is one of another architecture.
    Example:
        >>> print(api.show(loaded.architecture, "lgsp"))  # doctest: +ELLIPSIS
        Nền tảng tích hợp, chia sẻ dữ liệu tỉnh [lgsp]...
    """
    from kientruc.renderers import cards, tables
    from kientruc.views.card import record_card
    from kientruc.views.outcomes import results
    from kientruc.views.subject import subject

    record = found(architecture, id)
    for _, version in earlier:
        if not are_related(version, architecture):
            raise UsageError("dossier.unrelated", old=version.head.id, new=architecture.head.id)
    checked = results(reports, {}, 0, __version__, lang) if reports else None
    versions = (*earlier, (architecture.head.version or architecture.head.id, architecture)) if earlier else ()
    view = subject(architecture, record, lang, checked, versions, diff)
    if format == "json":
        return tables.render(view, "json", lang, cards.data(record))
    card = record_card(architecture, record, lang)
    more = replace(view, tables=view.tables[1:])  # the card tells the relations
    if format == "md":
        return cards.markdown_page(card) + tables.below(more, "md", lang)
    return _terminal.card(card) + "\n" + tables.below(more, "text", lang)


def found(architecture: Architecture, id: str) -> Record:
    """Find a record, or a conclusion of a hearing.

    Raises:
        UsageError: nothing has that id.
    """
    record = architecture.find(id) or _conclusion(architecture, id)
    if record is None:
        ids = [known for section in architecture.records.values() for known in section]
        ids += [known for hearing in architecture.records["hearings"].values() for known in hearing.conclusions]
        raise UsageError("cli.unknown-id", found=id, nearest=nearest(id, ids) or " / ".join(holding(id, ids)[:SHOWN]))
    return record


def _conclusion(architecture: Architecture, id: str) -> Record | None:
    """Find a conclusion, which stands in its hearing."""
    hearings = architecture.records["hearings"].values()
    found: Iterator[Record] = (one.conclusions[id] for one in hearings if id in one.conclusions)
    record = next(found, None)
    return record and record.model_copy(update={"id": id})


def explain(code: str, lang: str = "vi") -> str:
    """Spell the card of a requirement, a kind of check, an edition, a finding's code or a word of the format.

    A word of the format is a kind, verb, section, field, value or place, by its code or by its name.

    A word that is both a kind of check and one of the format is the first.

    Raises:
        UsageError: there is nothing of that name.
    Example:
        >>> print(api.explain("M-REF", "en"))  # doctest: +ELLIPSIS
        M-REF...
    """
    from kientruc.messages import has, keys
    from kientruc.views.card import code_card

    code = code.upper() if has(f"finding.{code.upper()}", lang) else code
    if has(f"finding.{code}", lang):
        return _terminal.card(code_card(code, lang))
    from kientruc.validators import explained
    from kientruc.views.field_cards import code_of, field_card, field_words
    from kientruc.views.format_cards import format_card, format_words

    shelf = [edition(id) for id in edition_ids()]
    card = None
    for word in filter(None, (code, code_of(code, shelf))):  # as it is written, else as it is called
        card = card or explained.card(word, shelf, lang) or format_card(word, lang) or field_card(word, shelf, lang)
    if card is None:
        known = [key.removeprefix("finding.") for key in keys(lang) if key.startswith("finding.")]
        near = nearest(code, [*known, *explained.names(shelf), *format_words(), *field_words(shelf)])
        raise UsageError("cli.unknown-code", found=code, nearest=near)
    return _terminal.card(card)


def editions(on: str = "", lang: str = "vi") -> list[str]:
    """List the editions, and how they stand on a day; "today" asks the clock, "" tells their days only.

    Example:
        >>> api.editions("2026-11-23", "en")[0]
        'cpdt-1.0  Viet Nam e-Government Architecture Framework, version 1.0'
    """
    from kientruc.renderers import editions_text
    from kientruc.views.editions import listed

    found = day(on, Loaded(None, (), ()))
    return list(editions_text.listing([listed(edition(id), found, lang) for id in edition_ids()], lang))


def lint(packs: tuple[str, ...], targets: tuple[str, ...] | None = None) -> list[tuple[str, Linted]]:
    """Read packs, each a folder or the id of an edition that ships; none named: all that ship.

    Args:
        targets: the editions to which crosswalks are read; None for all.
    Raises:
        UsageError: there is neither a folder nor an edition of that name.
    """
    from kientruc.validators.packs import lint as read

    return [(name, read(*_pack(name), targets=targets)) for name in packs or edition_ids()]


def _pack(name: str) -> tuple[Path, str | None]:
    from kientruc.frameworks.shelf import EDITIONS

    if name in edition_ids():
        return EDITIONS / name, name
    if Path(name).is_dir():
        return Path(name), None
    known = edition_ids()
    raise UsageError("cli.unknown-edition", found=name, nearest=nearest(name, known), allowed=", ".join(known))


def slip_lines(pack: Edition, lang: str) -> Iterator[str]:
    """Run the examples of a pack, and tell each that is not what it says."""
    from kientruc.validators.packs import try_examples

    for slip in try_examples(pack):
        span = pack.spans[slip.requirement]
        told = text(f"slip.{slip.code}", lang, example=slip.example, found=slip.found)
        yield f"{span.path}: {slip.requirement}: {told}"


def compare(old: Linted, new: Linted, loaded: Loaded | None, on: date | None, lang: str) -> list[str]:
    """Tell what changes from one edition to another, for one architecture too if there is one."""
    from kientruc.renderers import editions_text
    from kientruc.validators import packs
    from kientruc.views.editions import difference

    if old.edition is None or new.edition is None:
        raise ValueError("an edition that is refused cannot be compared")
    architecture = loaded.architecture if loaded else None
    results = packs.compare(old.edition, new.edition, architecture, on) if architecture else None
    view = difference(old.edition, new.edition, old.crosswalks.get(new.edition.id), results, lang)
    return list(editions_text.difference(view, lang))
