"""Traceability: requirement by subject, service by application and data, task by result, element by form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kientruc.frameworks import Edition
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.element import Relation
from kientruc.model.kinds import Kind, Layer
from kientruc.model.record import Record
from kientruc.model.verbs import Verb
from kientruc.result import CheckResult, Status
from kientruc.views.access_marks import mark
from kientruc.views.conformance import Shower
from kientruc.views.form_sheets import code_of, sheets
from kientruc.views.grid import Entry, Grid, Grids, Head, matrix
from kientruc.views.outcomes import head_facts
from kientruc.views.words import name

ORDER = (
    *(Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED),
    *(Status.PASS, Status.NOT_APPLICABLE, Status.NOT_EVALUATED),
)  # of several outcomes of one requirement about one subject the heaviest is shown
STORED = (Verb.READS, Verb.WRITES, Verb.SENDS)
RESULTS = (Verb.DELIVERS, Verb.COVERS)
Found = dict[tuple[str, str], list[str]]  # keys of words, by row and column, in the order they were found


def matrices(
    architecture: Architecture, checked: Sequence[tuple[Edition, CheckResult]], form: Edition, lang: str
) -> Grids:
    """Make every traceability matrix of an architecture.

    Args:
        checked: results of one or several editions, each a matrix of its own.
        form: an edition that prescribes tables; its codes and sheets are traced to.
    """
    maker = Tracer(architecture, lang)
    asked = (maker.requirements(edition, result) for edition, result in checked)
    rest = (maker.services(), maker.data(), maker.tasks(), maker.codes(form))
    return Grids(
        lang,
        text("matrix.kicker", lang),
        name(architecture.head, lang),
        mark(architecture, lang),
        head_facts(architecture, lang),
        (),
        (*asked, *rest),
    )


class Tracer:
    """Makes the matrices of one architecture in one language."""

    def __init__(self, architecture: Architecture, lang: str) -> None:
        self.architecture, self.lang = architecture, lang
        self.elements = architecture.elements

    # --- requirement by element ---

    def requirements(self, edition: Edition, result: CheckResult) -> Grid:
        """Tell for each subject what each requirement found of it; what failed stands first."""
        lang, worst = self.lang, dict[tuple[str, str], Status]()
        names: dict[str, str] = {}
        for one in result.requirements:
            show = Shower(self.architecture, edition, edition.requirements[one.requirement], lang, {})
            for outcome in one.outcomes:
                for id in outcome.subjects:
                    names.setdefault(id, show.name(id))
                    before = worst.get((id, one.requirement), outcome.status)
                    worst[id, one.requirement] = min(before, outcome.status, key=ORDER.index)
        heaviest: dict[str, int] = {}
        for (id, _), status in worst.items():
            heaviest[id] = min(heaviest.get(id, len(ORDER)), ORDER.index(status))
        find = self.architecture.find
        rows = [Head(id, names[id], code_of(find(id))) for id in sorted(names, key=lambda id: (heaviest[id], id))]
        columns = [Head(one.id, one.title.in_(lang)) for one in edition.requirements.values()]
        marks = {place: Entry(text(f"cell.{status.value}", lang), status.value) for place, status in worst.items()}
        return matrix("requirements", rows, columns, marks, lang, remarks=tuple(self._about(edition, result)))

    def _about(self, edition: Edition, result: CheckResult) -> Iterable[str]:
        lang = self.lang
        yield text("matrix.edition", lang, name=edition.about.name.in_(lang), id=edition.id)
        legend = (f"{text(f'cell.{one.value}', lang)} = {text(f'status.{one.value}', lang)}" for one in ORDER[:-1])
        yield text("matrix.legend", lang, words="; ".join(legend))
        cut = sum(sum(one.counts.values()) - len(one.outcomes) for one in result.requirements)
        if cut:
            yield text("report.more", lang, count=cut)

    # --- who uses what ---

    def services(self) -> Grid:
        """Tell which applications each public service rests on, itself or through what it is handled by."""
        found: Found = defaultdict(list)
        handled: dict[str, set[str]] = defaultdict(set)
        for one in self.architecture.relations:
            for id, other in ((one.source_id, one.target), (one.target, one.source_id)):
                if not self._is(id, Kind.PUBLIC_SERVICE):
                    continue
                if self._in(other, "software"):
                    found[id, other].append(f"verb.{one.verb.value}")
                elif self._in(other, "behaviour"):
                    handled[other].add(id)
        for one in self.architecture.relations:
            if one.verb is Verb.USES and self._in(one.target, "software"):
                for id in sorted(handled.get(one.source_id, ())):
                    found[id, one.target].append("cell.through")
        rows = self._heads(id for id in self.elements if self._is(id, Kind.PUBLIC_SERVICE))
        columns = self._heads(id for id in self.elements if self._in(id, "software"))
        return self._matrix("services", rows, columns, found)

    def data(self) -> Grid:
        """Tell which data each application reads, writes, sends, receives or holds."""
        found: Found = defaultdict(list)
        for one in self.architecture.relations:
            for row, column, key in self._touched(one):
                found[row, column].append(key)
        rows = {row for row, _ in found} | {id for id in self.elements if self._is(id, Kind.APPLICATION)}
        columns = self._heads(id for id in self.elements if self.elements[id].kind.layer is Layer.DATA)
        lacking = {id for id in rows if self._is(id, Kind.APPLICATION)} - {row for row, _ in found}
        return self._matrix("data", self._heads(sorted(rows)), columns, found, lacking)

    def _touched(self, one: Relation) -> Iterable[tuple[str, str, str]]:
        source, target = one.source_id, one.target
        data = [id for id in one.data if self._in(id, "data_layer")]
        if self._in(source, "software") and one.verb in STORED:
            reached = [target] if self._in(target, "data_layer") else []
            yield from ((source, id, f"verb.{one.verb.value}") for id in (*reached, *data))
        if self._in(target, "software") and one.verb is Verb.SENDS:
            sent = [source] if self._in(source, "data_layer") else []
            yield from ((target, id, "cell.receives") for id in (*sent, *data))
        if self._in(source, "data_layer") and self._in(target, "software") and one.verb is Verb.PART_OF:
            yield target, source, "cell.holds"

    def tasks(self) -> Grid:
        """Tell what each task delivers and which gaps it covers."""
        found: Found = defaultdict(list)
        tasks = self.architecture.records["tasks"]
        for one in self.architecture.relations:
            if one.verb in RESULTS and one.source_id in tasks:
                found[one.source_id, one.target].append(f"verb.{one.verb.value}")
        columns = sorted({column for _, column in found}, key=lambda id: (id in self.elements, id))
        return self._matrix("tasks", self._heads(tasks), self._heads(columns), found)

    # --- element by form ---

    def codes(self, form: Edition) -> Grid:
        """Tell on which sheets of the form each element has its row, by which code, and how many rows name it."""
        listed: dict[tuple[str, str], int] = defaultdict(int)
        own: dict[tuple[str, str], Entry] = {}
        columns: list[Head] = []
        lacks = Entry(text("lacking.codes", self.lang), "lacking")
        for sheet in sheets(self.architecture, form, self.lang):
            columns.append(Head(sheet.form, sheet.name))
            for line in sheet.lines:
                for record in line.records.values():
                    code = code_of(record)
                    if record.id in self.elements:
                        own[record.id, sheet.form] = Entry(code, "code") if code else lacks
                    for id in self._named(record):
                        listed[id, sheet.form] += 1
        rows = self._heads(sorted({id for id, _ in own}))
        known = {head.id for head in rows}
        marks = {place: Entry(str(count), "count", count) for place, count in listed.items() if place[0] in known} | own
        lacking = {id for id in known if not code_of(self.elements[id])}
        return matrix("codes", rows, columns, marks, self.lang, lacking)

    def _named(self, record: Record) -> tuple[str, ...]:
        """Give the elements that a row of the form names: the ends of an exchange, what a content is about."""
        if isinstance(record, Relation):
            return tuple(dict.fromkeys((record.source_id, record.target)))
        return tuple(dict.fromkeys(id for id in getattr(record, "about", ()) if id in self.elements))

    # --- what they share ---

    def _matrix(
        self, key: str, rows: Sequence[Head], columns: Sequence[Head], found: Found, lacking: set[str] | None = None
    ) -> Grid:
        lack = {head.id for head in rows} - {row for row, _ in found} if lacking is None else lacking
        marks = {place: Entry(self._words(keys), keys[0].partition(".")[2]) for place, keys in found.items()}
        return matrix(key, rows, columns, marks, self.lang, lack)

    def _words(self, keys: Iterable[str]) -> str:
        verbs = {f"verb.{verb.value}": verb.in_(self.lang) for verb in Verb}
        return ", ".join(dict.fromkeys(verbs.get(key) or text(key, self.lang) for key in keys))

    def _heads(self, ids: Iterable[str]) -> list[Head]:
        found = ((id, self.architecture.find(id)) for id in ids)
        return [Head(id, name(record, self.lang) if record else "", code_of(record)) for id, record in found]

    def _is(self, id: str, kind: Kind) -> bool:
        return id in self.elements and self.elements[id].kind is kind

    def _in(self, id: str, group: str) -> bool:
        return id in self.elements and group in self.elements[id].kind.groups
