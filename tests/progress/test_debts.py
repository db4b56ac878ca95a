"""Who owes what by when: every sort once, by body and then by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kientruc.frameworks.holidays import calendar
from kientruc.model.architecture import Architecture
from kientruc.progress.debts import debts
from kientruc.progress.owed import Owed
from kientruc.progress.where import where
from kientruc.review.waivers import Waiver
from kientruc.review.waivers import read as read_waivers
from kientruc.validators.run import edition
from tests.progress.conftest import Make

ON = date(2026, 9, 30)


def owed(
    architecture: Architecture, on: date = ON, waivers: tuple[Waiver, ...] = (), law: bool = False
) -> tuple[Owed, ...]:
    register = edition("qgs-1425").law.documents if law else None
    return debts(architecture, where(architecture, on, calendar()), calendar(), waivers, register)


def told(found: tuple[Owed, ...], *kinds: str) -> list[tuple[str, str, str, str, bool]]:
    return [
        (one.owner, str(one.by), one.why.value, one.id, one.late)
        for one in found
        if not kinds or one.kind.value in kinds
    ]


def test_debts_are_sorted_by_body_then_day_and_nobody_comes_last(make: Make) -> None:
    assert told(owed(make())) == [
        ("so", "2026-08-01", "not-answered", "k1", True),
        ("so", "2026-09-01", "no-verdict", "y1", True),
        ("so", "2026-09-15", "step-late", "lay-y-kien", True),
        ("", "2026-10-10", "not-met", "d1", False),
    ]


def test_a_conclusion_that_a_step_answers_is_owed_until_the_step_is_done(make: Make) -> None:
    found = owed(make(("text: Khảo sát,", "text: Khảo sát, answered_by: [soan, ky],")))
    assert [(one.why.value, one.values["steps"]) for one in found if one.id == "k1"] == [("on-the-path", "ky")]


def test_unknown_values_are_owed_by_who_is_asked(make: Make) -> None:
    architecture = make(
        more="""\
        elements:
          lgsp: {kind: platform, name: LGSP, owner: {unknown: chưa giao, ask: thue, by: 2026-09-29}}
          kho: {kind: data_store, name: Kho, owner: {unknown: chưa giao}}
        """
    )
    assert told(owed(architecture), "unknown") == [
        ("thue", "2026-09-29", "unknown", "lgsp", True),
        ("", "None", "unknown", "kho", False),
    ]


@pytest.mark.parametrize(
    ("said", "late"),
    [
        ("due: 2026-09-29", True),
        ("due: 2026-09-30", False),
        ("due: 2026-09-29, progress: verified", False),
        ("due: 2026-12-31, progress: late", True),
        ("due: {unknown: chưa rõ}", False),
    ],
)
def test_a_task_is_late_after_its_day_or_where_it_says_so(make: Make, said: str, late: bool) -> None:
    found = owed(make(more=f"tasks: {{nv: {{name: Dựng kho, lead: y-te, {said}}}}}"))
    assert bool(told(found, "task")) == late


def test_evidence_out_of_date_and_a_basis_no_longer_in_force(make: Make) -> None:
    architecture = make(
        ("authors: [so]", "authors: [so], basis: [khung-cu, khung]"),
        more="""\
        legal:
          khung-cu: {number: 3090/QĐ-BKHCN, title: Khung, date: 2025-10-08}
          khung: {number: 1425/QĐ-TTg, title: Khung, date: 2026-07-29}
        evidence:
          cap-do: {name: Phê duyệt cấp độ, until: 2026-09-29}
          con-han: {name: Biên bản, until: 2026-09-30}
        """,
    )
    found = owed(architecture, law=True)
    assert told(found, "evidence") == [("", "2026-09-29", "evidence-expired", "cap-do", True)]
    assert [(one.id, str(one.by), one.values["successor"]) for one in found if one.kind.value == "legal"] == [
        ("khung-cu", "2026-07-28", "1425/QĐ-TTg")
    ]


WAIVERS = """\
format: kientruc-waivers/1
waivers:
  het: {edition: qgs-1425, requirement: A, subjects: [x], state: approved, reason: Vì, requested_by: Sở,
        basis: {number: 1/BB, date: 2026-01-01}, approved_by: {name: A, role: B, date: 2026-01-01}, expires: 2026-09-29}
  sap: {edition: qgs-1425, requirement: B, subjects: [x], state: approved, reason: Vì, requested_by: Sở,
        basis: {number: 1/BB, date: 2026-01-01}, approved_by: {name: A, role: B, date: 2026-01-01}, expires: 2026-10-30}
  con: {edition: qgs-1425, requirement: C, subjects: [x], state: approved, reason: Vì, requested_by: Sở,
        basis: {number: 1/BB, date: 2026-01-01}, approved_by: {name: A, role: B, date: 2026-01-01}, expires: 2026-10-31}
  xin: {edition: qgs-1425, requirement: D, subjects: [x], state: requested, reason: Vì, requested_by: Sở,
        expires: 2026-09-29}
"""


def test_waivers_that_ended_or_end_within_thirty_days(make: Make, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(WAIVERS, encoding="utf-8")
    _, waivers, wrong = read_waivers(tmp_path / "w.yaml")
    assert wrong == ()
    assert told(owed(make(), waivers=waivers), "waiver") == [
        ("Sở", "2026-09-29", "waiver-expired", "het", True),
        ("Sở", "2026-10-30", "waiver-expiring", "sap", False),
    ]
