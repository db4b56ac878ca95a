"""The sample province: complete, plainly fictional, flawed only as it declares, and each change of it has a cause."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from kientruc.api import check, load
from kientruc.api.checking import model_sha256
from kientruc.comparing import Nature, RecordChange, RelationChange, compare
from kientruc.model.approval import Comment, Hearing, Round
from kientruc.model.architecture import Architecture
from kientruc.model.organisation import Person
from kientruc.model.planning import Assessment, Sourcing, Task
from kientruc.progress.chains import broken_chains
from kientruc.result import Status

SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "tinh-mau"
FOLDERS = (SAMPLE / "du-thao" / "lan-1", SAMPLE / "du-thao" / "lan-2", SAMPLE)  # versions 0.1, 0.2, 0.3
FLAWS = {
    "Q1425-AT-01": {"ql-nha-o"},
    "Q1425-CT-06": {"csdl-du-lich"},
    "Q1425-DC-01": {"thu-dien-tu-tinh"},
    "Q1425-DL-01": {"don-vi-hanh-chinh"},
    "Q1425-KN-06": {"ql-pccc", "lgsp"},
}
ASKED = {"Q1425-CT-04", "Q1425-CT-05", "Q1425-PL-03"}
AT_LEAST = {"elements": 400, "tasks": 40, "hearings": 3, "rounds": 2, "comments": 60, "sourcing": 15}
WITHOUT_CAUSE = (
    {"bay-ma-doc", "dvc-buc-xa", "so-tay-dien-tu", "tthc-tinh", "qc-du-lieu-mau"},
    {"camera-at", "ki-ot", "may-quet", "nv-kenh", "ung-dung-du-lich-so", "ql-sang-kien"},
)
OWN_CAUSES = {
    ("nv-chuyen-ung-dung", "covers[csdl-ho-ngheo]"): ["g2-25"],
    ("nv-chuyen-ung-dung", "covers[smas-cu]"): ["g2-22"],
    ("nv-chuyen-ung-dung", "covers[xa-so-tay]"): ["g2-32"],
    ("nv-nen-tang-qg", "covers[csdl-ho-khau-cu]"): ["g2-26"],
    ("nv-nen-tang-qg", "covers[tmdt-tinh]"): ["kl2-2"],
    ("tthc-tinh", "sends[kho-dl-dung-chung]"): ["g2-02"],
}
RENAMED = ("kho-du-lieu-tinh", "kho-dl-dung-chung")


@pytest.fixture(scope="module")
def versions() -> list[Architecture]:
    read = [load(folder / "architecture.yaml") for folder in FOLDERS]
    assert [one.findings for one in read] == [(), (), ()]
    return [one.architecture for one in read if one.architecture is not None]


@pytest.fixture(scope="module")
def sample(versions: list[Architecture]) -> Architecture:
    return versions[2]


def comments(architecture: Architecture) -> list[Comment]:
    return [one for one in architecture.records["comments"].values() if isinstance(one, Comment)]


def hearings(architecture: Architecture) -> list[Hearing]:
    return [one for one in architecture.records["hearings"].values() if isinstance(one, Hearing)]


def ids(architecture: Architecture) -> set[str]:
    return {id for section in architecture.records.values() for id in section}


def test_there_is_as_much_as_was_asked_for(sample: Architecture) -> None:
    assert {section: len(sample.records[section]) >= least for section, least in AT_LEAST.items()} == dict.fromkeys(
        AT_LEAST, True
    )
    rounds = [one for one in sample.records["rounds"].values() if isinstance(one, Round)]
    assert [(len(one.bodies), set(one.answers) == set(one.bodies)) for one in rounds] == [(12, True), (12, True)]


def test_it_is_plainly_a_sample(sample: Architecture) -> None:
    assert {source.model_dump()["kind"] for source in sample.records["sources"].values()} == {"sample"}
    assert "hư cấu" in sample.head.name
    files = [file for folder in FOLDERS for file in (folder / "kien-truc").glob("*.yaml")]
    assert [file for file in files if not file.read_text(encoding="utf-8").startswith("# MẪU")] == []
    rounds = [one for one in sample.records["rounds"].values() if isinstance(one, Round)]
    letters = [one.letter for one in comments(sample)] + [one.letter for one in rounds]
    assert [letter for letter in letters if not (letter or "").endswith("-MẪU")] == []
    people = [person for hearing in hearings(sample) for person in (hearing.chair, hearing.secretary)]
    assert [one for one in people if not isinstance(one, Person) or "(hư cấu)" not in one.name] == []


def test_its_flaws_are_those_it_declares(sample: Architecture) -> None:
    result = check(load(SAMPLE / "architecture.yaml")).result
    failed = {
        one.requirement: {id for outcome in one.outcomes if outcome.status is Status.FAIL for id in outcome.subjects}
        for one in result.requirements
        if one.status is Status.FAIL
    }
    assert failed == FLAWS
    left = {one.requirement for one in result.requirements if one.status in (Status.MANUAL, Status.ERROR)}
    assert left == ASKED
    for readme in ("README.md", "README.en.md"):
        text = (SAMPLE / readme).read_text(encoding="utf-8")
        assert set(re.findall(r"Q1425-[A-Z]+-\d+", text)) == set(FLAWS) | ASKED
        assert set(re.findall(r"`([a-z0-9-]+)`", text)) >= {*(set().union(*FLAWS.values()) - {"lgsp"})}


def test_under_the_draft_guide_only_the_missing_owner_fails() -> None:
    result = check(load(SAMPLE / "architecture.yaml"), "huong-dan-2026").result
    assert [one.requirement for one in result.requirements if one.status is Status.FAIL] == ["HD26-KT-06"]


def test_money_adds_up(sample: Architecture) -> None:
    for task in sample.records["tasks"].values():
        assert isinstance(task, Task) and isinstance(task.cost, tuple)
        assert sum(part.amount for part in task.cost if isinstance(part.amount, int)) == task.total, task.id
    for one in sample.records["sourcing"].values():
        assert isinstance(one, Sourcing)
        shares = [part.amount for part in one.shares if isinstance(part.amount, int)]
        assert not shares or sum(shares) == one.amount, one.id


def test_every_weakness_leads_to_a_direction_that_is_worked_on(sample: Architecture) -> None:
    told = [one for one in sample.records["assessments"].values() if isinstance(one, Assessment)]
    led = {goal for one in told for goal in one.leads_to}
    assert [one.id for one in told if one.type != "strength" and not one.leads_to] == []
    relations = [(relation.verb.value, relation.source_id, relation.target) for relation in sample.relations]
    handled = {target for verb, _, target in relations if verb in ("delivers", "covers")}
    realised = {target for verb, source, target in relations if verb == "realises" and source in handled}
    assert led - realised == set()
    assert [one.id for one in told if one.type == "weakness" and one.id not in handled] == []


def test_comments_speak_of_the_version_they_were_shown(versions: list[Architecture], sample: Architecture) -> None:
    now = ids(sample)
    for number, shown in enumerate(versions[:2], 1):
        there = ids(shown)
        said = [one for one in comments(sample) if one.round == f"lay-y-kien-{number}"]
        assert [(one.id, id) for one in said for id in one.about if id not in there] == []
        assert [(one.id, place.id) for one in said for place in one.changed if place.id not in now] == []


def test_a_refusal_has_a_reason_and_an_acceptance_a_place(sample: Architecture) -> None:
    said = comments(sample)
    assert [one.id for one in said if one.verdict and not one.response] == []
    assert [one.id for one in said if one.verdict in ("accepted", "partly") and not one.changed] == []
    assert {one.id for one in said if not one.verdict} == {"g2-06", "g2-19", "g2-21", "g2-29"}
    assert all(one.responsible and one.by for one in said if not one.verdict)


def test_every_change_has_a_cause_but_those_that_have_none_on_purpose(versions: list[Architecture]) -> None:
    for number, (old, new) in enumerate(pairwise(versions)):
        difference = compare(old, new)
        changes: tuple[RecordChange | RelationChange, ...] = (*difference.records, *difference.relations)
        lines = [(one, line) for one in changes for line in one.lines]
        content = [(one, line) for one, line in lines if line.nature is Nature.CONTENT]
        assert len(content) > 100
        assert {subject(one) for one, line in content if not line.causes} == WITHOUT_CAUSE[number]
        assert difference.unconfirmed == ()
        for readme in ("README.md", "README.en.md"):
            assert all(f"`{id}`" in (SAMPLE / readme).read_text(encoding="utf-8") for id in WITHOUT_CAUSE[number])


def test_no_line_carries_a_cause_that_is_not_its_own(versions: list[Architecture]) -> None:
    """The seven lines that did, as the secretary of the third hearing read them."""
    found = compare(versions[1], versions[2])
    relations = {(one.source, one.path): sorted({cause.id for cause in one.causes}) for one in found.relations}
    assert {key: relations[key] for key in OWN_CAUSES} == OWN_CAUSES
    (task,) = (one for one in found.records if one.id == "nv-ttdl-1")
    cost = {one.parts[1][1:5]: sorted(cause.id for cause in one.causes) for one in task.fields if len(one.parts) > 2}
    assert cost == {"2027": ["dk-kinh-phi", "g2-07"], "2028": ["g2-07"]}


def subject(change: RecordChange | RelationChange) -> str:
    return change.source if isinstance(change, RelationChange) else change.id


def test_the_drafts_are_the_versions_that_were_handed_round() -> None:
    read = [load(folder / "architecture.yaml") for folder in FOLDERS]
    for at, later in enumerate(read):
        assert later.architecture is not None
        recorded = [one.model_dump()["model"] for one in later.architecture.records["versions"].values()]
        assert recorded[:at] == [model_sha256(one.architecture) for one in read[:at] if one.architecture]


def test_where_it_stands_is_told_without_contradiction_or_broken_chain(sample: Architecture) -> None:
    assert broken_chains(sample) == ()
    late = [one for one in sample.records["path"].values() if one.model_dump()["state"] == "running"]
    assert [one.id for one in late] == ["buoc-tu-kiem-tra"]


def test_what_is_gone_is_retired_and_never_used_again(versions: list[Architecture], sample: Architecture) -> None:
    was = {id for shown in versions[:2] for id in (*shown.elements, *shown.records["tasks"])}
    gone = was - {*sample.elements, *sample.records["tasks"]}
    assert gone == set(sample.records["retired"])
    assert sample.records["retired"][RENAMED[0]].model_dump()["successor"] == RENAMED[1]
