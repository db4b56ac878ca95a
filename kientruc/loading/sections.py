"""One file's sections, taken apart into records; what cannot be a record is reported and left out."""

from __future__ import annotations

from kientruc.loading.gathered import ID, Defaults, Entry, Gathered, proposal, show
from kientruc.loading.indents import blamed
from kientruc.loading.meant import ours
from kientruc.loading.misplaced import holds_elements, is_element, parted
from kientruc.loading.mistakes import explain
from kientruc.loading.relations import VERB_SECTIONS, VERBS
from kientruc.loading.validate import errors_of
from kientruc.model.architecture import OWN_ID_SPACE, SECTIONS, Head
from kientruc.reading.tree import Mapping, Sequence, Written, pack, unpack
from kientruc.source import SourceFile, Span

FORMAT = "kientruc/1"
VALUE_KEYS = {"unknown", "value"}  # what a field may be written with, and no record
TOP = ("format", "architecture", "include", "defaults", *SECTIONS)


def take(gathered: Gathered, file: SourceFile) -> Mapping | None:
    """Read a file and add what it holds.

    Returns:
        Its top, with misspelt sections under the names that were meant; None if it could not be read.
    """
    file, top, findings = gathered.kept.parse(file, gathered.limits)
    gathered.files.append(file)
    gathered.findings.merge(findings, lambda finding: blamed(finding, file, TOP))
    if not isinstance(top, Mapping):
        gathered.whole = False
        if top is not None or not len(findings):
            gathered.find("M-TOP", Span(file, 0, 0))
        return None
    top = _renamed(gathered, top)
    if top.get("format", FORMAT) != FORMAT:
        gathered.find("M-FORMAT", top.span("format"), found=show(top["format"]), allowed=FORMAT)
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
    if "format" not in top:
        gathered.find("M-FORMAT", Span(top.file, 0, 0), found="", allowed=FORMAT)
    if gathered.head is None and gathered.whole:
        gathered.find("M-NOHEAD", Span(top.file, 0, 0))


def _renamed(gathered: Gathered, top: Mapping) -> Mapping:
    """Report unknown sections, and give what is nearly a section under the name that was meant."""
    strays = _of_head(top)
    if strays:
        gathered.find("M-STRAY", top.key_span(strays[0]), key=strays[0], record="architecture")
    outdented: list[tuple[str, Span]] = []
    for key in [key for key in top if key not in TOP and key not in strays]:
        value, at = top[key], top.key_span(key)
        near = ours(key, (name for name in TOP if name not in top))
        if holds_elements(value) and "elements" not in top:
            near = "elements"
        if (not near or is_element(value)) and isinstance(value, Mapping) and "name" in value:
            outdented.append((key, at))
            gathered.lost.update((key, *_ids_in(value)))  # those after it may have become its keys
            continue
        gathered.find("M-SECTION", at, key=key, near=near or ours(key, TOP), allowed=", ".join(TOP))
        if near:
            top = top.renamed(key, near)
        else:
            gathered.lost.update(_ids_in(value))
    if outdented:
        (first, at), *others = outdented
        gathered.find("M-OUTDENT", at, tuple(other for _, other in others), key=first)
    return top


def _of_head(top: Mapping) -> list[str]:
    """Give the keys of the head that stand at the left, below a head that has none."""
    is_empty = top.get("architecture", ...) is None
    return [key for key in top if key in Head.model_fields and key not in TOP] if is_empty else []


def _ids_in(value: object) -> list[str]:
    """Give the ids of records in something that is not a section."""
    if isinstance(value, Mapping):
        return list(value)
    items = value if isinstance(value, Sequence) else []
    ids = [item.get("id") for item in items if isinstance(item, Mapping)]
    return [id for id in ids if isinstance(id, str)]


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
    if _of_head(top):
        gathered.whole = False
    elif not isinstance(node, Mapping):
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
    node, fallen = parted(gathered, section, node)
    if fallen is not None:
        _take_records(gathered, "elements", fallen, filled)
    _take_records(gathered, section, node, filled)


def _take_records(gathered: Gathered, section: str, node: Mapping, filled: dict[str, object]) -> None:
    entries, spans, file = gathered.sections[section], node.spans, node.file
    places = {} if section in OWN_ID_SPACE else gathered.places
    stray = _Strays(gathered, section)
    for index, (id, value) in enumerate(node.items()):
        packed = spans[2 * index]
        if type(value) is not Mapping or (id in stray.keys and value.keys() & VALUE_KEYS):
            stray.take(id, value, unpack(file, packed))
            continue
        if stray.goes_on and id in stray.keys:
            gathered.lost.add(id)
            continue
        stray.end(id)
        origin = Written(file, packed, value)
        if not ID.fullmatch(id) and gathered.room():
            gathered.find("M-ID", origin.span(), id=id, proposal=proposal(id))
        other = entries[id].origin if id in entries else places.get(id)
        if other is not None:
            gathered.find("M-DUP", origin.span(), (other.span(),), id=id, first=str(other.span()))
            gathered.lost.add(id)  # nobody knows which of the two is meant by those that name it
            continue
        places[id] = origin
        entries[id] = Entry(origin, filled)
    stray.end("")


class _Strays:
    """What stands among records and is none: keys of a record that lost their indent are told apart from the rest.

    One finding for each run of such keys; the record they were taken from is left out.
    """

    def __init__(self, gathered: Gathered, section: str) -> None:
        self.gathered, self.section = gathered, section
        self.keys = frozenset(SECTIONS[section].model_fields) | (VERBS.keys() if section in VERB_SECTIONS else set())
        self.before = ""  # the record that came before
        self.empty: tuple[str, Span] | None = None  # an id without anything below it: perhaps its keys follow
        self.goes_on = False

    def take(self, id: str, value: object, at: Span) -> None:
        if id in self.keys:
            if not self.goes_on:
                self.gathered.find("M-STRAY", at, key=id, record=self.before or self.section)
                self.gathered.sections[self.section].pop(self.before, None)
            self.gathered.lost.add(self.before)
            self.goes_on, self.empty = True, None
            return
        self.end(id)
        self.gathered.lost.add(id)
        if value is None:
            self.empty = (id, at)
        else:
            self.gathered.find("M-RECORD", at, key=id, section=self.section, found=show(value))

    def end(self, id: str) -> None:
        """A record begins, or the section ends."""
        if self.empty:
            self.gathered.find("M-RECORD", self.empty[1], key=self.empty[0], section=self.section, found="")
        self.before, self.empty, self.goes_on = id, None, False
