"""What a kind of check costs: twice the architecture is about twice the steps, on shapes that are made to be bad."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.validators import CHECKS, check
from kientruc.validators.check import Check
from kientruc.validators.matter import Matter

from .kinds import words_of

APPS, LGSP = {"kind": "application"}, {"role": "lgsp"}
FLOW = {"via": "data_flow", "to": APPS}
SAYS = {"vi": "mật khẩu", "en": "a password"}
CHECKED: dict[str, dict[str, Any]] = {
    "acyclic": {"select": APPS, "via": "data_flow"},
    "chain": {"select": APPS, "path": [FLOW, FLOW, {"via": "data_flow", "to": LGSP}]},
    "compare_along": {"select": APPS, "prop": "security_level"},
    "count": {"select": APPS, "min": 1, "group_by": "owner"},
    "coverage": {"obligation": ["expected"]},
    "evidence": {"select": APPS, "must": {"prop": "type", "eq": "agreement"}},
    "exchange_props": {"exchanges": {"from": APPS, "with": APPS}, "must": {"prop": "protocol", "is": "set"}},
    "forbid_relation": {"from": APPS, "to": APPS, "via": "data_flow", "unless_same": "owner"},
    "mapped": {"select": APPS},
    "no_text": {"patterns": [{"id": "a", "pattern": "mat khau", "says": SAYS}]},
    "passes_through": {"from": APPS, "to": APPS, "via": "data_flow", "through": LGSP, "partition": "owner"},
    "reach": {"select": APPS, "via": "data_flow", "to": LGSP},
    "require_relation": {"select": APPS, "via": "data_flow", "max": 3},
    "route": {"exchanges": {"from": APPS, "with": APPS}, "through": "lgsp"},
    "unique": {"select": APPS, "by": "owner"},
}


def star(number: int) -> str:
    """Everything sends to one hub, and the hub to everything, at last to the platform."""
    ends = ", ".join([*(f"a{at:04}" for at in range(number)), "zz"])
    return _text(number, lambda at: "sends: [hub]", f"  hub: {{kind: application, name: Hub, sends: [{ends}]}}\n")


def line(number: int) -> str:
    """Each sends to the next, the last to the platform."""
    return _text(number, lambda at: f"sends: [{f'a{at + 1:04}' if at + 1 < number else 'zz'}]", "")


def rings(number: int) -> str:
    """Each sends to the next two, and the last to the first."""
    return _text(number, lambda at: f"sends: [a{(at + 1) % number:04}, a{(at + 2) % number:04}]", "")


def _text(number: int, verbs: Callable[[int], str], more: str) -> str:
    lines = (
        f"  a{at:04}: {{kind: application, name: A{at % 7}, owner: {('so-tttt', 'ubnd-tinh')[at % 2]}, {verbs(at)}}}\n"
        for at in range(number)
    )
    about = ", ".join(f"a{at:04}" for at in range(number))
    papers = f"evidence:\n  p: {{name: P, type: agreement, about: [{about}]}}\n"
    platform = "  zz: {kind: platform, role: lgsp, name: LGSP}\n"
    return f"elements:\n{''.join(lines)}{more}{platform}{papers}"


def steps(made: Check, architecture: Architecture, *, silent: bool = False) -> int:
    """Count the instructions of the interpreter while a check gives its outcomes."""
    matter = Matter(architecture, words_of("cpdt-1.0"), architecture.cut_off)
    counted = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counted += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        outcomes = list(made.outcomes(matter))
    finally:
        sys.settrace(before)
    assert outcomes or silent or made.kind == "compare_along"  # type: ignore[attr-defined]
    return counted


def test_states_without_number_do_not_multiply_the_work() -> None:
    """Each element has a state of its own: what would be looked at in each state is then looked at once."""

    def scattered(number: int) -> str:
        names = [f"s{at:04}" for at in range(number)]
        states = "".join(f"  {name}: {{role: transition, name: S}}\n" for name in names)
        lines = (
            f"  a{at:04}: {{kind: application, name: A, states: [{name}], sends: [a{(at + 1) % number:04}]}}\n"
            for at, name in enumerate(names)
        )
        return f"states:\n{states}elements:\n{''.join(lines)}"

    cpdt = words_of("cpdt-1.0")
    made = CHECKS.validate_python(
        tuple({"id": "a", "kind": kind, **CHECKED[kind]} for kind in ("reach", "passes_through", "chain")),
        context=cpdt.words,
    )
    for one in made:
        counted = []
        for number in (5, 60, 120, 240):
            loaded = load_text(cpdt.example(scattered(number)))
            assert loaded.architecture is not None, loaded.findings
            counted.append(steps(one, loaded.architecture, silent=True))
        grown = counted[2] - counted[1], counted[3] - counted[2]
        assert grown[1] <= 2.3 * grown[0], counted


@pytest.mark.parametrize("shape", [star, line, rings])
@pytest.mark.parametrize("kind", sorted(CHECKED))
def test_twice_the_architecture_is_twice_the_steps(
    kind: str, shape: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "KEPT", 3)  # whoever shows a way walks it: that is bounded by how many are kept
    cpdt = words_of("cpdt-1.0")
    (made,) = CHECKS.validate_python(({"id": "a", "kind": kind, **CHECKED[kind]},), context=cpdt.words)
    counted = []
    for number in (5, 30, 60, 120):
        loaded = load_text(cpdt.example(shape(number)))
        assert loaded.architecture is not None, loaded.findings
        counted.append(steps(made, loaded.architecture))
    _, small, middle, large = counted  # the first of all pays for what is imported and read only once
    grown = middle - small, large - middle  # what is the same for every size falls out
    assert grown[1] <= 2.3 * grown[0], counted


def test_what_many_wholes_share_is_looked_through_once() -> None:
    """Every whole has one silent part in common, and that has all the parts that speak."""

    def shared(number: int) -> str:
        wholes = ", ".join(f"a{at:04}" for at in range(number))
        said = "kind: application, name: A, security_level"
        lines = [f"  a{at:04}: {{{said}: 3}}\n  p{at:04}: {{{said}: 2, part_of: m}}\n" for at in range(number)]
        return f"elements:\n{''.join(lines)}  m: {{kind: application, name: M, part_of: [{wholes}]}}\n"

    cpdt = words_of("cpdt-1.0")
    check = {"id": "a", "kind": "compare_along", "select": APPS, "prop": "security_level"}
    (made,) = CHECKS.validate_python((check,), context=cpdt.words)
    counted = []
    for number in (5, 30, 60, 120):
        loaded = load_text(cpdt.example(shared(number)))
        assert loaded.architecture is not None, loaded.findings
        counted.append(steps(made, loaded.architecture))
    grown = counted[2] - counted[1], counted[3] - counted[2]
    assert grown[1] <= 2.3 * grown[0], counted
