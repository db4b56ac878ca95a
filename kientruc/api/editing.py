"""Changes to the files themselves: a rename, a tidying, the move to another edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc.api.checking import edition
from kientruc.api.suffix import by_suffix
from kientruc.errors import UsageError
from kientruc.frameworks import edition_ids
from kientruc.loading import Loaded
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.editing.patch import Edited, Patch
    from kientruc.editing.refused import EditRefused
    from kientruc.refactoring.rename import Renamed
    from kientruc.refactoring.upgrade import Upgraded
    from kientruc.views.migration import Migration


def rename(root: Path, loaded: Loaded, old: str, new: str, section: str = "") -> Renamed:
    """Rename an id in all files of an architecture; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.rename`.
    Example:
        >>> renamed = api.rename(root, loaded, "lgsp", "truc")
        >>> renamed.places, len(renamed.patch.files)
        (1, 1)
    """
    from kientruc.refactoring.rename import rename as rename_in

    return rename_in(root, loaded, old, new, section)


def upgrade(root: Path, loaded: Loaded) -> Upgraded:
    """Bring all files of an architecture to the newest format; `patch.write(root.parent)` puts it on disk.

    Raises:
        UsageError, EditRefused: see `refactoring.upgrade`.
    Example:
        >>> api.upgrade(root, loaded).target
        'kientruc/1'
    """
    from kientruc.refactoring.upgrade import upgrade as upgrade_in

    return upgrade_in(root, loaded)


def fmt(loaded: Loaded) -> tuple[Patch, tuple[EditRefused, ...]]:
    """Tidy all files of an architecture without changing what they say, also where it is not right yet.

    Returns:
        The files that change, and the refusals of those that cannot be tidied.
    Example:
        >>> patch, refused = api.fmt(loaded)
        >>> len(patch.files), refused
        (0, ())
    """
    from kientruc.editing.format import formatted
    from kientruc.editing.patch import Patch
    from kientruc.editing.refused import EditRefused

    done: list[Edited] = []
    refused: list[EditRefused] = []
    for file in sorted(loaded.files, key=lambda file: file.path):
        try:
            done.append(formatted(file))
        except EditRefused as error:
            refused.append(error)
    return Patch(tuple(edited for edited in done if edited.changed)), tuple(refused)


def unread_remarks(loaded: Loaded, lang: str) -> list[Remark]:
    """Put into words which files could not be read at all."""
    return [remark(finding, lang) for finding in loaded.findings if finding.code.startswith("I-")]


MIGRATION_FORMATS = ("text", "md", "json")


def migrate(
    root: Path,
    loaded: Loaded,
    to: str,
    origin: str = "",
    on: date | None = None,
    declare: bool = False,
    lang: str = "vi",
) -> tuple[Migration, Patch]:
    """Plan the way of an architecture to another edition; `patch.write(root.parent)` puts it on disk.

    Args:
        loaded: must hold an architecture.
        to: the edition to go to.
        origin: the one to come from; "" for the one the architecture declares.
        on: the day for all results; None for the architecture's own, or an edition's first day where that is later.
        declare: whether the architecture declares the new edition from now on.
    Raises:
        UsageError: there is no such edition, or no crosswalk leads to it.
        EditRefused: a file cannot be edited.
    Example:
        >>> view, patch = api.migrate(root, loaded, "cpdt-2.0")
        >>> patch.diff()[:4]
        '--- '
    """
    from kientruc.frameworks.route import load_route
    from kientruc.refactoring.migrate import migrate as migrate_in
    from kientruc.refactoring.moves import moves
    from kientruc.validators import CHECKS, packs
    from kientruc.views.migration import Results, migration

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load cannot be moved")
    old, new = edition(origin or architecture.head.edition), edition(to)
    if old.id == new.id:
        raise UsageError("migrate.same", edition=old.id)
    route = load_route(old.id, new.id, CHECKS)
    if route is None:
        there = [id for id in edition_ids() if id != old.id and load_route(old.id, id, CHECKS)]
        raise UsageError("migrate.no-route", origin=old.id, target=new.id, there=", ".join(there) or "–")
    found = moves(architecture, old.words, new.words, route)
    migrated = migrate_in(root, loaded, found, new.id, declare)
    before = packs.compare(old, new, architecture, on)
    after = packs.compare(old, new, migrated.after, on)
    sources = {id: one for name in route.editions for id, one in edition(name).sources.items()}
    results = Results(before[0], after[0], before[1], after[1])
    view = migration(architecture, migrated.after, (old, new), sources, route, found, results, migrated.patch, lang)
    return view, migrated.patch


def migration_format(format: str, out: Path | None) -> str:
    """Tell how to spell a migration: as asked, else as the suffix of the file says, else as text."""
    return by_suffix(format, out, MIGRATION_FORMATS)


def spell_migration(view: Migration, format: str, lang: str) -> str:
    """Spell a migration in one of `MIGRATION_FORMATS`, with the diff at its end."""
    from kientruc.renderers import migration as renderer
    from kientruc.views.migration_sections import plan

    if format == "json":
        return renderer.data(view)
    if format == "md":
        return renderer.note(plan(view, lang), view.diff)
    return "\n".join((*renderer.lines(plan(view, lang)), view.diff))


def migration_left(view: Migration, lang: str) -> Iterator[str]:
    """Tell what remains to be decided after a migration was written."""
    from kientruc.renderers import migration as renderer
    from kientruc.views.migration_sections import left

    return renderer.lines(left(view, lang))
