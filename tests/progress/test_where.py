"""Where the path stands on a day: the current step, and exactly what stands before the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from kientruc.frameworks.holidays import calendar
from kientruc.model.architecture import Architecture
from kientruc.progress.owed import Owed
from kientruc.progress.where import Where, where
from tests.progress.conftest import Make

ON = date(2026, 9, 30)


def at(architecture: Architecture, on: date = ON, failing: Sequence[str] = ()) -> Where:
    return where(architecture, on, calendar(), failing)


def told(owed: Sequence[Owed]) -> list[tuple[str, str, str, bool]]:
    return [(one.why.value, one.id, one.owner, one.late) for one in owed]


def test_the_current_step_is_the_first_that_is_not_done_and_all_that_is_open_is_told(make: Make) -> None:
    found = at(make())
    assert (found.current and found.current.id, found.next and found.next.id) == ("lay-y-kien", "ky")
    assert [(one.step.id, one.state, one.late) for one in found.steps] == [
        ("soan", "done", False),
        ("lay-y-kien", "running", True),
        ("ky", "pending", False),
    ]
    assert told(found.blockers) == [
        ("not-answered", "k1", "so", True),
        ("no-verdict", "y1", "so", True),
        ("not-met", "d1", "", False),
    ]
    assert found.blocked


def test_a_body_that_said_nothing_blocks_until_the_round_is_over_and_then_agrees(make: Make) -> None:
    last, after = date(2026, 8, 17), date(2026, 8, 18)  # ten working days from 4 August
    assert ("no-answer", "dot-1", "thue", False) in told(at(make(), last).blockers)
    assert [(one.owner, one.by) for one in at(make(), after).silent] == [("thue", last)]
    assert "no-answer" not in {one.why.value for one in at(make(), after).blockers}


def test_a_body_that_only_commented_has_answered(make: Make) -> None:
    assert [one.owner for one in at(make(), date(2026, 8, 9)).blockers if one.kind.value == "answer"] == [
        "y-te",
        "thue",
    ]
    assert [one.owner for one in at(make(), date(2026, 8, 10)).blockers if one.kind.value == "answer"] == ["thue"]


def test_an_answer_given_later_is_not_there_yet(make: Make) -> None:
    answered = make(("bodies: [y-te, thue]", "bodies: [thue], answers: {thue: {position: agrees, date: 2026-08-12}}"))
    found = [told(at(answered, date(2026, 8, day)).blockers) for day in (11, 12)]
    assert [("no-answer", "dot-1", "thue", False) in one for one in found] == [True, False]


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("", "no-verdict"),
        ("verdict: accepted", "no-change"),
        ("verdict: accepted, changed: [so]", None),
        ("verdict: partly, changed: [so]", "no-response"),
        ("verdict: explained", "no-response"),
        ("verdict: explained, response: Vì đã có", None),
        ("verdict: noted", None),
        ("verdict: noted, needs_leader: true", "needs-leader"),
    ],
)
def test_a_comment_is_open_until_its_verdict_is_whole(make: Make, verdict: str, why: str | None) -> None:
    architecture = make(("text: Thêm kho dữ liệu,", f"text: Thêm kho dữ liệu, {verdict}".rstrip(", ") + ","))
    found = [one.why.value for one in at(architecture).blockers if one.kind.value == "comment"]
    assert found == ([why] if why else [])


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("answered_by: [so]", None),
        ("answer: Đã khảo sát", None),
        ("answer: Đã khảo sát, state: done", None),
        ("answer: Mới một phần, state: partly", "not-done"),
        ("state: done", "not-answered"),
        ("answer: Đã khảo sát, state: {unknown: chưa rõ}", "not-done"),
        ("answered_by: [soan]", None),  # a step that is done
        ("answered_by: [ky]", None),  # a step to come: the path itself waits for it
    ],
)
def test_a_conclusion_is_open_until_something_answers_it(make: Make, said: str, why: str | None) -> None:
    architecture = make(("text: Khảo sát,", f"text: Khảo sát, {said},"))
    found = [one.why.value for one in at(architecture).blockers if one.kind.value == "conclusion"]
    assert found == ([why] if why else [])


def test_a_condition_rolls_on_into_later_rounds_until_it_is_met(make: Make) -> None:
    second = "  dot-2: {name: Đợt hai, opened: 2026-09-20, working_days: 5, bodies: [y-te]}\ncomments:"
    conditions = [one for one in at(make(("comments:", second))).blockers if one.kind.value == "condition"]
    assert [(one.id, one.values["round"], one.values["also"]) for one in conditions] == [("d1", "dot-1", "dot-2")]
    met = make(("by: 2026-10-10", "met_on: 2026-09-25, met_by: [so]"))
    days = (date(2026, 9, 24), date(2026, 9, 25))
    assert [any(one.id == "d1" for one in at(met, day).blockers) for day in days] == [True, False]


def test_what_belongs_to_a_later_step_does_not_block_yet(make: Make) -> None:
    later = "  dot-2: {name: Đợt hai, opened: 2026-09-29, working_days: 9, bodies: [thue]}\ncomments:"
    untied = at(make(("comments:", later)))
    tied = at(make(("comments:", later), ("order: 3, actor: tinh", "order: 3, round: dot-2, actor: tinh")))
    assert ("no-answer", "dot-2", "thue", False) in told(untied.blockers)
    assert all(one.id != "dot-2" for one in tied.blockers)


def test_a_missing_paper_blocks_at_its_step_and_a_refused_step_by_itself(make: Make) -> None:
    architecture = make(
        ("state: running, since: 2026-08-03", "state: done, since: 2026-09-10"),
        ("order: 3, actor: tinh, state: pending", "order: 3, actor: tinh, state: refused, by: 2026-09-20"),
    )
    found = at(architecture)
    assert found.current is not None and found.current.id == "ky" and found.next is None
    assert [one for one in told(found.blockers) if one[1] == "ky"] == [
        ("refused", "ky", "tinh", True),
        ("paper-missing", "ky", "tinh", True),
    ]


def test_a_state_with_a_later_day_was_not_there_yet(make: Make) -> None:
    found = at(make(), date(2026, 6, 30))
    assert [one.state for one in found.steps] == ["pending", "pending", "pending"]
    assert found.current is not None and found.current.id == "soan"
    assert found.blockers == ()


def test_binding_requirements_that_fail_block(make: Make) -> None:
    assert told(at(make(), failing=("Q1425-UD-03",)).blockers)[-1] == ("must-fails", "Q1425-UD-03", "", False)


def test_a_round_whose_end_nobody_can_count_blocks_and_is_told(make: Make) -> None:
    found = at(make(("opened: 2026-08-03, working_days: 10", "opened: 2026-08-03, working_days: 150")))
    assert found.uncounted == ({"id": "dot-1", "until": "", "year": "2027", "known": "2017, 2018, 2025, 2026"},)
    assert [(one.owner, one.by) for one in found.blockers if one.kind.value == "answer"] == [("thue", None)]


def test_once_all_is_done_nothing_blocks(make: Make) -> None:
    found = at(make(("state: running", "state: done"), ("state: pending, stage", "state: done, stage")))
    assert (found.current, found.next, found.blockers) == (None, None, ())
