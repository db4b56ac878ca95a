"""What was seen after a day goes, with all that leads to it; what nothing was seen later of stays as it is."""

from datetime import date

import pytest

from kientruc.cutting import known_on
from kientruc.loading import load_text
from kientruc.model.architecture import Architecture

DAY = date(2017, 9, 13)
TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: so, edition: cpdt-1.0,
  cut_off: 2017-09-13, source: [bao-2017, bao-2021]}
sources:
  bao-2017: {kind: press, title: Tin năm 2017, date: 2017-09-13}
  bao-2021: {kind: press, title: Tin năm 2021, date: 2021-01-02}
  bao-khong-ngay: {kind: press, title: Tin về sáp nhập, as_of: {value: 2025-01-01, certainty: derived}}
  tai-lieu: {kind: plan, title: Tài liệu không ngày}
organisations:
  so:
    name: Sở
    until: {value: 2025-06-30, source: bao-khong-ngay}
    successor: so-moi
    people: [{name: Nguyễn Văn A, source: bao-2017}, {name: Trần Văn B, source: bao-2021}]
    source: bao-2017
  so-moi: {name: Sở mới, part_of: ubnd-moi}
  ubnd-moi: {name: Ủy ban mới, source: bao-khong-ngay}
  hang: {name: Hãng, as_of: 2021-07-20}
components: {ud: {name: Ứng dụng, order: 1}}
states:
  mt: {role: target, name: Mục tiêu}
  qs: {role: observed, name: Quan sát, from: 2021-12-22}
elements:
  cu: {kind: application, name: Cũ, owner: so, component: ud, states: {mt: present, qs: present},
       source: [bao-2017, bao-2021], operator: {value: hang, source: bao-2021}, reads: [kho],
       depends_on: [moi, {to: nen-tang, source: bao-2021}]}
  moi: {kind: application, name: Mới, component: ud, states: {qs: present}}
  nen-tang: {kind: application, name: Nền tảng, component: ud, states: {mt: present}, source: tai-lieu}
  kho: {kind: data_store, name: Kho, component: ud, states: {mt: present}, owner: {unknown: chưa rõ, ask: so-moi}}
milestones:
  som: {name: Mốc dự kiến, year: 2020, source: tai-lieu}
  muon: {name: Mốc kể lại, year: 2020, source: bao-2021}
assessments:
  ve-moi: {type: weakness, name: Về mới, about: [moi]}
  ve-ca-hai: {type: weakness, name: Về cả hai, about: [moi, cu]}
hearings:
  truoc: {order: 1, name: Họp trước, date: 2017-09-13}
  sau: {order: 2, name: Họp sau, date: 2017-10-01}
path:
  da: {order: 1, name: Đã, actor: so, state: done, since: 2017-09-13, hearing: truoc}
  roi: {order: 2, name: Rồi, actor: so, state: done, since: 2017-10-01, hearing: sau}
"""


@pytest.fixture(scope="module")
def whole() -> Architecture:
    loaded = load_text(TEXT)
    assert loaded.architecture is not None, [str(one) for one in loaded.findings]
    return loaded.architecture


@pytest.fixture(scope="module")
def then(whole: Architecture) -> Architecture:
    return known_on(whole, DAY)


@pytest.mark.parametrize(
    ("section", "left"),
    [
        ("sources", ["bao-2017", "tai-lieu"]),
        ("organisations", ["so"]),
        ("states", ["mt"]),
        ("elements", ["cu", "kho", "nen-tang"]),
        ("milestones", ["som"]),
        ("assessments", ["ve-ca-hai"]),
        ("hearings", ["truoc"]),
        ("path", ["da", "roi"]),
    ],
)
def test_what_was_seen_later_goes(then: Architecture, section: str, left: list[str]) -> None:
    assert [*then.records[section]] == left


def test_what_stays_names_nothing_that_went(then: Architecture) -> None:
    old, body = then.elements["cu"], then.organisations["so"]
    assert (dict(old.states), old.operator, old.source) == ({"mt": "present"}, None, ("bao-2017",))
    assert (body.until, body.successor, [one.name for one in body.people]) == (None, None, ["Nguyễn Văn A"])
    assert then.records["assessments"]["ve-ca-hai"].about == ("cu",)
    assert [(one.source_id, one.target) for one in then.relations] == [("cu", "kho")]
    assert then.head.source == ("bao-2017",)


def test_a_body_answers_what_its_heir_is_asked(whole: Architecture, then: Architecture) -> None:
    assert [one.records["elements"]["kho"].owner.ask for one in (whole, then)] == ["so-moi", "so"]


def test_a_step_taken_later_is_not_begun(then: Architecture) -> None:
    steps = then.records["path"]
    assert [(one.state, one.since, one.hearing) for one in steps.values()] == [
        ("done", DAY, "truoc"),
        ("pending", None, None),
    ]


def test_cutting_again_changes_nothing_and_a_late_day_cuts_nothing(whole: Architecture, then: Architecture) -> None:
    assert known_on(then, DAY) is then
    assert known_on(whole, date(2026, 1, 1)) is whole
