"""A whole is at least as high as the highest of its parts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import StrictBool

from kientruc.graph import is_assumed
from kientruc.graph.gap import in_state
from kientruc.graph.states import value_in
from kientruc.messages import text
from kientruc.model.element import Element, Lifecycle, Relation, Stated
from kientruc.model.record import Unknown
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, unknown
from kientruc.validators.matter import Found, Matter
from kientruc.validators.selection import Selection
from kientruc.validators.standing import open_relation
from kientruc.validators.words import FieldName

ORDER = (Status.FAIL, Status.MANUAL, Status.PASS)


class CompareAlong(Check):
    """Parts one step down are compared, below a silent part the nearest that speak; a silent whole is not judged.

    Whole and part are compared in each state in which both are and the one is part of the other, as that state has
    them; the gravest answer counts, and `{at}` names its state. A part that has ended there does not count;
    `own_parts`: nor do parts of somebody else. Open: a part is higher of which nobody knows whether it is there or
    part of it, or which is only assumed; or a level is unknown, that of the whole also where no part says anything
    of its own. Cost: one look at each part and each `part_of`, in each state, however many wholes share them.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "allowed", "part", "at"}

    kind: Literal["compare_along"]
    select: Selection
    prop: FieldName
    own_parts: StrictBool = False

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each whole of which some part says something; the witness is the highest part."""
        wholes = self.select.of(matter)
        told: dict[str, list[Found]] = {whole.id: [] for whole in wholes}
        joints: dict[str, list[Relation]] = defaultdict(list)
        elements = matter.architecture.elements
        for joint in matter.graph.submitted.relations("part_of") if wholes else ():
            part = elements.get(joint.source_id)
            if self.own_parts and part is not None and part.reference is not None:
                continue
            joints[joint.target].append(joint)
        for state in matter.stated or (None,):
            parts = _Parts(matter, self.prop, state, joints)
            for whole in wholes:
                value = parts.value(whole)
                if value is not None and (state is None or matter.graph.membership(whole, state) != "absent"):
                    told[whole.id] += self._judge(whole, value, parts.below(whole.id), state, matter)
        for found in told.values():
            if found:
                yield next((one for status in ORDER for one in found if one.status is status), found[0])

    def _judge(self, whole: Element, value: Any, below: "_Below", state: str | None, matter: Matter) -> Iterator[Found]:
        """Give nothing where no part says anything."""
        subjects, highest = (whole.id,), below.sure
        asked = _Level(whole, value) if isinstance(value, Unknown) else below.unknown
        known = not isinstance(value, Unknown)
        if known and highest is not None and value < highest.value:
            values = matter.about(whole) | {"found": str(value), "allowed": str(highest.value)}
            values |= _at(state, matter) | {
                "part": highest.part.name,
                "part_en": highest.part.name_en or highest.part.name,
            }
            also = (span,) if (span := highest.part.span(self.prop)) else ()
            witness = (whole.id, highest.part.id)
            yield Found(Status.FAIL, "lower", subjects, values, witness, whole.span(self.prop), also)
        elif known and below.maybe is not None and value < below.maybe.value:
            yield self._unsure(whole, below.maybe, state, matter)
        elif not known and below.parts and not below:
            values = {**matter.about(whole), **matter.unknown(value, self.prop), "count": str(below.parts)}
            reason = "parts-assumed" if below.assumed == below.parts else "parts-silent"
            yield Found(Status.MANUAL, reason, subjects, values, subjects, whole.span(self.prop))
        elif asked is not None and below:
            about = matter.about(asked.part)
            found = unknown(asked.value, self.prop, asked.part, subjects, about, matter)
            yield replace(found, witness=(asked.part.id,))
        elif (passed := highest or below.maybe) is not None:
            yield Found(Status.PASS, "highest", subjects, {}, (whole.id, passed.part.id), whole.span(self.prop))

    def _unsure(self, whole: Element, level: "_Level", state: str | None, matter: Matter) -> Found:
        witness, joint = (whole.id, level.part.id), level.joint
        if joint is not None and state is not None and in_state(joint, state, matter.graph) == "unknown":
            return replace(open_relation(joint, (state,), matter), subjects=(whole.id,), witness=witness)
        span = whole.span(self.prop)
        return Found(Status.MANUAL, "on-assumption", (whole.id,), matter.about(whole), witness, span)


class _Level(NamedTuple):
    """What a part says; `joint` is the relation on its way up of which nobody is sure."""

    part: Element
    value: Any
    joint: Relation | None = None


class _Below(NamedTuple):
    """What the nearest parts that speak say: the highest that surely counts, the highest that may, one unknown.

    `parts` counts those one step down, `assumed` those of them that are only assumed to be there or part of it.
    """

    sure: _Level | None = None
    maybe: _Level | None = None
    unknown: _Level | None = None
    parts: int = 0
    assumed: int = 0

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.sure, self.maybe, self.unknown))

    def through(self, joint: Relation) -> "_Below":
        """Give the same as seen over a relation of which nobody is sure."""
        moved = self.sure._replace(joint=joint) if self.sure else None
        return _Below(None, _highest((moved, self.maybe)), self.unknown)


class _Parts:
    """What is below each whole in one state; what wholes share is looked through once."""

    def __init__(self, matter: Matter, prop: str, state: str | None, joints: Mapping[str, list[Relation]]) -> None:
        self.matter, self.graph, self.prop, self.state = matter, matter.graph, prop, state
        self._joints = joints
        self._below: dict[str, _Below] = {}
        self._parts: dict[str, list[tuple[Relation, Element, bool]]] = {}

    def value(self, element: Element, field: str = "") -> Any:
        """Give what an element says in this state, of what is compared or of another field."""
        field = field or self.prop
        if self.state is None or field not in Stated.model_fields:
            return self.graph.value(element, field)
        return value_in(element, field, self.state)

    def below(self, id: str) -> _Below:
        """Give what is below a whole; a part that is silent stands for those below it. `part_of` has no circles."""
        stack, opened = [id], set[str]()
        while stack:
            whole = stack[-1]
            if whole in opened or whole in self._below:
                stack.pop()
                if whole not in self._below:
                    self._below[whole] = self._gathered(whole)
            else:
                opened.add(whole)
                silent = (part.id for _, part, _ in self._of(whole) if self.value(part) is None)
                stack.extend(one for one in silent if one not in self._below)
        return self._below[id]

    def _gathered(self, id: str) -> _Below:
        found = [self._seen(*one) for one in self._of(id)]
        return _Below(
            _highest(one.sure for one in found),
            _highest(one.maybe for one in found),
            min((one.unknown for one in found if one.unknown), key=lambda level: level.part.id, default=None),
            len(found),
            sum(is_assumed(joint) or is_assumed(part) for joint, part, _ in self._of(id)),
        )

    def _seen(self, joint: Relation, part: Element, sure: bool) -> _Below:
        value = self.value(part)
        if value is None:
            below = self._below.get(part.id, _Below())
        else:
            level = _Level(part, value)
            below = _Below(unknown=level) if isinstance(value, Unknown) else _Below(level)
        return below if sure else below.through(joint)

    def _of(self, id: str) -> list[tuple[Relation, Element, bool]]:
        """Give the parts that are, or may be, part of a thing in this state, and whether that is sure."""
        if id not in self._parts:
            self._parts[id] = list(self._joined(id))
        return self._parts[id]

    def _joined(self, id: str) -> Iterator[tuple[Relation, Element, bool]]:
        for relation in self._joints.get(id, ()):
            part = self.matter.architecture.elements[relation.source_id]
            word = in_state(relation, self.state, self.graph) if self.state else "present"
            if self.value(part, "lifecycle") == Lifecycle.ENDED:
                continue
            if word != "absent" and self.graph.is_checked(part):
                yield relation, part, word != "unknown" and not (is_assumed(relation) or is_assumed(part))


def _at(state: str | None, matter: Matter) -> dict[str, str]:
    """Fill the placeholder that says in which state; nothing where there are none."""
    name = matter.name(state) if state is not None else None
    return {
        f"at{suffix}": text("phrase.at-state", lang, state=name[lang]) if name else ""
        for lang, suffix in (("vi", ""), ("en", "_en"))
    }


def _highest(levels: Iterable[_Level | None]) -> _Level | None:
    """Give the highest; of equal ones the one with the smallest id."""
    found = sorted((one for one in levels if one is not None), key=lambda level: level.part.id)
    return max(found, key=lambda level: level.value, default=None)
