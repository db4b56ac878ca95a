"""One file's sections, taken apart into records; what cannot be a record is reported and left out."""

from __future__ import annotations

from kientruc.loading.gathered import ID, Defaults, Entry, Gathered, proposal, show
from kientruc.loading.mistakes import explain
from kientruc.loading.nearest import nearest
from kientruc.loading.validate import errors_of
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS
from kientruc.reading.tree import Mapping, Sequence, Written, pack, unpack
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span

FORMAT = "kientruc/1"
TOP = ("format", "architecture", "include", "defaults", *SECTIONS)


def take(gathered: Gathered, file: SourceFile) -> Mapping | None:
    """Read a file and add what it holds.

    Returns:
        Its top, with misspelt sections under the names that were meant; None if it could not be read.
    """
    gathered.files.append(file)
    top, findings = parse(file, gathered.limits)
    gathered.findings.extend(findings)
    if not isinstance(top, Mapping):
        gathered.whole = False
        if top is not None or not len(findings):
            gathered.find("M-TOP", Span(file, 0, 0))
        return None
    _rename(gathered, top)
    filled = _defaults(gathered, top)
    if "architecture" in top:
        _take_head(gathered, top, filled)
    for section in SECTIONS:
        if section in top:
            _take_section(gathered, section, top, filled)
    return top


def check_root(gathered: Gathered, top: Mapping | None) -> None:
    """Check what only the root file must have."""
    if top is None:
        return
    found = top.get("format")
    if found != FORMAT:
        at = top.span("format") if "format" in top else Span(top.file, 0, 0)
        gathered.find("M-FORMAT", at, found=show(found), allowed=FORMAT)
    if gathered.head is None and gathered.whole:
        gathered.find("M-NOHEAD", Span(top.file, 0, 0))


def _rename(gathered: Gathered, top: Mapping) -> None:
    """Report unknown sections, and put what is nearly a section under the name that was meant."""
    for key in [key for key in top if key not in TOP]:
        value, at = top[key], top.key_span(key)
        near = nearest(key, (name for name in TOP if name not in top))
        gathered.find("M-SECTION", at, key=key, near=near or nearest(key, TOP), allowed=", ".join(TOP))
        if near:
            top.rename(key, near)
        else:
            gathered.lost.update(_ids_in(value))


def _ids_in(value: object) -> list[str]:
    """Give the ids of records in something that is not a section."""
    if isinstance(value, Mapping):
        return list(value)
    items = value if isinstance(value, Sequence) else []
    return [item["id"] for item in items if isinstance(item, Mapping) and isinstance(item.get("id"), str)]


def _defaults(gathered: Gathered, top: Mapping) -> dict[str, object]:
    node = top.get("defaults")
    if node is None:
        return {}
    if not isinstance(node, Mapping):
        gathered.find("M-TYPE", top.span("defaults"), field="defaults", expected="type.mapping", found=show(node))
        return {}
    origin = Written(node.file, pack(top.key_span("defaults")), node)
    problems = errors_of(Defaults, node)
    gathered.findings.extend(explain(Defaults, problems, origin, "defaults"))
    wrong = {problem["loc"][0] for problem in problems}
    filled = {key: value for key, value in node.items() if key not in wrong}
    gathered.defaults.append((Defaults.model_validate(filled), origin))
    return filled


def _take_head(gathered: Gathered, top: Mapping, filled: dict[str, object]) -> None:
    node, key = top["architecture"], top.key_span("architecture")
    if not isinstance(node, Mapping):
        gathered.find("M-TYPE", key, field="architecture", expected="type.mapping", found=show(node))
        gathered.whole = False
    elif gathered.head is not None:
        gathered.find("M-HEAD", key, (gathered.head.origin.span(),))
    else:
        gathered.head = Entry(Written(node.file, pack(key), node), filled)


def _take_section(gathered: Gathered, section: str, top: Mapping, filled: dict[str, object]) -> None:
    node = top[section]
    if node is None:
        return
    if not isinstance(node, Mapping):
        gathered.find("M-TYPE", top.key_span(section), field=section, expected="type.records", found=show(node))
        gathered.lost.update(_ids_in(node))
        return
    entries, spans, file = gathered.sections[section], node.spans, node.file
    places = {} if section in OWN_ID_SPACE else gathered.places
    keys = SECTIONS[section].model_fields
    before, strays = "", False
    for index, (id, value) in enumerate(node.items()):
        packed = spans[2 * index]
        if type(value) is not Mapping:
            if id in keys and not strays:
                _stray(gathered, section, id, unpack(file, packed), before)
                strays = True
            elif not strays:
                gathered.find("M-RECORD", unpack(file, packed), key=id, section=section, found=show(value))
                gathered.lost.add(id)
            if value is None:
                before = id
            continue
        before = id
        origin = Written(file, packed, value)
        if not ID.fullmatch(id):
            gathered.find("M-ID", origin.span(), id=id, proposal=proposal(id))
        other = entries[id].origin if id in entries else places.get(id)
        if other is not None:
            gathered.find("M-DUP", origin.span(), (other.span(),), id=id, first=str(other.span()))
            continue
        places[id] = origin
        entries[id] = Entry(origin, filled)


def _stray(gathered: Gathered, section: str, key: str, at: Span, before: str) -> None:
    """Report a record's key that stands where ids stand, once; the record it was taken from is left out."""
    gathered.find("M-STRAY", at, key=key, record=before or section)
    gathered.sections[section].pop(before, None)
    gathered.lost.add(before)
