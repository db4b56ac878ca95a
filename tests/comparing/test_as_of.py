"""An architecture as of the day of a hearing: nothing of what came of it, and everything that came before."""

from __future__ import annotations

from datetime import date

from kientruc.comparing import compare
from kientruc.comparing.as_of import as_of
from tests.comparing.versions import architecture

BASE = """\
organisations: {tinh: {name: Tỉnh}, so: {name: Sở}, ban: {name: Ban}}
elements: {a: {kind: node, name: Máy}}
"""
OLD = f"""\
{BASE}path:
  hop: {{order: 1, name: Họp, actor: so, state: pending, by: 2017-09-20}}
"""
NEW = f"""\
{BASE.replace("Máy", "Máy mới")}versions:
  b2: {{number: "0.2", date: 2017-09-13}}
  b3: {{number: "0.3", date: 2017-09-30}}
path:
  hop: {{order: 1, name: Họp, actor: so, state: done, since: 2017-09-20, hearing: h}}
  lam: {{order: 2, name: Làm, actor: so, state: running, since: 2017-09-19}}
  sau: {{order: 3, name: Sau, actor: so, state: running, since: 2017-09-21}}
hearings:
  truoc: {{name: Họp trước, order: 1, date: 2017-09-19, conclusions: {{k0: {{text: Cũ., state: done, answer: Rồi.}}}}}}
  h:
    name: Họp thông qua
    order: 2
    date: 2017-09-20
    version: b2
    notice: 9/TB
    attendance: [so, ban]
    outcome: Thống nhất.
    conclusions: {{k1: {{text: Sửa máy., state: open}}}}
rounds:
  r:
    name: Đợt
    opened: 2017-09-10
    answers: {{so: {{position: agrees, date: 2017-09-19}}, ban: {{position: agrees, date: 2017-09-20}}}}
  r2: {{name: Đợt sau, opened: 2017-09-22}}
comments:
  som: {{round: r, from: so, text: Sớm., verdict: accepted, changed: [a]}}
  muon: {{round: r, from: ban, text: Muộn.}}
  rieng: {{round: r, from: ban, date: 2017-09-15, text: Gửi riêng trước.}}
  dot-sau: {{round: r2, from: so, text: Sau.}}
conditions:
  dk: {{round: r, from: so, text: Đủ người., met_on: 2017-09-21, met_by: [a]}}
decisions:
  qd-1: {{name: Trước, date: 2017-09-19}}
  qd-2: {{name: Sau, date: 2017-09-20}}
"""
DAY = date(2017, 9, 20)


def test_nothing_of_that_day_or_later_is_told_and_all_from_before_is() -> None:
    old, new = architecture(OLD), architecture(NEW, ', version: "0.2"')
    then = as_of(new, old, DAY)
    hearing = then.records["hearings"]["h"]
    assert (hearing.name, hearing.date, hearing.version) == ("Họp thông qua", DAY, "b2")
    assert (hearing.outcome, hearing.notice, hearing.conclusions, hearing.attendance) == (None, None, {}, ())
    assert then.records["hearings"]["truoc"] == new.records["hearings"]["truoc"]
    assert {key: list(then.records[key]) for key in ("versions", "path", "rounds", "comments", "decisions")} == {
        "versions": ["b2"],
        "path": ["hop", "lam"],
        "rounds": ["r"],
        "comments": ["rieng", "som"],
        "decisions": ["qd-1"],
    }
    assert list(then.records["rounds"]["r"].answers) == ["so"]
    assert (then.records["conditions"]["dk"].met_on, then.records["conditions"]["dk"].met_by) == (None, ())


def test_a_step_done_on_that_day_stands_as_it_stood_and_content_keeps_its_causes() -> None:
    old, new = architecture(OLD), architecture(NEW, ', version: "0.2"')
    found = compare(old, as_of(new, old, DAY))
    assert "hop" not in [one.id for one in found.records]
    (name,) = (field for one in found.records if one.id == "a" for field in one.fields)
    assert ([one.id for one in name.causes], name.after) == (["som"], "Máy mới")


def test_a_later_day_leaves_all_as_it_is() -> None:
    old, new = architecture(OLD), architecture(NEW, ', version: "0.2"')
    then = as_of(new, old, date(2018, 1, 1))
    assert {key: dict(some) for key, some in then.records.items()} == {k: dict(v) for k, v in new.records.items()}
