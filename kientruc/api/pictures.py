"""Pictures: which there are, one of them, and loading an architecture together with the views it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import __version__, loading
from kientruc.api.checking import Report, check_all, edition
from kientruc.api.drawing import SCENE_FORMATS, spell_scenes
from kientruc.api.suffix import by_suffix
from kientruc.api.tables import TABLE_FORMATS, spell_tables
from kientruc.errors import KientrucError, UsageError
from kientruc.loading import Loaded
from kientruc.loading.kept import Kept
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from kientruc.finding import Finding
    from kientruc.model.architecture import Architecture
    from kientruc.model.view_request import ViewRequest
    from kientruc.renderers.network_recall import Place
    from kientruc.renderers.scene import Paper, Scene
    from kientruc.views.catalog import Listed, View
    from kientruc.views.choice import Choice, Material

TEXTS = {"mermaid": 9, "dot": 7}  # of a view itself: they are laid out by whoever reads them
DRAWN = {**SCENE_FORMATS, **TEXTS}
Check = Callable[[], Sequence[Report]]
TOGETHER = ("pdf", "pptx", "drawio")  # formats that hold all pictures in one file
PICTURE_FORMATS = {**DRAWN, **TABLE_FORMATS}  # and how many first bytes tell a file of each from somebody else's


def load(
    root: Path | str,
    limits: Limits = DEFAULT,
    instead: Mapping[str, bytes] | None = None,
    kept: Kept | None = None,
) -> Loaded:
    """Load an architecture from its root file and all it includes, and see that the views it asks for can be made.

    Never raises for what is wrong with the files: that is in the findings.

    Args:
        root: the root file, or a folder with an `architecture.yaml`.
        limits: of size; see `limits`.
        instead: bytes to take for what lies under a path, relative to the root's folder.
        kept: what an earlier load of the same files left; see `loading.load`.
    Returns:
        The architecture, None where a finding forbids one; the findings in the order of their places; the files.
    Example:
        >>> loaded = api.load("architecture.yaml")
        >>> loaded.architecture.head.id, loaded.findings
        ('brvt-cqdt', ())
    """
    root = Path(root)
    loaded = loading.load(root / "architecture.yaml" if root.is_dir() else root, limits, instead, kept)
    architecture = loaded.architecture
    if architecture is None or not architecture.records["views"]:
        return loaded
    faults = tuple(_faults(architecture))
    if not faults:
        return loaded
    found = sorted((*loaded.findings, *faults), key=lambda one: one.order)
    return loaded._replace(architecture=None, findings=tuple(found))


def _faults(architecture: Architecture) -> Iterator[Finding]:
    from kientruc.validators import requested
    from kientruc.views.catalog import names
    from kientruc.views.choice import Material

    asked = any(
        one.base or one.show or one.relations or one.component or one.edition
        for one in architecture.records["views"].values()
    )
    if asked:
        declared = edition(architecture.head.edition)
        yield from requested.faults(architecture, declared, names(Material(architecture, "vi")))


def views(architecture: Architecture, lang: str = "vi", before: Architecture | None = None) -> tuple[Listed, ...]:
    """Give every view that has something to show: the built-in ones, then those the architecture asks for.

    Args:
        before: an earlier version; where one is given there is a view of what changed.
    Example:
        >>> [one.id for one in api.views(loaded.architecture)][:3]
        ['layered', 'layered-observed', 'layered-sourced']
    """
    from kientruc.views.catalog import listed

    return tuple(listed(material(architecture, lang, before)))


def view(
    loaded: Loaded, name: str, lang: str = "vi", before: Architecture | None = None, check: Check | None = None
) -> View:
    """Make one view of an architecture.

    Args:
        before: an earlier version, for the view of what changed.
        check: gives the reports, where the architecture is cut and they are of the whole.
    Raises:
        UsageError: there is none of that name, or it has nothing to show.
    Example:
        >>> api.view(loaded, "context", "en").title
        'Context: users, channels, national systems'
    """
    from kientruc.views import catalog

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no views")
    requests = architecture.records["views"]
    made_from = material(architecture, lang, before)
    known = (*catalog.names(made_from), *requests)
    if name not in known:
        near = nearest(name, known) or nearest(f"{catalog.COMPONENT}{name}", known)
        raise UsageError("cli.unknown-view", found=name, nearest=near, allowed=", ".join(known))
    request: ViewRequest | None = requests.get(name)
    base = (request.base or "layered") if request else name
    if (built_in := catalog.BUILT_IN.get(base)) and built_in.checked:
        reports = check() if check else check_all(loaded)
        made_from = replace(made_from, checked=[(one.edition, one.result) for one in reports if one.edition])
    found = catalog.view(made_from, base, _choice(request, made_from)) if request else catalog.view(made_from, base)
    if found is None:
        earlier = built_in is not None and built_in.earlier and before is None
        raise UsageError("cli.view-before" if earlier else "cli.empty-view", found=name)
    return found


def material(architecture: Architecture, lang: str, before: Architecture | None = None) -> Material:
    """Give what views are made from, with every edition that one of them may name."""
    from kientruc.frameworks import edition_ids
    from kientruc.views.choice import Material

    wanted = {architecture.head.edition}
    for request in architecture.records["views"].values():
        wanted.add(request.edition or architecture.head.edition)
    editions = [edition(id) for id in sorted(wanted) if id in edition_ids()]
    return Material(architecture, lang, editions=editions, earlier=before)


def _choice(request: ViewRequest, material: Material) -> Choice:
    from kientruc.validators.matter import Matter
    from kientruc.validators.requested import settled
    from kientruc.views.choice import Choice, relation_key
    from kientruc.views.words import name as name_of

    architecture, lang = material.architecture, material.lang
    declared = material.edition()
    if declared is None:
        raise UsageError("cli.unknown-edition", found=architecture.head.edition, nearest="", allowed="")
    found = settled(request, Matter(architecture, declared, architecture.cut_off))
    about = _about(request, architecture, lang)
    return Choice(
        elements=found.elements,
        relations=None if found.relations is None else frozenset(map(relation_key, found.relations)),
        group_by=request.group_by,
        order_by=request.order_by,
        colour_by=request.colour_by,
        edition=request.edition or "",
        state=request.state or "",
        id=request.id,
        heading=name_of(request, lang),
        about=about,
        notes=request.notes,
    )


def _about(request: ViewRequest, architecture: Architecture, lang: str) -> tuple[str, ...]:
    """Tell what the guide wants beneath a diagram's name: code, purpose, state, scope, version, source, who answers."""
    from kientruc.model.record import Unknown
    from kientruc.views.words import label, sources

    told = {
        "state": label(architecture, request.state, lang) if request.state else "",
        "scope": request.scope or "",
        "version": request.version or "",
    }
    body = request.responsible
    if body is not None:
        unknown = isinstance(body, Unknown)
        told["responsible"] = text("word.unknown", lang) if unknown else label(architecture, str(body), lang)
    said = (text(f"diagram.{key}", lang, value=value) for key, value in told.items() if value)
    first = (request.code or "", request.purpose or "")
    return tuple(one.rstrip(".") for one in (*first, *said, sources(architecture, request, lang)) if one)


