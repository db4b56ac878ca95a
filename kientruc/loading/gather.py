"""All files of one architecture, merged section by section: the order of files and lines means nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from kientruc.finding import Finding
from kientruc.loading.nearest import nearest
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS
from kientruc.reading.files import Workspace
from kientruc.reading.limits import Limits
from kientruc.reading.refusal import Refusal
from kientruc.reading.tree import Mapping, Sequence, Written, pack, unpack
from kientruc.reading.yaml_file import parse
from kientruc.source import SourceFile, Span

FORMAT = "kientruc/1"
ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
TOP = ("format", "architecture", "include", "defaults", *SECTIONS)
DEFAULTS = ("source", "certainty", "as_of", "ask", "by")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as written, with the defaults of its file."""

    node: Mapping
    origin: Written
    defaults: Mapping | None


@dataclass(slots=True)
class Gathered:
    """Everything written, by section and id. `whole` is false where a file could not be read to its end."""

    files: list[SourceFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sections: dict[str, dict[str, Entry]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    places: dict[str, tuple[str, Span]] = field(default_factory=dict)  # id in the shared space -> section, where
    head: Entry | None = None
    whole: bool = True

    def find(self, code: str, span: Span, also: tuple[Span, ...] = (), **values: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, span, values, also))


def gather(root: Path, limits: Limits) -> Gathered:
    """Read the root file and all it includes."""
    gathered = Gathered()
    _check_root(gathered, _Reader(gathered, Workspace(root.parent, limits), limits).read(root.name, None, ()))
    return gathered


def gather_text(file: SourceFile, limits: Limits) -> Gathered:
    """Read one text that may not include others."""
    gathered = Gathered()
    _check_root(gathered, _take(gathered, file, limits))
    return gathered


class _Reader:
    """Follows includes, each file once, and knows the chain it came by."""

    def __init__(self, gathered: Gathered, workspace: Workspace, limits: Limits) -> None:
        self.gathered, self.workspace, self.limits = gathered, workspace, limits
        self.seen: set[str] = set()

    def read(self, path: str, named_at: Span | None, chain: tuple[str, ...]) -> Mapping | None:
        at = named_at or Span(SourceFile(path, ""), 0, 0)
        if path in chain:
            self.gathered.find("I-CYCLE", at, chain=" → ".join((*chain[chain.index(path) :], path)))
            return None
        if path in self.seen:
            return None
        self.seen.add(path)
        if len(chain) > self.limits.include_depth:
            self.gathered.find("I-DEPTH", at, limit=str(self.limits.include_depth))
            return None
        try:
            file = self.workspace.read(path, named_at)
        except Refusal as refusal:
            self.gathered.findings.append(refusal.finding)
            self.gathered.whole = False
            return None
        top = _take(self.gathered, file, self.limits)
        if top is not None and "include" in top:
            self._includes(top, path, (*chain, path))
        return top

    def _includes(self, top: Mapping, path: str, chain: tuple[str, ...]) -> None:
        written = top["include"]
        items = list(written) if isinstance(written, Sequence) else [written]
        folder = path.rpartition("/")[0]
        for index, item in enumerate(items):
            at = top.span("include", index) if isinstance(written, Sequence) else top.span("include")
            if not isinstance(item, str):
                self.gathered.find("M-TYPE", at, field="include", expected="type.text", found=show(item))
                continue
            try:
                names = self.workspace.matching(f"{folder}/{item}" if folder else item, at)
            except Refusal as refusal:
                self.gathered.findings.append(refusal.finding)
                continue
            if not names:
                self.gathered.find("I-NONE", at, path=item)
            for name in names:
                if name not in chain or "*" not in item:
                    self.read(name, at, chain)


def _take(gathered: Gathered, file: SourceFile, limits: Limits) -> Mapping | None:
    gathered.files.append(file)
    top, findings = parse(file, limits)
    gathered.findings.extend(findings)
    if not isinstance(top, Mapping):
        gathered.whole = False
        if top is not None or not findings:
            gathered.find("M-TOP", Span(file, 0, 0))
        return None
    for key in top:
        if key not in TOP:
            near = nearest(key, TOP)
            gathered.find("M-SECTION", top.key_span(key), key=key, near=near, allowed=", ".join(TOP))
    defaults = top.get("defaults")
    if defaults is not None and not isinstance(defaults, Mapping):
        gathered.find("M-TYPE", top.span("defaults"), field="defaults", expected="type.mapping", found=show(defaults))
        defaults = None
    if isinstance(defaults, Mapping):
        for key in defaults:
            if key not in DEFAULTS:
                allowed = ", ".join(DEFAULTS)
                gathered.find("M-KEY", defaults.key_span(key), key=key, near=nearest(key, DEFAULTS), allowed=allowed)
    if "architecture" in top:
        _take_head(gathered, top, defaults)
    for section in SECTIONS:
        if section in top:
            _take_section(gathered, section, top, defaults)
    return top


def _take_head(gathered: Gathered, top: Mapping, defaults: Mapping | None) -> None:
    node, key = top["architecture"], top.key_span("architecture")
    if not isinstance(node, Mapping):
        gathered.find("M-TYPE", key, field="architecture", expected="type.mapping", found=show(node))
        gathered.whole = False
    elif gathered.head is not None:
        gathered.find("M-HEAD", key, (gathered.head.origin.span(),))
    else:
        gathered.head = Entry(node, Written(node.file, pack(key), node), defaults)


def _take_section(gathered: Gathered, section: str, top: Mapping, defaults: Mapping | None) -> None:
    node = top[section]
    if node is None:
        return
    if not isinstance(node, Mapping):
        gathered.find("M-TYPE", top.key_span(section), field=section, expected="type.records", found=show(node))
        return
    entries = gathered.sections[section]
    fields = SECTIONS[section].model_fields
    before: tuple[str, object] = ("", None)
    strays = False
    spans = node.spans
    for index, (key, value) in enumerate(node.items()):
        packed = spans[2 * index]
        span = unpack(node.file, packed)
        if not isinstance(value, Mapping):
            if key in fields or (strays and before[1] is None):
                if not strays:
                    gathered.find("M-STRAY", span, key=key, record=before[0] or section)
                strays = True
                gathered.whole = False
            elif not strays:
                gathered.find("M-RECORD", span, key=key, section=section, found=show(value))
            before = (key, value)
            continue
        before = (key, value)
        _take_record(gathered, section, key, span, Entry(value, Written(node.file, packed, value), defaults), entries)


def _take_record(
    gathered: Gathered, section: str, key: str, span: Span, entry: Entry, entries: dict[str, Entry]
) -> None:
    if not ID.fullmatch(key):
        gathered.find("M-ID", span, id=key, proposal=proposal(key))
    other = entries.get(key)
    first = other.origin.span() if other else None
    if first is None and section not in OWN_ID_SPACE and key in gathered.places:
        first = gathered.places[key][1]
    if first is not None:
        gathered.find("M-DUP", span, (first,), id=key, first=str(first))
        return
    if section not in OWN_ID_SPACE:
        gathered.places[key] = (section, span)
    entries[key] = entry


def _check_root(gathered: Gathered, top: Mapping | None) -> None:
    if top is None:
        return
    found = top.get("format")
    if found != FORMAT:
        at = top.span("format") if "format" in top else Span(top.file, 0, 0)
        gathered.find("M-FORMAT", at, found=show(found), allowed=FORMAT)
    if gathered.head is None and gathered.whole:
        gathered.find("M-NOHEAD", Span(top.file, 0, 0))
        gathered.whole = False


def proposal(text: str) -> str:
    """Give the id that a name would best become: no marks, lower case, words joined by hyphens."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9._]+", "-", bare).strip("-._")


def show(value: object) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, Sequence):
        return "[…]"
    return "" if value is None else str(value)[:60]

