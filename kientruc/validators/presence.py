"""What is told of a state holds there: what has values of its own, what is joined, what takes over, what is claimed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kientruc.graph import in_order, latest, steps
from kientruc.graph.gap import PLANNING, in_state
from kientruc.messages import text
from kientruc.model.element import Element, Relation
from kientruc.model.planning import StateRole
from kientruc.model.values import Certainty
from kientruc.result import Status
from kientruc.source import Span
from kientruc.validators.matter import Found, Matter
from kientruc.validators.standing import doubt, named, open_relation, spans, standing

NEEDING = dict(steps("dependency"))  # verbs by which one thing needs another, and whether it is the target that needs
TODAY = frozenset(("existing", "upgrading", "trial"))  # what a status says is there in the baseline
NOT_TODAY = frozenset(("not-connected", "planned", "proposed"))  # and what is not


def presence(matter: Matter) -> Iterator[Found]:
    """Hold each element with values of its own in a state, then each relation, against who is in that state.

    A relation that says where it is needs both ends there. One that says nothing is where its ends are; but what is in
    the target does not go on needing what is gone from it, unless it is joined to the successor instead.
    """
    rank = {state.id: at for at, state in enumerate(in_order(matter.architecture))}
    for element in matter.architecture.elements.values():
        if element.in_state and matter.graph.is_checked(element):
            yield from _valued(element, rank, matter)
    needs = _Needs(matter)
    for relation in _relations(matter):
        found = _stated(relation, rank, matter) if relation.states else needs.judge(relation)
        if found is not None:
            yield _unless_assumed(found, relation)


def successors(matter: Matter) -> Iterator[Found]:
    """Hold each element with a successor against it: in each state it is gone from, the successor is there."""
    order = [state.id for state in in_order(matter.architecture)]
    rank = {id: at for at, id in enumerate(order)}
    for element in matter.architecture.elements.values():
        if element.successor is None or not matter.graph.is_checked(element):
            continue
        there = [rank[id] for id, word in element.states.items() if word == "present" and id in rank]
        successor = matter.architecture.elements[element.successor]
        gone: list[str] = []
        for id in order[min(there) :] if there else ():
            if matter.graph.membership(element, id) == "absent":
                gone.append(id)
                if matter.graph.membership(successor, id) == "absent":
                    break  # so that what is walked are the states that one of the two names, and one more
        if gone:
            yield _succeeded(element, successor, tuple(gone), matter)


def claims(matter: Matter) -> Iterator[Found]:
    """Hold the status of each relation against its states, or those of its ends, in the latest baseline or target."""
    today, later = (latest(matter.architecture, role) for role in (StateRole.BASELINE, StateRole.TARGET))
    for relation in _relations(matter):
        state = later if relation.status == "retired" else today
        if state is not None and (relation.status in TODAY or relation.states):
            found = _claimed(relation, state, matter)
            if found is not None:
                yield _unless_assumed(found, relation)


def _relations(matter: Matter) -> Iterator[Relation]:
    for relation in matter.architecture.relations:
        if relation.verb not in PLANNING and matter.graph.is_checked(relation):
            yield relation


def _valued(element: Element, rank: Mapping[str, int], matter: Matter) -> Iterator[Found]:
    checked = tuple(sorted(element.in_state.keys() & rank.keys(), key=rank.__getitem__))
    absent = next((id for id in checked if matter.graph.membership(element, id) == "absent"), None)
    subjects = (element.id,)
    if absent is not None:
        values = {**matter.about(element), **named(absent, "target", matter), **standing(element, (absent,), matter)}
        values |= {**matter.nothing("allowed"), "target_id": absent}
        places = spans(element.span("states"))
        yield Found(Status.FAIL, "valued", subjects, values, (), element.span("in_state", absent), places)
    elif checked:
        open = doubt(element, checked, matter, subjects)
        yield open or Found(Status.PASS, "there", subjects, {}, subjects, element.span("in_state"))


def _stated(relation: Relation, rank: Mapping[str, int], matter: Matter) -> Found | None:
    """Of a relation that names its states: both ends are in each of them."""
    held = sorted(
        (id for id in relation.states.keys() & rank.keys() if relation.states[id] == "present"), key=rank.__getitem__
    )
    pairs = [(state, end) for state in held for end in _ends(relation, matter)]
    for state, end in pairs:
        if matter.graph.membership(end, state) == "absent":
            return _absent("absent", relation, end, state, matter)
    opens = (doubt(end, (state,), matter, _subjects(relation)) for state, end in pairs)
    return next(filter(None, opens), None) or (_there(relation) if pairs else None)


class _Needs:
    """Judges relations that say nothing of states, in the target; knows what each thing is joined to there."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.target = latest(matter.architecture, StateRole.TARGET)
        relations = matter.architecture.relations if self.target else ()
        there = (one for one in relations if in_state(one, str(self.target), matter.graph) == "present")
        self.joined = {(one.source_id, one.verb, one.target) for one in there}

    def judge(self, relation: Relation) -> Found | None:
        """Hold what is needed against the target; nothing where what needs it is not there either."""
        elements = self.matter.architecture.elements
        source, target = elements.get(relation.source_id), elements.get(relation.target)
        if self.target is None or source is None or target is None:
            return None
        if relation.verb not in NEEDING or relation.status == "retired":
            return None
        needing, needed = (target, source) if NEEDING[relation.verb] else (source, target)
        word = self.matter.graph.membership(needed, self.target)
        if self.matter.graph.membership(needing, self.target) != "present" or word == "unsaid":
            return None
        ends = (needed.successor, needing.id) if NEEDING[relation.verb] else (needing.id, needed.successor)
        if word == "present" or (ends[0], relation.verb, ends[1]) in self.joined:
            return _there(relation)
        if word == "absent":
            return _absent("needed", relation, needed, self.target, self.matter)
        return doubt(needed, (self.target,), self.matter, _subjects(relation))


