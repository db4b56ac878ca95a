"""The gap, and the kinds of check that read states, against a naive implementation on small random architectures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.frameworks.vocabulary import Bilingual
from kientruc.graph import Change, ElementChange, Gap, RelationChange, gap
from kientruc.loading import load_text
from kientruc.messages import text
from kientruc.model.architecture import Architecture
from kientruc.model.record import Unknown
from kientruc.validators import CHECKS, edition
from kientruc.validators.matter import Found, Matter

from . import naive_states as naive
from .naive_states import STATES, Spec

MOST = 8
MANY = 100
KINDS = ("application", "platform", "interface", "data_store", "application", "interface", "application", "platform")
IDS = [f"e{index}" for index in range(MOST)]
TASKS, CONTENTS = ("t0", "t1", "t2"), ("c0", "c1")
UNKNOWN: Spec = {"unknown": "chưa rõ", "ask": "so"}
SOFTWARE = [id for id, kind in zip(IDS, KINDS, strict=True) if kind != "data_store"]
STORES = [id for id in IDS if id not in SOFTWARE]
WHOLES = [id for id, kind in zip(IDS, KINDS, strict=True) if kind in ("application", "platform")]
ENDS = [
    *(("uses", one, other) for one, other in product(SOFTWARE, SOFTWARE) if one != other),
    *(("reads", one, other) for one, other in product(SOFTWARE, STORES)),
    *(("sends", one, other) for one, other in product(IDS, IDS) if one != other),
    *(("part_of", one, other) for one, other in product(SOFTWARE, WHOLES) if one > other),
]
words = st.sampled_from(("present", "present", "absent", "unknown"))
membership = st.dictionaries(st.sampled_from((*STATES, "xem")), words, min_size=1)
own_values = st.fixed_dictionaries(
    {},
    optional={
        "owner": st.sampled_from(("so", "tinh", UNKNOWN)),
        "co_owners": st.sampled_from((["so"], ["so", "tinh"])),
        "security_level": st.sampled_from((2, 3, UNKNOWN)),
        "description": st.sampled_from(("một", "hai")),
    },
)
days_or_years = st.sampled_from((2018, 2019, "2018-06-30", "2019-01-01", "2019-12-31"))
period = st.one_of(
    st.fixed_dictionaries({}, optional={"from": days_or_years, "until": days_or_years}).filter(bool), st.just(UNKNOWN)
)
amount = st.sampled_from((1, 2, 3, UNKNOWN))
costs = st.lists(
    st.builds(lambda amount: {"year": 2018, "fund": "x", "amount": amount}, amount), min_size=1, max_size=3
)


def element(kind: str) -> st.SearchStrategy[Spec]:
    return st.builds(
        lambda own, more, many: {"kind": kind, "name": kind, **own, **more, **({"in_state": many} if many else {})},
        own_values,
        st.fixed_dictionaries(
            {},
            optional={
                "states": membership,
                "treatment": st.sampled_from(("keep", "standardise", "upgrade", "merge", "replace", "add", UNKNOWN)),
                "successor": st.sampled_from(IDS),
                "note": st.just("hết hạn"),
                "reference": st.just({"issuer": "bộ"}),
            },
        ),
        st.dictionaries(st.sampled_from(STATES), own_values, max_size=2),
    )


relation = st.builds(
    lambda ends, more: {"verb": ends[0], "from": ends[1], "to": ends[2], **more},
    st.sampled_from(ENDS),
    st.fixed_dictionaries(
        {},
        optional={
            "states": membership,
            "protocol": st.sampled_from(("HTTPS", "SFTP")),
            "status": st.sampled_from(
                ("existing", "not-connected", "upgrading", "planned", "proposed", "trial", "retired", "other")
            ),
        },
    ),
)


def task(index: int) -> st.SearchStrategy[Spec]:
    """Tasks wait for later ones only: circles are refused when they are loaded."""
    return st.builds(
        lambda more, delivers, covers, waits: {
            "name": "T", **more,
            **{k: v for k, v in (("delivers", delivers), ("covers", covers), ("waits_for", waits)) if v},
        },
        st.fixed_dictionaries(
            {},
            optional={
                "period": period,
                "due": st.sampled_from(("2018-06-30", "2019-06-30", UNKNOWN)),
                "cost": st.one_of(costs, st.just(UNKNOWN)),
                "total": st.sampled_from((3, 5, UNKNOWN)),
                "resources": st.sampled_from((["hai người"], UNKNOWN)),
                "programme": st.sampled_from(("Đề án 06", UNKNOWN)),
                "progress": st.sampled_from(("running", "stopped")),
            },
        ),
        st.lists(st.sampled_from(IDS), max_size=2, unique=True),
        st.lists(st.sampled_from((*CONTENTS, *IDS[:2])), max_size=2, unique=True),
        st.lists(st.sampled_from((*TASKS[index + 1 :], "m0", "m1")), max_size=2, unique=True),
    )  # fmt: skip


content = st.builds(
    lambda about, more: {"name": "C", "about": about, **more},
    st.lists(st.sampled_from(IDS), max_size=2, unique=True),
    st.fixed_dictionaries(
        {},
        optional={
            "open": st.sampled_from([{"why": "w", "who": "so", "by": day} for day in ("2017-01-01", "2018-01-01")])
        },
    ),
)
specs: st.SearchStrategy[Spec] = st.fixed_dictionaries(
    {
        "elements": st.fixed_dictionaries({id: element(kind) for id, kind in zip(IDS, KINDS, strict=True)}),
        "relations": st.lists(relation, max_size=10),
        "tasks": st.fixed_dictionaries({id: task(index) for index, id in enumerate(TASKS)}),
        "contents": st.fixed_dictionaries(dict.fromkeys(CONTENTS, content)),
        "sourcing": st.fixed_dictionaries(
            {
                "s0": st.fixed_dictionaries(
                    {"of": st.sampled_from((*IDS, *TASKS, *CONTENTS)), "form": st.sampled_from(("lease", UNKNOWN))}
                )
            }
        ),
        "milestones": st.fixed_dictionaries(
            dict.fromkeys(
                ("m0", "m1"),
                st.fixed_dictionaries(
                    {"name": st.just("M")}, optional={"date": st.sampled_from(("2018-01-01", "2019-06-30", UNKNOWN))}
                ),
            )
        ),
    }
)
FIELDS = {name: Bilingual(vi=name, en=name) for name in ("cost.amount", "total", "period.until", "due")}
CPDT = edition("cpdt-1.0")
WORDS = replace(CPDT.words, fields={**CPDT.words.fields, **FIELDS})


def loaded(spec: Spec, reverse: bool = False) -> Architecture:
    """Write an architecture as a user would, and load it; `reverse` puts every record last that came first."""
    way = reversed if reverse else iter
    elements = {id: {key: value for key, value in one.items()} for id, one in spec["elements"].items()}
    for one in way(spec["relations"]):
        more = {key: value for key, value in one.items() if key not in ("verb", "from")}
        elements[one["from"]].setdefault(one["verb"], []).append(more)
    whole = {
        "format": "kientruc/1",
        "architecture": {"id": "kt", "name": "KT", "agency": "tinh", "edition": "cpdt-1.0", "cut_off": "2017-09-13"},
        "organisations": {"tinh": {"name": "Tỉnh"}, "so": {"name": "Sở"}},
        "states": {
            "nay": {"role": "baseline", "name": "Nay"},
            "giua": {"role": "transition", "name": "Giữa"},
            "sau": {"role": "target", "name": "Sau"},
            "xem": {"role": "observed", "name": "Xem"},
        },
        "elements": {id: elements[id] for id in way(list(elements))},
        **{
            section: {id: spec[section][id] for id in way(list(spec[section]))}
            for section in ("tasks", "contents", "sourcing", "milestones")
        },
    }
    found = load_text(json.dumps(whole, ensure_ascii=False))
    assert found.architecture is not None, [(one.code, one.values) for one in found.findings]
    return found.architecture


def computed(architecture: Architecture, before: str, after: str) -> Gap:
    found = gap(architecture, before, after)
    assert found is not None
    return found


def plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return UNKNOWN
    return list(value) if isinstance(value, tuple) else value


def elements_after(found: Gap, there: Mapping[str, Any]) -> dict[str, Any]:
    """Apply a gap to the elements of the earlier state."""
    after = {id: dict(fields) for id, fields in there.items()}
    for id, one in found.elements.items():
        if one.change is Change.REMOVED:
            del after[id]
        elif one.change is not Change.UNKNOWN:
            changed = {field.field: plain(field.after) for field in one.fields}
            after[id] = {k: v for k, v in (after.get(id, {}) | changed).items() if v is not None}
    return after


def fact(one: Any) -> tuple[str, str, str, str]:
    return (one.source_id, one.verb.value, one.target, one.protocol or "")


def relations_after(found: Gap, there: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    after = list(there)
    for one in found.relations:
        if one.change in (Change.REMOVED, Change.CHANGED) and one.before is not None:
            after.remove(fact(one.before))
        if one.change in (Change.ADDED, Change.CHANGED) and one.after is not None:
            after.append(fact(one.after))
    return sorted(after)


def known(there: Mapping[str, Any], found: Gap) -> dict[str, Any]:
    """Leave out what is not known to be in the other state."""
    return {id: fields for id, fields in there.items() if found.change(id) is not Change.UNKNOWN}


@given(specs, st.sampled_from(STATES), st.sampled_from(STATES))
@settings(max_examples=MANY)
def test_the_gap_is_what_a_naive_comparison_finds_and_applied_to_one_state_gives_the_other(
    spec: Spec, before: str, after: str
) -> None:
    architecture = loaded(spec)
    found = computed(architecture, before, after)
    wanted = {id: naive.element_change(spec, id, before, after) for id in IDS}
    assert {id: (one.change.value, one.differs) for id, one in found.elements.items()} == {
        id: one for id, one in wanted.items() if one[0] is not None
    }
    assert sorted((one.change.value, str(one.differs), fact(one.relation)) for one in found.relations) == sorted(
        (change, str(sure), naive.facts(one)) for change, sure, one in naive.relation_changes(spec, before, after)
    )
    then, now = (known(naive.things(spec, state), found) for state in (before, after))
    assert elements_after(found, then) == now
    if not any(one.change is Change.UNKNOWN for one in found.relations):
        assert relations_after(found, naive.links(spec, before)) == naive.links(spec, after)
    same = computed(architecture, before, before)
    assert {found.change for found in (*same.elements.values(), *same.relations)} <= {Change.KEPT, Change.UNKNOWN}
    assert told(found, mirrored=True) == told(computed(architecture, after, before))


SWAPPED = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


def told(found: Gap, mirrored: bool = False) -> list[Any]:
    """Give all that a gap says, or what the one the other way round must say."""

    def way(before: Any, after: Any) -> tuple[Any, Any]:
        return (after, before) if mirrored else (before, after)

    def fields(one: ElementChange | RelationChange) -> list[Any]:
        return [(field.field, *way(field.before, field.after)) for field in one.fields]

    def change(one: ElementChange | RelationChange) -> Change:
        return SWAPPED.get(one.change, one.change) if mirrored else one.change

    elements = [(id, change(one), fields(one)) for id, one in found.elements.items()]
    return [*elements, *((change(one), *way(one.before, one.after), fields(one)) for one in found.relations)]


@given(specs)
@settings(max_examples=MANY // 4)
def test_the_order_of_records_means_nothing(spec: Spec) -> None:
    one, other = loaded(spec), loaded(spec, reverse=True)
    assert told(computed(one, "nay", "sau")) == told(computed(other, "nay", "sau"))
    for check in ({"kind": "delta"}, {"kind": "treatments"}, {"kind": "timeline", "what": "presence"}):
        assert short(outcomes(check, one)) == short(outcomes(check, other))


def outcomes(check: Mapping[str, Any], architecture: Architecture) -> list[Found]:
    (made,) = CHECKS.validate_python(({"id": "a", **check},), context=WORDS)
    return list(made.outcomes(Matter(architecture, CPDT, architecture.cut_off)))


def short(found: list[Found]) -> list[naive.Told]:
    """Give what is compared; each pass has a witness, each failure a place, and each has words in both languages."""
    for one in found:
        assert one.witness or one.status != "pass"
        assert one.status != "fail" or (one.span is not None and {"name", "name_en"} <= one.values.keys())
        if one.status != "fail":  # the words of a failure are the requirement's
            values = {"ask": "", "by": "", **one.values}
            assert all("{" not in text(f"reason.{one.reason}", lang, **values) for lang in ("vi", "en"))
    return sorted((one.status.value, one.reason, one.subjects) for one in found)


@given(specs)
@settings(max_examples=MANY)
def test_each_kind_finds_what_the_naive_one_finds_and_nothing_else(spec: Spec) -> None:
    architecture, tasks = loaded(spec), {"section": "tasks"}
    assert short(outcomes({"kind": "delta"}, architecture)) == sorted(naive.delta(spec))
    for what in ("waits", "presence", "successors", "claims"):
        found = outcomes({"kind": "timeline", "what": what}, architecture)
        assert short(found) == sorted(getattr(naive, what)(spec)), what
    for bound in ("equals", "at_most"):
        found = outcomes({"kind": "aggregate", "select": tasks, "sum": "cost.amount", bound: "total"}, architecture)
        assert short(found) == sorted(naive.adds_up(spec, bound == "equals"))
    check = {"kind": "compare_props", "select": tasks, "left": "period.until", "op": "le", "right": "due"}
    assert short(outcomes(check, architecture)) == sorted(naive.not_after(spec))
    _judge_treatments(outcomes({"kind": "treatments"}, architecture), naive.treatments(spec))


def _judge_treatments(found: list[Found], wanted: Mapping[str, set[tuple[str, str]]]) -> None:
    """Of several contradictions one is told, of several open questions one; a contradiction always comes first."""
    assert len(short(found)) == len(wanted)
    assert [one.subjects for one in found] == [(id,) for id in sorted(wanted)]
    for one in found:
        problems = wanted[one.subjects[0]]
        status = next((word for word in ("fail", "manual") if any(problem[0] == word for problem in problems)), "pass")
        assert one.status.value == status, (one, problems)
        if status == "fail" or (status == "manual" and ("manual", "?") not in problems):
            assert (one.status.value, one.reason) in problems