def picture_format(format: str, to: Path | None) -> str:
    """Tell what to draw: as asked, else as the suffix of the file says; SVG where there is neither.

    Raises:
        UsageError: the suffix is of no picture, or the file has none.
    """
    if to is not None and not format and not to.suffix and (to.is_file() or not to.exists()):
        raise UsageError("cli.no-suffix", path=str(to), allowed=", ".join(PICTURE_FORMATS))
    return by_suffix(format, to, tuple(PICTURE_FORMATS))


def scenes(view: View, paper: str, remembered: Mapping[str, Place] | None = None) -> tuple[Scene, ...]:
    """Lay a view out, on as many pages as its letters need to be read; none for tables.

    Args:
        paper: one of `PAPERS`.
        remembered: where boxes of a network stood when it was last drawn.
    Raises:
        OutputError: it holds more than can be drawn.
        UsageError: the layout extra is not installed.
    """
    from kientruc.renderers.layered_parts import PAPERS

    return drawn(view, PAPERS[paper], remembered)


def drawn(view: View, paper: Paper, remembered: Mapping[str, Place] | None = None) -> tuple[Scene, ...]:
    """Lay a view out, as `scenes` does, on a paper of any size."""
    from kientruc.views.network import NetworkPicture
    from kientruc.views.picture import LayeredPicture
    from kientruc.views.timeline import TimelinePicture

    match view:
        case LayeredPicture():
            from kientruc.renderers import layered_pages

            return layered_pages.pages(view, paper)
        case TimelinePicture():
            from kientruc.renderers import timeline_scene

            return timeline_scene.pages(view, paper)
        case NetworkPicture():
            try:
                from kientruc.renderers import network_pages

                return network_pages.pages(view, paper, remembered or {})
            except ImportError:
                raise UsageError("cli.no-layout") from None
        case _:
            return ()