def _succeeded(element: Element, successor: Element, gone: tuple[str, ...], matter: Matter) -> Found:
    subjects = (element.id,)
    absent = next((id for id in gone if matter.graph.membership(successor, id) == "absent"), None)
    if absent is None:
        witness = (element.id, successor.id)
        passed = Found(Status.PASS, "taken-over", subjects, {}, witness, element.span("successor"))
        return doubt(successor, gone, matter, subjects) or passed
    values = {**matter.about(element), **named(successor.id, "target", matter), "target_id": successor.id}
    values |= {**standing(successor, (absent,), matter), **standing(element, (absent,), matter, "allowed")}
    places = spans(successor.span("states"), element.span("states"))
    return Found(Status.FAIL, "nobody-there", subjects, values, (), element.span("successor"), places)


def _claimed(relation: Relation, state: str, matter: Matter) -> Found | None:
    if relation.status in TODAY:
        wrong = "absent"
    elif relation.status in NOT_TODAY or relation.status == "retired":
        wrong = "present"
    else:
        return None
    word = in_state(relation, state, matter.graph)
    if word == "unknown":
        return open_relation(relation, (state,), matter)
    if word != wrong:
        return _there(relation) if word != "unsaid" else None
    gone = (end for end in _ends(relation, matter) if matter.graph.membership(end, state) == "absent")
    places = [relation.span("states")] if relation.states else []
    place = matter.name(state)
    values = {
        f"{key}{suffix}": words
        for lang, suffix in (("vi", ""), ("en", "_en"))
        for key, words in (
            ("found", text(f"membership.{word}", lang, state=place[lang])),
            ("allowed", text(f"joined.{relation.status}", lang)),
        )
    }
    also = spans(*places, *(end.span("states") for end in gone))
    return _fails("claimed", relation, relation.target, values, relation.span("status"), also, matter)


def _absent(reason: str, relation: Relation, gone: Element, state: str, matter: Matter) -> Found:
    values = {**matter.nothing("allowed"), **standing(gone, (state,), matter)}
    at = relation.span("states") if relation.states else relation.span()
    return _fails(reason, relation, gone.id, values, at, spans(gone.span("states")), matter)


def _fails(
    reason: str,
    relation: Relation,
    target: str,
    values: dict[str, str],
    span: Span | None,
    also: tuple[Span, ...],
    matter: Matter,
) -> Found:
    """Make the outcome of a relation that contradicts the states; `target` is the end that does."""
    other = relation.target if target == relation.source_id else relation.source_id
    about = matter.architecture.find(other)
    values = {
        **(matter.about(about) if about else {}),
        **named(target, "target", matter),
        "target_id": target,
        **values,
    }
    return Found(Status.FAIL, reason, _subjects(relation), values, (), span, also)


def _there(relation: Relation) -> Found:
    return Found(Status.PASS, "there", _subjects(relation), {}, _subjects(relation), relation.span())


def _subjects(relation: Relation) -> tuple[str, ...]:
    return tuple(dict.fromkeys((relation.source_id, relation.target)))


def _ends(relation: Relation, matter: Matter) -> list[Element]:
    elements = matter.architecture.elements
    return [elements[id] for id in _subjects(relation) if id in elements]


def _unless_assumed(found: Found, relation: Relation) -> Found:
    """Nobody can fail by a relation that is only assumed to be there."""
    if found.status is Status.FAIL and relation.certainty is Certainty.ASSUMED:
        return replace(found, status=Status.MANUAL, reason="assumed")
    return found
