"""Two versions of an architecture compared: files, folders, or commits of one repository, which nothing checks out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kientruc import __version__
from kientruc.api.checking import loading_remarks, model_sha256, root_file
from kientruc.api.near import near_words
from kientruc.api.submissions import BUNDLES, open_submission
from kientruc.errors import UsageError
from kientruc.loading import Loaded, load, load_from
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.reading.limits import DEFAULT, Limits
from kientruc.renderers import terminal as _terminal

if TYPE_CHECKING:
    from kientruc.comparing import Difference
    from kientruc.reading.git import Repository

ROOT = "architecture.yaml"
YAML = (".yaml", ".yml")
# The formats and how many first bytes tell a file of each from what somebody else wrote.
DIFFERENCE_FORMATS = {"text": 0, "json": 11, "md": 22, "html": 38, "xlsx": 14}


class Version(NamedTuple):
    """One of the two: what the user called it, what was loaded, and what paths in it begin with."""

    called: str
    loaded: Loaded
    base: str


@dataclass(frozen=True, slots=True)
class Part:
    """What of a difference is asked for: one component, only what nobody gives a cause for, as of a day."""

    component: str = ""
    only_uncaused: bool = False
    as_of: date | None = None


def open_versions(
    old: str, new: str, at: str = "", lang: str = "vi", limits: Limits = DEFAULT
) -> tuple[Version, Version]:
    """Load two versions: root files, folders with one, bundles, or commits as `REF` or `REF:path/architecture.yaml`.

    The repository is that of the other version where it is a file in one, else that of the current folder.

    Args:
        at: the path of the root file in the repository, for a ref that names none; "" for that of the other version
            where it is a file, else `architecture.yaml` in the current folder.
    Raises:
        UsageError: there is no such file, git, repository, ref, or file in the commit.
        KientrucError: git cannot read the repository.
    Example:
        >>> old, new = api.open_versions(str(root), str(root))
        >>> old.loaded.architecture.head.id
        'brvt-cqdt'
    """
    roots = {words: root_file(Path(words)) for words in (old, new) if _is_path(words)}
    beside = next((root for root in roots.values() if root.suffix.lower() != BUNDLES), None)
    return _open(old, roots, beside, at, lang, limits), _open(new, roots, beside, at, lang, limits)


def _is_path(words: str) -> bool:
    return os.path.lexists(words) or (":" not in words and words.lower().endswith((*YAML, BUNDLES)))


def _open(words: str, roots: dict[str, Path], beside: Path | None, at: str, lang: str, limits: Limits) -> Version:
    if words in roots and roots[words].suffix.lower() == BUNDLES:
        opened = open_submission(roots[words], limits)
        return Version(words, opened.loaded, opened.base)
    if words in roots:
        base = roots[words].parent.as_posix()
        return Version(words, load(roots[words], limits), "" if base == "." else f"{base.removesuffix('/')}/")
    from kientruc.reading.git import Repository

    ref, _, path = words.partition(":")
    if beside and Repository.holds(beside.parent):
        repository, name = Repository(beside.parent), beside.name
    elif Repository.holds(Path()):
        repository, name = Repository(Path()), ROOT
    else:
        raise UsageError("git.no-repository", ref=words, near=near_words(_beside(words), lang), folder=str(Path.cwd()))
    return _commit(repository, ref, path or at or repository.prefix + name, lang, limits)


def _beside(words: str) -> str:
    """Find what somebody meant who left out a suffix, or misspelt a name of this folder; "" for nothing."""
    names = sorted(path.name for path in Path().iterdir())
    return next((name for name in names if name.startswith(f"{words}.")), "") or nearest(words, names)


def _commit(repository: Repository, ref: str, path: str, lang: str, limits: Limits) -> Version:
    from kientruc.reading.git import CommitWorkspace, NoRef
    from kientruc.reading.paths import check_path
    from kientruc.reading.refusal import Refusal

    try:
        commit = repository.commit(ref)
        *folder, name = check_path(path if path.endswith(YAML) else f"{path.rstrip('/')}/{ROOT}", None)
    except NoRef as missing:
        near = nearest(ref, missing.known) or _beside(ref)
        raise UsageError("git.no-ref", ref=ref, near=near_words(near, lang)) from None
    except Refusal as refusal:
        raise UsageError("git.bad-path", path=refusal.finding.values["path"]) from None
    workspace = CommitWorkspace(repository, commit, tuple(folder), limits)
    if (there := workspace.lacks(name)) is not None:
        yaml = [other for other in there if other.endswith(YAML)][:5]
        raise UsageError("git.no-path", ref=ref, path=path, there=", ".join(yaml) or "–")
    with workspace.reading():
        loaded = load_from(workspace, name)
    return Version(ref, loaded, f"{ref}:{''.join(f'{part}/' for part in folder)}")


def version_remarks(version: Version, lang: str, most: int) -> Iterator[str]:
    """Tell what is wrong with a version that did not load, as lines for a terminal."""
    yield from _terminal.lines(loading_remarks(version.loaded, lang)[:most], lang, version.base)


def diff(old: Architecture, new: Architecture, handed_round: str = "") -> Difference:
    """Compare two versions of one architecture, field by field, with renames, and the cause of each change.

    Args:
        handed_round: the hash of the whole old model, where `old` is cut.
    Example:
        >>> found = api.diff(loaded.architecture, loaded.architecture)
        >>> list(found.changes)
        []
    """
    from kientruc.comparing import compare

    recorded = any(one.model for one in new.records["versions"].values())
    return compare(old, new, (handed_round or model_sha256(old)) if recorded else "")


def as_of(new: Architecture, old: Architecture, day: date) -> Architecture:
    """Leave out of the newer version what happened in the course of approval on a day or later."""
    from kientruc.comparing.as_of import as_of as then

    return then(new, old, day)


def disputed(old: Architecture, new: Architecture) -> str:
    """Give the number of the older version where the newer one records another model under it; else ""."""
    from kientruc.comparing.compare import disputed as other_than_recorded

    recorded = any(one.model and one.number == old.head.version for one in new.records["versions"].values())
    return other_than_recorded(old, new, model_sha256(old)) if recorded else ""


def are_related(old: Architecture, new: Architecture) -> bool:
    """Tell whether two may be versions of one architecture."""
    from kientruc.comparing.compare import are_related as related

    return related(old, new)


def part_of(found: Difference, old: Architecture, new: Architecture, part: Part, lang: str = "vi") -> Difference:
    """Keep the part of a difference that is asked for.

    Raises:
        UsageError: neither version has such a component.
    """
    from kientruc.comparing import select

    if part.component:
        known = {*old.components, *new.components}
        if part.component not in known:
            near = near_words(nearest(part.component, known), lang)
            allowed = ", ".join(sorted(known))
            raise UsageError("cli.unknown-component", found=part.component, near=near, allowed=allowed or "–")
        found = select.in_component(found, select.Places(old, new), part.component)
    return select.only_uncaused(found) if part.only_uncaused else found


def difference_format(format: str, to: Path | None) -> str:
    """Tell how to spell a difference: as asked, else as the suffix of the file says, else as text.

    Raises:
        UsageError: text is to be written to a file.
    """
    suffix = to.suffix.lower()[1:] if to else ""
    found = format or (suffix if suffix in DIFFERENCE_FORMATS else "text")
    if found == "text" and to:
        raise UsageError("cli.text-to", allowed=", ".join(name for name in DIFFERENCE_FORMATS if name != "text"))
    return found


def spell_difference(
    found: Difference,
    old: Architecture,
    new: Architecture,
    format: str = "text",
    lang: str = "vi",
    names: tuple[str, str] = ("", ""),
    part: Part = Part(),
) -> bytes:
    """Spell a difference in one of `DIFFERENCE_FORMATS`.

    Args:
        names: what the two are called; by default their ids.
        part: what was asked for of it, which the result says.
    Raises:
        UsageError: the XLSX extra is not installed.
    Example:
        >>> same = api.diff(loaded.architecture, loaded.architecture)
        >>> api.spell_difference(same, loaded.architecture, loaded.architecture, "json")[:10]
        b'{"counts":'
    """
    if format == "json":
        from kientruc.renderers import difference_json
        from kientruc.views.access_marks import readers_of

        until = part.as_of.isoformat() if part.as_of else None
        filters = {"component": part.component or None, "only_uncaused": part.only_uncaused, "as_of": until}
        readers = readers_of(new) or readers_of(old)
        return difference_json.render(found, __version__, filters, readers).encode()
    from kientruc.views.difference import difference
    from kientruc.views.words import day

    filtered = [text("difference.only-component", lang, component=part.component)] if part.component else []
    filtered += [text("difference.only-uncaused", lang)] if part.only_uncaused else []
    filtered += [text("difference.as-of", lang, day=day(part.as_of, lang))] if part.as_of else []
    called = names[0] or old.head.id, names[1] or new.head.id
    is_part = bool(part.component or part.only_uncaused)
    cites = format in ("text", "md")  # these two are read beside the files
    view = difference(found, old, new, called, lang, tuple(filtered), cites, is_part)
    tool = f"kientruc {__version__}"
    if format == "md":
        from kientruc.renderers import difference_md

        return difference_md.render(view).encode()
    if format == "html":
        from kientruc.renderers import difference_html

        return difference_html.render(view, tool).encode()
    if format == "text":
        from kientruc.renderers import difference_text

        return "".join(f"{line}\n" for line in difference_text.lines(view)).encode()
    try:
        from kientruc.renderers import difference_xlsx
    except ImportError:
        raise UsageError("cli.no-xlsx") from None
    return difference_xlsx.render(view, tool)