def spell_view(
    view: View, format: str, paper: str = "slide", remembered: Mapping[str, Place] | None = None
) -> tuple[bytes, ...]:
    """Spell a view in one of `PICTURE_FORMATS`.

    Returns:
        SVG and PNG one for each page, every other format one for all.
    Raises:
        UsageError: the format is not for this sort of view, or an extra is not installed.
        OutputError: it holds more than can be drawn.
    Example:
        >>> [page[:4] for page in api.spell_view(api.view(loaded, "context"), "svg")]
        [b'<svg']
    """
    from kientruc.views.grid import Grids

    if isinstance(view, Grids):
        if format not in TABLE_FORMATS:
            raise UsageError("cli.view-format", found=format, allowed=", ".join(TABLE_FORMATS))
        return (spell_tables(view, format),)
    if format not in DRAWN:
        raise UsageError("cli.view-format", found=format, allowed=", ".join(DRAWN))
    if format in TEXTS:
        return (_text(view, format).encode(),)
    return spell_scenes(scenes(view, paper, remembered), format)


def _text(view: View, format: str) -> str:
    from kientruc.views.grid import Grids
    from kientruc.views.timeline import TimelinePicture

    if isinstance(view, TimelinePicture | Grids):
        raise UsageError("cli.view-format", found=format, allowed=", ".join(one for one in DRAWN if one not in TEXTS))
    if format == "dot":
        from kientruc.renderers import dot

        return dot.render(view)
    from kientruc.renderers import mermaid

    return mermaid.render(view)


def views_text(architecture: Architecture, lang: str) -> str:
    """List the views in columns: name and title."""
    found = views(architecture, lang)
    width = max((len(one.id) for one in found), default=0)
    lines = (f"{one.id:<{width}}  {one.title}" for one in found)
    return "\n".join((*lines, "", text("views.more", lang), ""))


def gallery(
    loaded: Loaded, paper: str, lang: str, before: Architecture | None = None, check: Check | None = None
) -> tuple[Mapping[str, bytes], tuple[tuple[str, str], ...]]:
    """Draw every view: each page as SVG, tables as pages, all of them in one PDF, one deck and one draw.io file.

    Returns:
        The files by name, and the views of which nothing could be drawn, each with why.
    Raises:
        UsageError: an extra is not installed.
    """
    from kientruc.renderers import gallery_html
    from kientruc.views.access_marks import mark
    from kientruc.views.grid import Grids
    from kientruc.views.outcomes import head_facts
    from kientruc.views.words import name as name_of

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no views")
    files: dict[str, bytes] = {}
    left: list[tuple[str, str]] = []
    drawn: list[Scene] = []
    entries: list[gallery_html.Entry] = []
    for one in views(architecture, lang, before):
        try:
            made = view(loaded, one.id, lang, before, check)
            pages = scenes(made, paper)
        except KientrucError as error:
            left.append((one.id, text(error.key, lang, **error.values)))
            continue
        if isinstance(made, Grids):
            found = {f"{one.id}.{format}": spell_tables(made, format) for format in TABLE_FORMATS}
            svgs: tuple[bytes, ...] = ()
        else:
            svgs = spell_scenes(pages, "svg")
            names = [f"{one.id}.svg"] if len(pages) == 1 else [f"{one.id}-{at}.svg" for at, _ in enumerate(pages, 1)]
            found = dict(zip(names, svgs, strict=True))
        files |= found
        drawn += pages
        entries.append(gallery_html.Entry(one.id, one.title, tuple(map(bytes.decode, svgs)), tuple(sorted(found))))
    for format in TOGETHER if drawn else ():
        files[f"{text('gallery.file', lang)}.{format}"] = spell_scenes(drawn, format)[0]
    page = gallery_html.Gallery(
        name_of(architecture.head, lang), mark(architecture, lang), head_facts(architecture, lang), entries, left
    )
    files["index.html"] = gallery_html.render(page, lang, f"kientruc {__version__}").encode()
    return files, tuple(left)


def remembered(path: Path, name: str, paper: str) -> Mapping[str, Place]:
    """Read where the boxes of a view stood; nothing where there is no such file yet.

    Raises:
        OutputError: the file is not one of ours.
    """
    from kientruc.renderers import layout_memory

    return layout_memory.read(path.read_bytes(), str(path), name, paper) if path.is_file() else {}


def keep_places(
    path: Path, name: str, paper: str, pages: Sequence[Scene], before: Mapping[str, Place]
) -> tuple[tuple[str, float], ...]:
    """Write where the boxes of a view stand now.

    Returns:
        What moved although it was remembered: its id and how far, in px, the farthest first.
    Raises:
        UsageError: the view has several pages, which are laid out anew each time.
    """
    from kientruc.renderers import layout_memory
    from kientruc.renderers.folder import write_one

    if len(pages) != 1:
        raise UsageError("layout.pages", found=name, count=str(len(pages)))
    now = layout_memory.remember(pages[0])
    write_one(path, layout_memory.write(name, paper, now).encode(), 0)
    return tuple((one.id, one.distance) for one in layout_memory.drift(before, now))
