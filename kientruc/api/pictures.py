"""Pictures: which there are, one of them, and loading an architecture together with the views it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kientruc import loading
from kientruc.api.checking import check_all, edition
from kientruc.api.near import near_words
from kientruc.api.suffix import by_suffix
from kientruc.errors import UsageError
from kientruc.loading import Loaded
from kientruc.loading.nearest import nearest
from kientruc.messages import text
from kientruc.reading.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from kientruc.finding import Finding
    from kientruc.model.architecture import Architecture
    from kientruc.model.view_request import ViewRequest
    from kientruc.views.catalog import Listed, View
    from kientruc.views.choice import Choice, Material

PNG_WIDTH = 1920  # a full screen, in pixels


def load(root: Path, limits: Limits = DEFAULT, instead: Mapping[str, bytes] | None = None) -> Loaded:
    """Load an architecture from its root file and all it includes, and see that the views it asks for can be made.

    Never raises for what is wrong with the files: that is in the findings.
    """
    loaded = loading.load(root, limits, instead)
    architecture = loaded.architecture
    if architecture is None or not architecture.records["views"]:
        return loaded
    faults = tuple(_faults(architecture))
    if not faults:
        return loaded
    found = sorted((*loaded.findings, *faults), key=lambda one: one.order)
    return replace(loaded, architecture=None, findings=tuple(found))


def _faults(architecture: Architecture) -> Iterator[Finding]:
    from kientruc.validators import requested
    from kientruc.views.catalog import names
    from kientruc.views.choice import Material

    asked = any(
        one.base or one.show or one.relations or one.component for one in architecture.records["views"].values()
    )
    if asked:
        declared = edition(architecture.head.edition)
        yield from requested.faults(architecture, declared, names(Material(architecture, "vi")))


def views(architecture: Architecture, lang: str) -> tuple[Listed, ...]:
    """Give every view that has something to show: the built-in ones, then those the architecture asks for."""
    from kientruc.views.catalog import listed

    return tuple(listed(_material(architecture, lang)))


def view(loaded: Loaded, name: str, lang: str) -> View:
    """Make one view of an architecture.

    Raises:
        UsageError: there is none of that name, or it has nothing to show.
    """
    from kientruc.views import catalog

    architecture = loaded.architecture
    if architecture is None:
        raise ValueError("an architecture that did not load has no views")
    requests = architecture.records["views"]
    material = _material(architecture, lang)
    known = (*catalog.names(material), *requests)
    if name not in known:
        near = nearest(name, known) or nearest(f"{catalog.COMPONENT}{name}", known)
        raise UsageError("cli.unknown-view", found=name, near=near_words(near, lang), allowed=", ".join(known))
    request: ViewRequest | None = requests.get(name)
    base = (request.base or "layered") if request else name
    if (built_in := catalog.BUILT_IN.get(base)) and built_in.checked:
        reports = check_all(loaded)
        material = replace(material, checked=[(one.edition, one.result) for one in reports if one.edition])
    found = catalog.view(material, base, _choice(request, material)) if request else catalog.view(material, base)
    if found is None:
        raise UsageError("cli.empty-view", found=name)
    return found


def _material(architecture: Architecture, lang: str) -> Material:
    from kientruc.frameworks import edition_ids
    from kientruc.views.choice import Material

    wanted = {architecture.head.edition}
    for request in architecture.records["views"].values():
        wanted.add(request.edition or architecture.head.edition)
    return Material(architecture, lang, editions=[edition(id) for id in sorted(wanted) if id in edition_ids()])


def _choice(request: ViewRequest, material: Material) -> Choice:
    from kientruc.validators.matter import Matter
    from kientruc.validators.requested import settled
    from kientruc.views.choice import Choice, relation_key
    from kientruc.views.words import label
    from kientruc.views.words import name as name_of

    architecture, lang = material.architecture, material.lang
    declared = material.edition()
    if declared is None:
        raise UsageError("cli.unknown-edition", found=architecture.head.edition, nearest="", allowed="")
    found = settled(request, Matter(architecture, declared, architecture.cut_off))
    state = label(architecture, request.state, lang) if request.state else ""
    about = (request.code, request.purpose, state, request.scope)
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
        about=tuple(one for one in about if one),
        notes=request.notes,
    )


def picture_format(format: str, to: Path | None) -> str:
    """Tell what to draw: as asked, else as the suffix of the file says, else SVG."""
    return by_suffix(format, to, ("svg", "png"))


def picture(loaded: Loaded, name: str, format: str, paper: str, lang: str) -> bytes:
    """Draw a picture: SVG text in UTF-8, or PNG.

    Raises:
        UsageError: there is no such picture, or the PNG extra is not installed.
        OutputError: it holds more than can be drawn.
    """
    from kientruc.renderers import layered_scene, scene_svg
    from kientruc.renderers.layered_parts import PAPERS
    from kientruc.views.picture import LayeredPicture

    drawn = view(loaded, name, lang)
    if not isinstance(drawn, LayeredPicture):
        raise UsageError("cli.empty-view", found=name)
    svg = scene_svg.render(layered_scene.scene(drawn, PAPERS[paper]))
    return svg.encode() if format == "svg" else png(svg, PAPERS[paper].width)


def png(svg: str, width: int) -> bytes:
    """Draw an SVG of ours as PNG, at least a full screen wide.

    Raises:
        UsageError: the PNG extra is not installed.
    """
    try:
        from kientruc.renderers import png as renderer

        return renderer.render(svg, max(PNG_WIDTH, width))
    except ImportError:
        raise UsageError("cli.no-png") from None


def views_text(architecture: Architecture, lang: str) -> str:
    """List the views in columns: name, title, and the built-in one where the architecture asks for it."""
    found = views(architecture, lang)
    width = max((len(one.id) for one in found), default=0)
    lines = (f"{one.id:<{width}}  {one.title}" for one in found)
    return "\n".join((*lines, "", text("views.more", lang), ""))
