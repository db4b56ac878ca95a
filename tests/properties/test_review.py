"""Laws of waivers and of the roll-up, over many reviews: a waiver excuses what it names, and touches nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from kientruc.frameworks import Edition
from kientruc.frameworks.requirement import Combine
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture
from kientruc.result import CheckResult, Outcome, Status
from kientruc.review import Review
from kientruc.review.waivers import Waiver
from kientruc.validators import edition, run
from kientruc.validators.requirement import rolled_up

ON = date(2018, 9, 1)
IDS = ("a", "b", "lgsp", "c")
REQUIREMENTS = ("C10-AT-01", "C10-AT-03", "C10-KN-01", "C10-TC-01", "C10-XX-99")
TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: so, edition: cpdt-1.0, cut_off: 2018-09-01}
organisations: {so: {name: Sở}}
elements:
  a: {kind: application, name: A, owner: so}
  b: {kind: application, name: B, owner: so, security_level: {unknown: chưa rõ}}
  lgsp: {kind: platform, role: lgsp, name: LGSP, owner: so, security_level: 2}
  dan-cu: {kind: data_store, role: national_database, name: Dân cư, reference: {issuer: Bộ}}
  c: {kind: application, name: C, security_level: 2, reads: [{to: dan-cu, over: [lgsp]}]}
"""


@cache
def architecture() -> Architecture:
    found = load_text(TEXT).architecture
    assert found is not None
    return found


@cache
def known() -> Edition:
    """Give cpdt-1.0 as it would be if it knew waivers."""
    found = edition("cpdt-1.0")
    policy = found.about.policy.model_copy(update={"waivers": True, "max_days": 400})
    return replace(found, about=found.about.model_copy(update={"policy": policy}))


class _Here:
    """Stands for a place in a file."""

    def span(self, *path: str | int) -> None:
        return None


days = st.integers(-500, 500).map(lambda shift: (ON + timedelta(days=shift)).isoformat())
waivers = st.builds(
    lambda id, requirement, subjects, state, asked, first, expires: Waiver.model_validate(
        {
            "\0id": id,
            "\0origin": _Here(),
            "edition": "cpdt-1.0",
            "requirement": requirement,
            "subjects": tuple(subjects),
            "state": state,
            "reason": "x",
            "requested_by": asked,
            "basis": {"number": "1", "date": first},
            "approved_by": {"name": "A", "role": "R", "date": first},
            "expires": expires,
        }
    ),
    st.sampled_from(["w1", "w2", "w3", "w4"]),
    st.sampled_from(REQUIREMENTS),
    st.lists(st.sampled_from((*IDS, "dan-cu", "kt")), min_size=1, max_size=4),
    st.sampled_from(["approved", "approved", "requested", "revoked"]),
    st.sampled_from(["A", "B", "C"]),
    days,
    days,
)
reviews = st.lists(waivers, max_size=5, unique_by=lambda one: one.id).map(lambda found: Review(waivers=tuple(found)))


@cache
def plain() -> CheckResult:
    return run(architecture(), known(), ON)


def key(outcome: Outcome) -> tuple[str, str, str]:
    return (outcome.requirement, outcome.check, outcome.fingerprint)


def statuses(result: CheckResult) -> Mapping[tuple[str, str, str], Status]:
    return {key(one): one.status for requirement in result.requirements for one in requirement.outcomes}


def test_there_is_something_to_waive() -> None:
    assert {status for status in statuses(plain()).values()} >= {Status.FAIL, Status.MANUAL}


@given(reviews)
def test_a_waiver_adds_no_finding_and_takes_none_away(review: Review) -> None:
    before, after = statuses(plain()), statuses(run(architecture(), known(), ON, review))
    assert before.keys() == after.keys()
    assert {one: Status.FAIL if status is Status.WAIVED else status for one, status in after.items()} == before


@given(reviews)
def test_a_waiver_touches_no_other_requirement_and_only_what_it_names(review: Review) -> None:
    result = run(architecture(), known(), ON, review)
    standing = {use.id: use for use in result.waivers if not use.hindrances}
    for requirement in result.requirements:
        for outcome in requirement.outcomes:
            if outcome.status is Status.WAIVED:
                use = standing[outcome.waiver]
                assert use.requirement == requirement.requirement
                assert set(outcome.subjects or ("kt",)) <= set(use.subjects)
                assert use.first is not None
                assert use.first <= ON <= use.expires


@given(reviews)
def test_what_is_told_of_a_run_without_waivers_is_that_run(review: Review) -> None:
    result = run(architecture(), known(), ON, review)
    assert (result.unwaived or result.verdict) is plain().verdict
    counts = Counter(use.requirement for use in result.waivers for _ in range(use.covers))
    failing = {one.requirement: one.counts[Status.FAIL] for one in plain().requirements}
    assert all(use.covers <= failing.get(use.requirement, 0) for use in result.waivers), counts


@given(reviews)
def test_the_order_of_waivers_means_nothing_to_what_is_waived(review: Review) -> None:
    turned = Review(waivers=tuple(reversed(review.waivers)))
    assert statuses(run(architecture(), known(), ON, review)) == statuses(run(architecture(), known(), ON, turned))


counted = st.dictionaries(st.sampled_from(list(Status)), st.integers(0, 3))


@given(counted, counted, st.sampled_from(list(Combine)))
def test_a_roll_up_is_one_of_its_parts_whatever_their_order_and_number(
    one: dict[Status, int], two: dict[Status, int], combine: Combine
) -> None:
    both = Counter(one) + Counter(two)
    rolled = rolled_up(both, combine)
    assert rolled in {status for status, number in both.items() if number} | {Status.NOT_APPLICABLE}
    assert rolled == rolled_up(dict(reversed(both.items())), combine)
    parts = [rolled_up(part, combine) for part in (one, two) if any(part.values())]
    assert rolled == rolled_up(Counter(parts), combine)


@given(counted)
def test_a_failure_decides_all_and_a_pass_decides_any(found: dict[Status, int]) -> None:
    assert rolled_up({**found, Status.FAIL: 1}) is Status.FAIL
    assert rolled_up({**found, Status.PASS: 1}, Combine.ANY) is Status.PASS


@given(counted)
def test_what_waits_or_crashed_never_rolls_up_to_a_pass_where_all_must_hold(found: dict[Status, int]) -> None:
    for open_one in (Status.MANUAL, Status.ERROR):
        assert rolled_up({**found, open_one: 1}) in (Status.FAIL, Status.ERROR, Status.MANUAL)
