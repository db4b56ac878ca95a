"""What an architecture holds, in which state: roles, places, national links, duplicates of shared platforms, offers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from kientruc.frameworks import Edition, Words
from kientruc.frameworks.words import roles
from kientruc.graph.architecture_graph import ArchitectureGraph
from kientruc.graph.gap import in_state
from kientruc.graph.states import latest
from kientruc.graph.verb_groups import verbs
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element, Relation, Sharing
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole, Task
from kientruc.model.record import Unknown
from kientruc.model.values import Treatment
from kientruc.model.verbs import Verb
from kientruc.portfolio.told import MOST_HELD, Bearer, Duplicate, Link, Offer, Place, Work
from kientruc.source import CellSpan
from kientruc.validators.checks.unique import fold
from kientruc.views.sums import amount_of

SHARED_ROLE = "national_shared"
NATIONAL = ("ngsp", SHARED_ROLE, "national_database")  # roles of what others run for all; narrower ones count too
Group = Literal["A", "B", ""]
NATIONAL_GROUPS: Mapping[object, Group] = {Sharing.NATION_A: "A", Sharing.NATION_B: "B"}
CODE = "pl2"  # of an element: the code of the platform it is, or duplicates, in Annex II of 1425/QĐ-TTg
OFFERED = (Kind.APPLICATION, Kind.PLATFORM, Kind.SHARED_SERVICE, Kind.DATA_STORE, Kind.SITE, Kind.INFRA_SERVICE)
JOINS = frozenset((*verbs("exchange"), Verb.DEPENDS_ON, Verb.INHERITS, Verb.HOSTED_ON))
# Whose a thing is, not what it is. A "sở" or "thành phố" alone is none: "cơ sở dữ liệu", "thành phố thông minh".
_WHOSE = re.compile(r" (?:(?:của|cấp|tại) (?:tỉnh|thành phố|bộ|sở|ngành)|tỉnh)\b.*$")
_MARKS = re.compile(r"[^\w]+")
LinkState = Literal["present", "unsaid", "unknown", "planned"]
NOT_JOINED, PLANNED = ("not-connected", "retired"), ("planned", "proposed")  # what the status of a relation may say
LINKS: tuple[LinkState, ...] = ("present", "unsaid", "unknown", "planned")  # how a link may stand, the surest first


def national() -> tuple[str, ...]:
    """Give the roles of national things, in id order."""
    return Words(roles=roles()).kinds_of(NATIONAL)


def key(name: str) -> str:
    """Bring a name to what it is compared by: letters of one case, one spelling, without whose it is."""
    plain = _MARKS.sub(" ", fold(name)).strip()
    return _WHOSE.sub("", plain) or plain


class Holdings:
    """Takes from one architecture what a portfolio compares. Everything is in id order."""

    def __init__(
        self, architecture: Architecture, editions: tuple[Edition, ...], cells: Mapping[str, CellSpan] | None = None
    ) -> None:
        """Look at one architecture.

        Args:
            cells: where the records of a workbook stand in it, by id; None for what was written as text.
        """
        self.architecture, self.editions, self.cells = architecture, editions, cells
        self.national = national()
        self.graph = ArchitectureGraph(architecture)
        self.before = latest(architecture, StateRole.BASELINE)
        self.after = latest(architecture, StateRole.TARGET)
        self.elements = {id: one for id, one in architecture.elements.items() if self.graph.is_checked(one)}
        self.shared = {code: one for edition in editions for code, one in edition.words.shared.items()}

    def bearers(self) -> tuple[Bearer, ...]:
        """Give the things with a role that are one's own."""
        own = (one for one in self.elements.values() if one.role and one.role not in self.national)
        return tuple(Bearer(role=one.role or "", **self._held(one)) for one in own)[:MOST_HELD]

    def places(self) -> Iterator[Place]:
        """Count what stands at each place of each edition that is asked about."""
        for id in dict.fromkeys(edition.places_of for edition in self.editions):
            for place, ids in self.graph.places(id).items():
                pairs = [self._states(self.elements[one]) for one in ids if one in self.elements]
                before, after = ([pair[at] for pair in pairs].count("present") for at in (0, 1))
                unsaid = sum(pair == ("unsaid", "unsaid") for pair in pairs)
                yield Place(edition=id, place=place, before=before, after=after, unsaid=unsaid)

    # --- links to what the nation runs ---

    def links(self) -> Iterator[Link]:
        """Tell how the architecture is linked to each national role, narrower ones too: the surest link, or none."""
        for role in self.national:
            known = [one for name in Words(roles=roles()).kinds_of((role,)) for one in self._with_role.get(name, ())]
            found = [link for one in known for link in self._links(role, one)]
            if found:
                yield min(found, key=lambda link: (LINKS.index(link.state), link.id, link.via))
            else:
                one = known[0] if known else None
                at = self._at(one) if one else ""
                yield Link(role=role, state="missing", id=one.id if one else "", name=one.name if one else "", at=at)

    def _links(self, role: str, one: Element) -> Iterator[Link]:
        for relation in self._touching.get(one.id, ()):
            other = relation.target if relation.source_id == one.id else relation.source_id
            state = self._joined(relation)
            if state is not None and other in self.elements and self._is_mine(self.elements[other]):
                yield Link(role=role, state=state, id=one.id, name=one.name, via=other, at=self._at(relation))

    def _is_mine(self, one: Element) -> bool:
        return one.reference is None and one.role not in self.national

    def _joined(self, relation: Relation) -> LinkState | None:
        """Tell how a relation stands: by its states, and where nothing is said of them, by its status."""
        words = [in_state(relation, state, self.graph) if state else "unsaid" for state in (self.before, self.after)]
        if words[0] == "present":
            return "present"
        if words[1] == "present":
            return "planned"
        if "unknown" in words:
            return "unknown"
        if "unsaid" not in words or relation.status in NOT_JOINED:
            return None
        return "planned" if relation.status in PLANNED else "unsaid"

    @cached_property
    def _with_role(self) -> Mapping[str, list[Element]]:
        found: dict[str, list[Element]] = defaultdict(list)
        for one in self.elements.values():
            found[one.role or ""].append(one)
        return found

    @cached_property
    def _touching(self) -> Mapping[str, list[Relation]]:
        found: dict[str, list[Relation]] = defaultdict(list)
        for one in self.architecture.relations:
            if one.verb in JOINS:
                for id in dict.fromkeys((one.source_id, one.target, *one.over)):
                    found[id].append(one)
        return found

    # --- what duplicates what the nation shares ---

    def duplicates(self) -> Iterator[Duplicate]:
        """Tell what of one's own does what a shared platform does: by its code, a relation, or its very name."""
        names = {key(one.name.vi): code for code, one in self.shared.items()}
        said = self._said_duplicates()
        for one in self._own():
            code = one.codes.get(CODE, "")
            other = said.get(one.id)
            if code in self.shared:
                yield self._duplicate(one, code, "", "code")
            elif other is not None:
                held = self.architecture.elements[other]
                group: Group = NATIONAL_GROUPS.get(held.sharing, "") if isinstance(held.sharing, Sharing) else ""
                yield self._duplicate(one, held.codes.get(CODE, ""), group, "relation")
            elif key(one.name) in names:
                yield self._duplicate(one, names[key(one.name)], "", "name")

    def _said_duplicates(self) -> Mapping[str, str]:
        """Give, for each thing, the national thing it is said to duplicate, whoever of the two says so."""
        shared = set(Words(roles=roles()).kinds_of((SHARED_ROLE,)))
        elements = self.architecture.elements
        found: dict[str, str] = {}
        for one in self.architecture.relations:
            if one.verb is Verb.DUPLICATES:
                for id, other in ((one.source_id, one.target), (one.target, one.source_id)):
                    there = elements.get(other)
                    if there is not None and (there.role in shared or there.sharing in NATIONAL_GROUPS):
                        found.setdefault(id, other)
        return found

    def _duplicate(self, one: Element, code: str, group: Group, how: Literal["code", "relation", "name"]) -> Duplicate:
        because = one.own_because
        known = self.shared.get(code)
        return Duplicate(
            platform=code,
            group=known.list if known else group,
            how=how,
            reason="unknown" if isinstance(because, Unknown) else "stated" if because else "none",
            why=because if isinstance(because, str) else "",
            successor=one.successor or "",
            **self._held(one),
        )

    # --- what others may have too ---

    def offers(self) -> Iterator[Offer]:
        """Give what of one's own others may have too, with the tasks that deliver it."""
        for one in self._own():
            before, after = self._states(one)
            new = (after == "present" and before != "present") or (after == "unsaid" and one.treatment is Treatment.ADD)
            work = tuple(self._work(task) for task in self._delivering.get(one.id, ()))
            yield Offer(kind=one.kind, role=one.role or "", key=key(one.name), new=new, tasks=work, **self._held(one))

    def _own(self) -> Iterator[Element]:
        return (one for one in self.elements.values() if one.kind in OFFERED and one.reference is None)

    @cached_property
    def _delivering(self) -> Mapping[str, list[Task]]:
        tasks: Mapping[str, Task] = self.architecture.records["tasks"]
        found: dict[str, list[Task]] = defaultdict(list)
        for one in self.architecture.relations:
            if one.verb is Verb.DELIVERS and one.source_id in tasks:
                found[one.target].append(tasks[one.source_id])
        return found

    def _work(self, task: Task) -> Work:
        amount = amount_of(task)
        return Work(id=task.id, name=task.name, amount=None if amount is None else str(amount))

    # --- what they share ---

    def _held(self, one: Element) -> dict[str, Any]:
        before, after = self._states(one)
        return {"id": one.id, "name": one.name, "at": self._at(one), "before": before, "after": after}

    def _states(self, one: Element) -> tuple[str, str]:
        before, after = (
            self.graph.membership(one, state) if state else "unsaid" for state in (self.before, self.after)
        )
        return before, after

    def _at(self, record: Element | Relation) -> str:
        """Tell where a record is written: file and line, or sheet and cell; "" where nobody can say."""
        if self.cells is not None:
            ids = (record.id, getattr(record, "source_id", ""))
            return next((self.cells[id].cell for id in ids if id in self.cells), "")
        span = record.span()
        return f"{span.path}:{span.line}" if span else ""
