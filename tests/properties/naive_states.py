"""A second, naive implementation of the gap and of the kinds of check that read states, days and money.

It reads what a user writes, as plain mappings, and knows nothing of the model, the graph or the validators.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

Spec = dict[str, Any]
Told = tuple[str, str, tuple[str, ...]]
BASELINE, MIDDLE, TARGET = STATES = ("nay", "giua", "sau")
NOT_NOW, NOW = ("planned", "proposed", "not-connected"), ("existing", "upgrading", "trial")
NEEDS = {"uses": "target", "reads": "target", "part_of": "source"}  # which end is needed
FIELDS = ("owner", "co_owners", "security_level", "description")


# --- the gap ---


def member(element: Spec, state: str) -> str:
    states = element.get("states")
    if not states:
        return "unsaid"
    return str(states.get(state, "absent"))


def joined(spec: Spec, relation: Spec, state: str) -> str:
    """Tell whether a relation is in a state: by its own word, else by status and ends; an end that is gone takes it."""
    ends = [member(spec["elements"][relation[end]], state) for end in ("from", "to")]
    if "states" in relation:
        words = [relation["states"].get(state, "absent"), *(end for end in ends if end != "unsaid")]
    else:
        gone = (relation.get("status") in NOT_NOW and state == BASELINE) or (
            relation.get("status") == "retired" and state == TARGET
        )
        words = ["absent"] if gone else ends
    for word in ("absent", "unknown", "unsaid"):
        if word in words:
            return word
    return "present"


def values(element: Spec, state: str) -> dict[str, Any]:
    own = element.get("in_state", {}).get(state, {})
    found = {field: own.get(field, element.get(field)) for field in FIELDS}
    return {field: value for field, value in found.items() if value not in (None, [])}


def things(spec: Spec, state: str) -> dict[str, dict[str, Any]]:
    """Give the elements that are in a state, with their values there."""
    return {id: values(one, state) for id, one in spec["elements"].items() if member(one, state) == "present"}


def links(spec: Spec, state: str) -> list[tuple[str, str, str, str]]:
    """Give the relations that are in a state: ends, verb, and what is said of them."""
    return sorted(facts(one) for one in spec["relations"] if joined(spec, one, state) == "present")


def facts(relation: Spec) -> tuple[str, str, str, str]:
    return (relation["from"], relation["verb"], relation["to"], relation.get("protocol", ""))


def unclear(one: str, two: str) -> bool:
    return "unknown" in (one, two)


def change(one: str, two: str) -> str | None:
    if unclear(one, two):
        return "unknown"
    pair = (one == "present", two == "present")
    return {(True, True): "kept", (True, False): "removed", (False, True): "added", (False, False): None}[pair]


def element_change(spec: Spec, id: str, before: str, after: str) -> tuple[str | None, bool | None]:
    """Tell what becomes of an element, and whether that is surely a change."""
    one = spec["elements"][id]
    found = change(member(one, before), member(one, after))
    if found != "kept":
        return found, None if found == "unknown" else found is not None
    then, now = values(one, before), values(one, after)
    fields = [field for field in FIELDS if then.get(field) != now.get(field)]
    if not fields:
        return "kept", False
    sure = [f for f in fields if not isinstance(then.get(f), dict) and not isinstance(now.get(f), dict)]
    return "changed", True if sure else None


def relation_changes(spec: Spec, before: str, after: str) -> list[tuple[str, bool | None, Spec]]:
    """Tell of each relation what becomes of it; one that goes and its only like that comes are one that changes."""
    found: list[tuple[str, bool | None, Spec]] = []
    done: set[int] = set()
    relations = spec["relations"]
    changes = [change(joined(spec, one, before), joined(spec, one, after)) for one in relations]

    def alike(index: int, wanted: str) -> list[int]:
        place = facts(relations[index])[:3]
        return [at for at, one in enumerate(relations) if facts(one)[:3] == place and changes[at] == wanted]

    for index, one in enumerate(relations):
        gone, come = alike(index, "removed"), alike(index, "added")
        if index in done or changes[index] is None:
            continue
        if changes[index] in ("removed", "added") and len(gone) == len(come) == 1:
            done.update((gone[0], come[0]))
            differs = facts(relations[gone[0]]) != facts(relations[come[0]])
            found.append(("changed" if differs else "kept", differs, relations[come[0]]))
        else:
            sure = {"unknown": None, "kept": False}.get(str(changes[index]), True)
            found.append((str(changes[index]), sure, one))
    return found


# --- what covers ---


def covers(spec: Spec, id: str) -> list[tuple[str, Any]]:
    """Give the tasks and declarations that cover a thing."""
    found: list[tuple[str, Any]] = []
    contents = [name for name, one in spec["contents"].items() if id in one["about"]]
    for name, task in spec["tasks"].items():
        named = {*task.get("delivers", ()), *task.get("covers", ())}
        if task.get("progress") != "stopped" and (id in named or named & set(contents)):
            found.append(("task", spec["tasks"][name]))
    found += [("open", spec["contents"][name]["open"]) for name in contents if "open" in spec["contents"][name]]
    return found


def judged(found: list[tuple[str, Any]], sure: bool | None, open_reason: str) -> tuple[str, str]:
    on = "2017-09-13"
    if any(sort == "task" for sort, _ in found):
        return "pass", "by-task"
    if any(one["by"] >= on for _, one in found):
        return "pass", "declared-open"
    if sure is None:
        return "manual", open_reason
    return ("fail", "overdue") if found else ("fail", "uncovered")


def open_reason(spec: Spec, *ids: str, relation: bool = False) -> str:
    words = [member(spec["elements"][id], state) for id in ids for state in (BASELINE, TARGET)]
    return "membership-unknown" if "unknown" in words else "relation-unknown" if relation else "unknown"


# --- the kinds ---


def checked(element: Spec) -> bool:
    states = element.get("states")
    return not states or any(states.get(state, "absent") != "absent" for state in STATES)


def delta(spec: Spec) -> list[Told]:
    told: list[Told] = []
    kinds = {id: element_change(spec, id, BASELINE, TARGET) for id in spec["elements"]}
    for id, (found, sure) in kinds.items():
        if found in (None, "kept"):
            continue
        told.append((*judged(covers(spec, id), sure, open_reason(spec, id)), (id,)))
    for found, sure, one in relation_changes(spec, BASELINE, TARGET):
        ends = (one["from"], one["to"])
        if found == "kept" or any(kinds[end][0] not in ("kept", None) for end in ends):
            continue
        if all(not checked(spec["elements"][end]) for end in ends):
            continue
        both = [cover for end in ends for cover in covers(spec, end)]
        told.append((*judged(both, sure, open_reason(spec, *ends, relation=True)), ends))
    return told


def treatments(spec: Spec) -> dict[str, set[tuple[str, str]]]:
    """Give for each element with a treatment every contradiction and every open question; none of either passes."""
    told: dict[str, set[tuple[str, str]]] = {}
    elements = spec["elements"]
    changes = relation_changes(spec, BASELINE, TARGET)
    for id, one in elements.items():
        if "treatment" not in one or not checked(one):
            continue
        problems: set[tuple[str, str]] = set()
        told[id] = problems
        treatment = one["treatment"]
        if isinstance(treatment, dict):
            problems.add(("manual", "unknown"))
            continue
        then, now = member(one, BASELINE), member(one, TARGET)
        into = any(o.get("successor") == id and n != id for n, o in elements.items())
        stays = now == "present" and one.get("successor") is None
        merged = treatment == "merge" and (into or stays)
        planned = bool(covers(spec, id)) or any(id in content["about"] for content in spec["contents"].values())
        if merged and not into and not planned:
            problems.add(("fail", "nothing-merged"))
        wants_then = None if merged else treatment != "add"
        wants_now = True if merged else treatment not in ("merge", "replace")
        for word, wanted, no, yes in (
            (then, wants_then, "not-in-baseline", "in-baseline"),
            (now, wants_now, "not-in-target", "still-in-target"),
        ):
            if wanted is None:
                continue
            if word in ("unknown", "unsaid"):
                problems.add(("manual", f"membership-{word}"))
            elif (word == "present") != wanted:
                problems.add(("fail", no if wanted else yes))
        mine = [(sure, r) for _, sure, r in changes if id in (r["from"], r["to"])]
        parts = [r["from"] for r in spec["relations"] if r["verb"] == "part_of" and r["to"] == id]
        part = {name: element_change(spec, name, BASELINE, TARGET) for name in parts}
        if treatment == "keep":
            sures = [own_but_whose(spec, id)] + [
                sure
                for sure, r in mine
                if r["verb"] == "part_of" or (
                    r["from"] == id
                    and element_change(spec, r["to"], BASELINE, TARGET)[0] != "removed"
                    and not any(
                        o.get("successor") == r["to"] and element_change(spec, n, BASELINE, TARGET)[0] == "removed"
                        for n, o in elements.items()
                    )
                )
            ]  # fmt: skip
            problems |= {("fail", "changed")} if True in sures else set()
            problems |= {("manual", "?")} if None in sures else set()
        if treatment == "standardise":
            sures = [sure for sure, _ in mine]
            sures += [part[name][1] for name in parts if elements[name]["kind"] == "interface" and part[name][0]]
            problems |= set() if planned else lacking(sures, "no-new-relation")
        if treatment == "upgrade":
            sures = [own_but_whose(spec, id)] if element_change(spec, id, BASELINE, TARGET)[0] else []
            sures += [part[name][1] for name in parts if part[name][0]]
            sures += [sure for sure, r in mine if r["verb"] == "part_of" and r["to"] == id]
            problems |= set() if planned else lacking(sures, "no-new-value")
        successor = elements.get(one.get("successor"))
        if treatment in ("merge", "replace") and not merged and successor is not None:
            word = member(successor, TARGET)
            if word == "absent":
                problems.add(("fail", "successor-absent"))
            elif word != "present":
                problems.add(("manual", f"membership-{word}"))
        if treatment == "merge" and not merged:
            problems |= set() if successor is not None else {("fail", "no-successor")}
            heirs = (id, one["successor"]) if successor is not None else (id,)
            problems |= set() if any(covers(spec, name) for name in heirs) else {("fail", "no-task")}
        if treatment == "replace":
            about = any(id in content["about"] for content in spec["contents"].values())
            problems |= set() if successor is not None or "note" in one or about else {("fail", "no-reason")}
            for r in spec["relations"]:
                if id in (r["from"], r["to"]) and r.get("states", {}).get(TARGET) == "present":
                    problems.add(("fail", "still-used"))
        if treatment == "add" and "reference" not in one:
            found = covers(spec, id)
            tasks = [task for sort, task in found if sort == "task"]
            problems |= set() if found else {("fail", "no-task")}
            if tasks and len(tasks) == len(found):
                ways = [way["form"] for way in spec["sourcing"].values() if way["of"] in sourced(spec, id, tasks)]
                problems |= some([*(v for t in tasks for v in money(t)), *ways], "no-money")
                problems |= some([v for t in tasks for v in times(t)], "no-date")
    return told


def own_but_whose(spec: Spec, id: str) -> bool | None:
    """Tell whether an element surely changes, where a new owner is no change."""
    without = deepcopy(spec["elements"])
    for place in (without[id], *without[id].get("in_state", {}).values()):
        for field in ("owner", "co_owners"):
            place.pop(field, None)
    return element_change({**spec, "elements": without}, id, BASELINE, TARGET)[1]


def sourced(spec: Spec, id: str, tasks: list[Spec]) -> set[str]:
    """Give what a sourcing may be of so that it is one of this element: itself, its contents, its tasks."""
    contents = {name for name, one in spec["contents"].items() if id in one["about"]}
    return {id, *contents, *(name for name, one in spec["tasks"].items() if any(one is task for task in tasks))}


def lacking(sures: list[bool | None], reason: str) -> set[tuple[str, str]]:
    if True in sures:
        return set()
    return {("manual", "?")} if None in sures else {("fail", reason)}


def some(said: list[Any], reason: str) -> set[tuple[str, str]]:
    if any(not isinstance(value, dict) for value in said):
        return set()
    return {("manual", "unknown")} if said else {("fail", reason)}


def money(task: Spec) -> list[Any]:
    cost = task.get("cost", [])
    amounts = [cost] if isinstance(cost, dict) else [part["amount"] for part in cost]
    other = [task[field] for field in ("total", "resources", "programme") if field in task]
    return [*amounts, *other]


def times(task: Spec) -> list[Any]:
    period = task.get("period", {})
    ends = [period] if "unknown" in period else list(period.values())
    return [*ends, *([task["due"]] if "due" in task else [])]


def days(when: Any) -> list[date]:
    """Give the first and the last day that may be meant."""
    if isinstance(when, int):
        return [date(when, 1, 1), date(when, 12, 31)]
    return [date.fromisoformat(when)] * 2


def begin(task: Spec) -> Any:
    period = task.get("period", {})
    return period if "unknown" in period else period.get("from")


def end(task: Spec) -> Any:
    period = task.get("period", {})
    if "until" in period:
        return period["until"]
    if "unknown" in period and "due" not in task:
        return period
    return task.get("due")


def waits(spec: Spec) -> list[Told]:
    told: list[Told] = []
    for id, task in spec["tasks"].items():
        for other in task.get("waits_for", ()):
            awaited = spec["tasks"].get(other)
            done = end(awaited) if awaited is not None else spec["milestones"][other].get("date")
            pairs = [(begin(task), done), (end(task), done)]
            if awaited is not None and not (done and not isinstance(done, dict)):
                pairs.append((begin(task), begin(awaited)))
            pairs = [pair for pair in pairs if None not in pair]
            known = [pair for pair in pairs if not any(isinstance(one, dict) for one in pair)]
            if any(days(one)[1] < days(two)[0] for one, two in known):
                told.append(("fail", "too-early", (id,)))
            elif len(known) < len(pairs):
                told.append(("manual", "unknown", (id,)))
            elif known:
                told.append(("pass", "in-order", (id,)))
    return told


def presence(spec: Spec) -> list[Told]:
    told: list[Told] = []
    elements = spec["elements"]
    for id, one in elements.items():
        words = [member(one, state) for state in one.get("in_state", {})]
        if words and checked(one):
            bad = next((w for w in words if w == "absent"), None) or next((w for w in words if w != "present"), None)
            told.append((*word_outcome(bad, "valued"), (id,)))
    for r in spec["relations"]:
        ends = (r["from"], r["to"])
        if "states" in r:
            words = [member(elements[end], s) for s in STATES for end in ends if r["states"].get(s) == "present"]
            if not words:
                continue
            bad = "absent" if "absent" in words else next((word for word in words if word != "present"), None)
            told.append((*word_outcome(bad, "absent"), ends))
            continue
        if r["verb"] not in NEEDS or r.get("status") == "retired" or not all(checked(elements[end]) for end in ends):
            continue
        needed = r["to"] if NEEDS[r["verb"]] == "target" else r["from"]
        needing = r["from"] if needed == r["to"] else r["to"]
        word = member(elements[needed], TARGET)
        if member(elements[needing], TARGET) != "present" or word == "unsaid":
            continue
        successor = elements[needed].get("successor")
        instead = any(
            o["verb"] == r["verb"] and joined(spec, o, TARGET) == "present"
            and (o["from"], o["to"]) == ((needing, successor) if needed == r["to"] else (successor, needing))
            for o in spec["relations"]
        )  # fmt: skip
        told.append((*word_outcome(None if instead or word == "present" else word, "needed"), ends))
    return told


def word_outcome(bad: str | None, reason: str) -> tuple[str, str]:
    if bad is None:
        return "pass", "there"
    return ("fail", reason) if bad == "absent" else ("manual", f"membership-{bad}")


def successors(spec: Spec) -> list[Told]:
    told: list[Told] = []
    for id, one in spec["elements"].items():
        if "successor" not in one or not checked(one):
            continue
        words = [member(one, state) for state in STATES]
        gone = [s for at, s in enumerate(STATES) if words[at] == "absent" and "present" in words[:at]]
        after = [member(spec["elements"][one["successor"]], state) for state in gone]
        if "absent" in after:
            told.append(("fail", "nobody-there", (id,)))
        elif any(word != "present" for word in after):
            told.append(("manual", "membership-" + next(word for word in after if word != "present"), (id,)))
        elif gone:
            told.append(("pass", "taken-over", (id,)))
    return told


def claims(spec: Spec) -> list[Told]:
    told: list[Told] = []
    for r in spec["relations"]:
        status, ends = r.get("status"), (r["from"], r["to"])
        there = checked(r) if "states" in r else all(checked(spec["elements"][end]) for end in ends)
        if status is None or status == "other" or not there or (status not in NOW and "states" not in r):
            continue
        state = TARGET if status == "retired" else BASELINE
        word, wrong = joined(spec, r, state), "absent" if status in NOW else "present"
        if word == "unsaid":
            continue
        if word == "unknown":
            unknown = [end for end in ends if member(spec["elements"][end], state) == "unknown"]
            told.append(("manual", "membership-unknown" if unknown else "relation-unknown", ends))
        else:
            told.append(("fail", "claimed", ends) if word == wrong else ("pass", "there", ends))
    return told


def adds_up(spec: Spec, exactly: bool) -> list[Told]:
    told: list[Told] = []
    for id, task in spec["tasks"].items():
        cost, total = task.get("cost"), task.get("total")
        if not cost or total is None:
            continue
        amounts = [cost] if isinstance(cost, dict) else [part["amount"] for part in cost]
        known = [one for one in amounts if not isinstance(one, dict)]
        if not isinstance(total, dict):
            surely = len(known) == len(amounts) and exactly and sum(known) != total
            if known and (sum(known) > total or surely):
                told.append(("fail", "differs", (id,)))
                continue
        waiting = len(known) < len(amounts) or isinstance(total, dict)
        told.append(("manual", "unknown", (id,)) if waiting else ("pass", "adds-up", (id,)))
    return told


def not_after(spec: Spec) -> list[Told]:
    """Hold the end of each task's period against the day it is due: a year that ends something is its last day."""
    told: list[Told] = []
    for id, task in spec["tasks"].items():
        period, due = task.get("period", {}), task.get("due")
        until = period if "unknown" in period else period.get("until")
        if until is None or due is None:
            continue
        if isinstance(due, dict) or isinstance(until, dict):
            told.append(("manual", "unknown", (id,)))
        else:
            told.append(("pass", "holds", (id,)) if days(until)[1] <= days(due)[1] else ("fail", "differs", (id,)))
    return told
