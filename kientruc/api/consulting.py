"""Comments: the forms that go out, what comes back in them, what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__
from kientruc.api.checking import model_sha256
from kientruc.api.cutting import cut, owned
from kientruc.api.near import near_words
from kientruc.errors import UsageError, no_file
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.model.approval import Round
from kientruc.model.architecture import Architecture
from kientruc.views.remarks import Remark, remark

if TYPE_CHECKING:
    from kientruc.consultation.rules import OpenComment
    from kientruc.consultation.taken import Taken

COMMENT_FORMATS = ("text", "json", "md", "xlsx")


def comment_forms(
    architecture: Architecture, round: str, body: str, lang: str, joint: bool = False, access: str = "internal"
) -> dict[str, bytes]:
    """Make the forms of a round.

    Args:
        round: its id; "" where there is only one.
        body: the id of one body; "" for every body that is asked.
        joint: one form for all bodies instead of one for each.
        access: for whom the forms are; a body's own form tells of what it owns whatever that bears.
    Returns:
        Workbooks by file name.
    Raises:
        UsageError: there is no such round, no such body, or nobody is asked; the XLSX extra is not installed.
    """
    whole = Loaded(architecture, (), ())
    told = cut(whole, access).architecture
    found = _round(told, round, lang)
    if body and body not in told.organisations:
        near = near_words(nearest(body, found.bodies or told.organisations), lang)
        raise UsageError("comments.no-body", found=body, near=near)
    bodies = (body,) if body else ("",) if joint else found.bodies
    if not bodies:
        raise UsageError("comments.nobody-asked", round=found.id)
    try:
        from kientruc.renderers import comment_form_xlsx
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    from kientruc.views.comment_form import comment_form

    model, tool = model_sha256(architecture), f"kientruc {__version__}"
    taken = architecture.records["comments"]
    forms = {}
    for one in bodies:
        own = owned(architecture, one) if one else frozenset()
        shown = cut(whole, access, own).architecture if own else told
        form = comment_form(shown, found, one, model, lang, taken)
        forms[f"gop-y-{'-'.join(filter(None, (found.id, one)))}.xlsx"] = comment_form_xlsx.render(form, tool)
    return forms


def _round(architecture: Architecture, id: str, lang: str) -> Round:
    rounds = architecture.records["rounds"]
    if not id and len(rounds) == 1:
        id = next(iter(rounds))
    if id not in rounds:
        if not rounds or not id:
            raise UsageError("comments.which-round" if rounds else "comments.no-rounds", allowed=", ".join(rounds))
        near = near_words(nearest(id, rounds), lang)
        raise UsageError("comments.no-round", found=id, near=near, allowed=", ".join(rounds))
    found: Round = rounds[id]
    return found


def take_comments(
    root: Path, loaded: Loaded, forms: Sequence[Path], round: str = "", body: str = "", into: Path | None = None
) -> tuple[Taken, dict[str, Path]]:
    """Plan what filled forms bring; `patch.write(root.parent)` puts it on disk.

    Args:
        loaded: must hold an architecture.
        into: the file for new comments, as seen from where the user stands; None for where comments stand.
    Returns:
        The plan, and the forms by their hash, to name them in messages.
    Raises:
        UsageError: a form is not there, `into` lies outside, or what reads workbooks is not installed.
        EditRefused: a file cannot be edited.
    """
    try:
        import openpyxl  # noqa: F401 - an extra: told before anything is read
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    from kientruc.consultation.filled import read_filled
    from kientruc.consultation.taken import take

    for path in forms:
        if not path.exists() and not path.is_symlink():
            raise no_file(path, "*.xlsx")
    filled = [read_filled(path) for path in forms]
    taken = take(root, loaded, filled, round, body, inside(root, into))
    return taken, {str(id(one.source.file)): path for one, path in zip(filled, forms, strict=True)}


def inside(root: Path, into: Path | None) -> str:
    """Give a path as an architecture names its files; "" for none.

    Raises:
        UsageError: it lies outside of the architecture's folder.
    """
    if into is None:
        return ""
    try:
        return into.resolve().relative_to(root.parent.resolve()).as_posix()
    except ValueError:
        raise UsageError("comments.outside", path=str(into), folder=str(root.parent)) from None


def taken_remarks(taken: Taken, paths: dict[str, Path], lang: str) -> Iterator[tuple[Remark, Path]]:
    """Put into words what was found in forms, each with the form as the user named it."""
    for finding in taken.findings:
        yield remark(finding, lang), paths.get(str(id(finding.span.file)) if finding.span else "", Path())


def open_comments(architecture: Architecture, round: str = "") -> tuple[OpenComment, ...]:
    """Give the comments that block the next step, each with what it lacks and its place."""
    from kientruc.consultation import rules

    return rules.open_comments(architecture, round)


def spell_comments(architecture: Architecture, round: str, only_open: bool, format: str, lang: str) -> bytes:
    """Spell comments in one of `COMMENT_FORMATS`.

    Raises:
        UsageError: there is no such round; the XLSX extra is not installed.
    """
    from kientruc.renderers import comments_list
    from kientruc.views.comments import comments

    view = comments(architecture, lang, _round(architecture, round, lang).id if round else "", only_open)
    match format:
        case "json":
            return comments_list.data(view).encode()
        case "md":
            return comments_list.table(view).encode()
        case "xlsx":
            try:
                from kientruc.renderers import comments_xlsx
            except ImportError:
                raise UsageError("cli.no-xlsx") from None
            return comments_xlsx.render(view, f"kientruc {__version__}")
    return ("\n".join(comments_list.lines(view)) + "\n").encode()
