"""The main example, Bà Rịa – Vũng Tàu: every known fact has its place, and nothing is claimed that no source says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from kientruc.api import check_all, load
from kientruc.model.architecture import Architecture
from kientruc.model.planning import StateRole
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.views.conformance import conformance
from kientruc.views.outcomes import results

ROOT = Path(__file__).resolve().parent.parent
CUT_OFF = date(2017, 9, 13)
TEMPLATE_NOTE = "khung 1.0, chưa xác nhận cho BR-VT"
OUTSIDE = "ngoài kiến trúc: "
ROW = re.compile(r"\| (?P<row>\d+\.[0-9a-z.]+) \| (?P<fact>[^|]+) \| (?P<mark>[^|]+) \| (?P<ids>[^|]+) \|")


@pytest.fixture(scope="module")
def province() -> Architecture:
    loaded = load(ROOT / "architecture.yaml")
    assert loaded.findings == ()
    assert loaded.architecture is not None
    return loaded.architecture


def rows() -> dict[str, tuple[str, str]]:
    """Give, for each row of docs/facts.md, its mark and the cell that holds ids or a reason."""
    lines = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8").splitlines()
    matches = [match for line in lines if (match := ROW.fullmatch(line))]
    written = [line for line in lines if line.startswith("| ") and not line.startswith("| Dòng")]
    assert len(matches) == len(written), "a row of docs/facts.md that cannot be read"
    found = {match["row"]: (match["mark"], match["ids"]) for match in matches}
    assert len(found) == len(matches), "two rows of docs/facts.md with the same number"
    return found


def ids_of(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def known(province: Architecture) -> set[str]:
    """Give every id there is: of records, of the architecture itself, and of what the hearings concluded."""
    ids = {id for section in province.records.values() for id in section} | {province.head.id}
    return ids | {id for hearing in province.records["hearings"].values() for id in hearing.conclusions}


def test_every_fact_has_an_id_that_exists_or_a_reason(province: Architecture) -> None:
    ids = known(province)
    for row, (_, cell) in rows().items():
        assert ids_of(cell) or cell.startswith(OUTSIDE), row
        assert set(ids_of(cell)) <= ids, row


def test_the_table_covers_all_the_sections_of_the_facts() -> None:
    assert {row.partition(".")[0] for row in rows()} == {str(section) for section in range(1, 12)}


def test_no_record_stands_outside_the_table(province: Architecture) -> None:
    told = {id for _, cell in rows().values() for id in ids_of(cell)}
    for section in set(province.records) - {"sources", "organisations", "states"}:
        assert set(province.records[section]) <= told, section


def test_every_record_and_relation_names_its_source(province: Architecture) -> None:
    without = [
        f"{record.section} {record.id}"
        for record in province.all_records()
        if record.section != "sources" and not record.sources
    ]
    assert without == []
    assert [(r.source_id, r.verb.value, r.target) for r in province.relations if not r.sources] == []


def test_every_source_is_used(province: Architecture) -> None:
    everything: list[Record] = [province.head, *province.all_records(), *province.relations]
    used = {source for record in everything for source in record.sources}
    used |= {own.source for record in everything for own in record.provenance.values() if own.source}
    used |= {
        person.source
        for organisation in province.organisations.values()
        for person in organisation.people
        if person.source
    }
    assert set(province.records["sources"]) - used == set()


def test_general_knowledge_is_never_told_as_stated(province: Architecture) -> None:
    for record in [*province.all_records(), *province.relations]:
        if record.sources == ("kien-thuc-chung",) and record.section != "notes":
            assert record.certainty is Certainty.ASSUMED, record.id


def test_the_ten_components_stand_in_order(province: Architecture) -> None:
    components = sorted(province.components.values(), key=lambda component: component.order)
    assert [component.name for component in components] == [
        "Người sử dụng",
        "Kênh truy cập",
        "Dịch vụ cổng thông tin điện tử",
        "Dịch vụ công trực tuyến",
        "Ứng dụng nghiệp vụ và cơ sở dữ liệu",
        "Dịch vụ chia sẻ và tích hợp",
        "Dịch vụ dùng chung",
        "Cơ sở dữ liệu",
        "Hạ tầng kỹ thuật",
        "Quản lý chỉ đạo",
    ]
    assert [component.order for component in components] == list(range(1, 11))
    assert [component.id for component in components if component.side] == ["quan-ly-chi-dao"]
    assert all("cpdt-1.0" in component.maps for component in components)


def test_places_and_roles_are_those_of_the_edition_it_declares(province: Architecture) -> None:
    frameworks = ROOT / "kientruc" / "frameworks"
    edition = frameworks / "editions" / province.head.edition
    places = set(yaml.safe_load((edition / "vocabulary.yaml").read_text(encoding="utf-8"))["places"])
    roles = set(yaml.safe_load((frameworks / "roles.yaml").read_text(encoding="utf-8")))
    for component in province.components.values():
        assert set(component.maps[province.head.edition]) <= places, component.id
    for element in province.elements.values():
        assert set(element.places.values()) <= places, element.id
        assert element.role is None or element.role in roles, element.id


def test_direction_supports_the_nine_others(province: Architecture) -> None:
    served = {r.target for r in province.relations if r.source_id == "quan-ly-chi-dao"}
    assert served == set(province.components) - {"quan-ly-chi-dao"}


def test_the_seven_building_blocks_are_placed_by_a_reading(province: Architecture) -> None:
    blocks = {e.codes["khoi"]: e for e in province.elements.values() if "khoi" in e.codes}
    assert sorted(blocks) == [f"K{number}" for number in range(1, 8)]
    for block in blocks.values():
        assert block.component
        assert block.certainty_of("component") is Certainty.DOUBTFUL
        assert block.states["muc-tieu"] == "present"
        assert block.source == "baobrvt-2017-09-13"


def test_both_hearings_have_their_day_and_what_they_concluded(province: Architecture) -> None:
    first, second = sorted(province.records["hearings"].values(), key=lambda hearing: hearing.order)
    assert (first.date, second.date) == (date(2017, 6, 27), CUT_OFF)
    assert isinstance(first.chair, Unknown)
    assert second.chair.name == "Đặng Minh Thông"
    assert len(first.conclusions) == 2
    assert len(second.conclusions) == 4
    assert "không phải quyết định phê duyệt" in second.outcome


def test_who_completes_and_reports_the_dossier_is_derived(province: Architecture) -> None:
    conclusions = province.records["hearings"]["hop-2017-09-13"].conclusions
    path = province.records["path"]
    for record, field in (
        (conclusions["kl-hoan-thien-ho-so"], "who"),
        (conclusions["kl-bao-cao"], "who"),
        (path["buoc-hoan-thien-ho-so"], "actor"),
        (path["buoc-bao-cao-ubnd"], "actor"),
    ):
        assert getattr(record, field) == "so-tttt", record.id
        assert record.certainty_of(field) is Certainty.DERIVED, record.id
        assert record.note, record.id


def test_nobody_knows_the_approval_decision(province: Architecture) -> None:
    path = sorted(province.records["path"].values(), key=lambda step: step.order)
    assert [step.state for step in path[:-1]] == ["done"] * 3 + ["ordered"] * 4
    approval = path[-1]
    for field in ("state", "since", "decision"):
        value = getattr(approval, field)
        assert isinstance(value, Unknown)
        assert value.ask == "so-khcn-tphcm"
    assert province.head.version is None


def test_every_unknown_says_who_must_answer_and_invents_no_deadline(province: Architecture) -> None:
    for record in [*province.all_records(), *province.relations]:
        for field, value in record.unknowns().items():
            assert value.ask, f"{record.id}.{field}"
            assert value.by is None, f"{record.id}.{field}"


def test_the_districts_of_2017_have_their_codes(province: Architecture) -> None:
    districts = {
        organisation.id: organisation.code
        for organisation in province.organisations.values()
        if organisation.type == "district" and organisation.code and organisation.id != "tx-phu-my"
    }
    assert districts == {
        "tp-vung-tau": "747",
        "tp-ba-ria": "748",
        "huyen-chau-duc": "750",
        "huyen-xuyen-moc": "751",
        "huyen-long-dien": "752",
        "huyen-dat-do": "753",
        "huyen-tan-thanh": "754",
        "huyen-con-dao": "755",
    }
    recalled = {id for id in districts if province.organisations[id].certainty_of("code") is Certainty.ASSUMED}
    assert recalled == {"huyen-tan-thanh", "huyen-con-dao"}
    assert all(province.organisations[id].successor for id in districts)


def test_what_was_seen_later_is_not_claimed_for_2017(province: Architecture) -> None:
    later = {id for id, source in province.records["sources"].items() if source.date and source.date > CUT_OFF}
    for element in province.elements.values():
        if element.states.get("hien-trang") == "present":
            assert element.as_of is None or element.as_of <= CUT_OFF, element.id
            assert set(element.sources) - later, element.id
        if element.as_of and element.as_of > CUT_OFF:
            assert element.states.get("hien-trang", "unknown") == "unknown", element.id
            assert element.states.get("muc-tieu", "unknown") == "unknown", element.id
    observed = [state for state in province.states.values() if state.role is StateRole.OBSERVED]
    assert all(state.from_ and state.from_ > CUT_OFF for state in observed)


def test_where_later_systems_belong_is_the_authors_placement(province: Architecture) -> None:
    observed = {id for id, state in province.states.items() if state.role is StateRole.OBSERVED}
    later = [e for e in province.elements.values() if e.component and e.states and set(e.states) <= observed]
    assert len(later) == 34
    assert {e.id for e in later if e.certainty_of("component") is not Certainty.DERIVED} == set()


def test_what_bears_no_date_is_not_in_the_picture_of_2017(province: Architecture) -> None:
    assert [e.id for e in province.elements.values() if not e.states] == []
    assert province.elements["mot-cua-phi-dia-gioi"].states == {"quan-sat-2024": "unknown"}


def test_template_elements_say_that_nobody_confirmed_them(province: Architecture) -> None:
    template = [e for e in province.elements.values() if e.source == "kien-thuc-chung"]
    assert len(template) == 37
    for element in template:
        assert element.certainty is Certainty.ASSUMED
        assert element.note == TEMPLATE_NOTE
        assert element.owner is None
        assert element.security_level is None
    for relation in province.relations:
        if relation.source_id in {e.id for e in template}:
            assert relation.certainty is Certainty.ASSUMED


def test_no_owner_level_or_money_is_invented(province: Architecture) -> None:
    for element in province.elements.values():
        assert not element.owner, element.id
        assert not element.security_level, element.id
    assert not any(task.cost for task in province.records["tasks"].values())
    by_item = [sourcing for sourcing in province.records["sourcing"].values() if sourcing.of]
    assert by_item
    assert all(isinstance(sourcing.form, Unknown) for sourcing in by_item)


def test_the_urgent_foundations_are_tasks(province: Architecture) -> None:
    urgent = {task.id for task in province.records["tasks"].values() if task.priority == "urgent"}
    delivered = {r.target for r in province.relations if r.source_id in urgent and r.verb.value == "delivers"}
    assert delivered == {"trung-tam-thdl", "nen-tang-chia-se", "xac-thuc-nguoi-dung"}


def test_its_bases_were_there_on_the_day(province: Architecture) -> None:
    assert province.head.certainty_of("basis") is Certainty.ASSUMED
    assert set(province.head.basis) == {"cv-1178-2015", "cv-2384-2015", "tt-03-2013", "nd-85-2016", "tt-13-2017"}
    assert all(province.legal[id].in_force(CUT_OFF) is not False for id in province.head.basis)
    doubtful = province.legal["qd-4167-2021"]
    assert doubtful.certainty_of("date") is Certainty.DOUBTFUL
    assert doubtful.accepted_dates == (date(2021, 11, 27),)


def test_systems_owned_elsewhere_are_references(province: Architecture) -> None:
    national = ["cong-dvcqg", "ndxp", "ngsp", *(id for id in province.elements if id.startswith("csdlqg-"))]
    assert len(national) == 8
    for id in national:
        assert province.elements[id].reference
        assert province.elements[id].component is None
        assert province.elements[id].certainty_of("reference") is Certainty.ASSUMED


def test_the_focal_point_is_not_stated_as_the_owner(province: Architecture) -> None:
    smart_city = [e for e in province.elements.values() if e.id.startswith("dttm-")]
    assert len(smart_city) == 6
    assert all(e.certainty_of("reference") is Certainty.DERIVED for e in smart_city)


def test_a_pass_that_rests_on_a_doubtful_place_says_so_and_parts_that_are_assumed_are_called_so() -> None:
    (report,) = check_all(load(ROOT / "architecture.yaml"))
    assert report.edition is not None and report.architecture is not None
    found = {one.id: one for one in conformance(report.architecture, report.edition, report.result, "vi").lines}
    line = found["C10-TP-01"]
    doubtful = [one.names for one in line.passed if one.caveat == "chỉ dựa trên nội dung hoặc vị trí còn nghi vấn"]
    assert doubtful == [("Dịch vụ công trực tuyến",), ("Ứng dụng và cơ sở dữ liệu",)]
    assert line.rests == "2 chỉ dựa trên điều giả định hoặc còn nghi vấn"
    assert [one.words[:36] for one in found["C10-AT-02"].pending] == ["Gồm 7 phần, đều mới giả định theo mẫ"]
    told = [one.message for one in results([report], {}, 0, "", "vi").editions[0].lines() if one.rule == "C10-TP-01"]
    assert sum(one.endswith("(chỉ dựa trên nội dung hoặc vị trí còn nghi vấn)") for one in told) == 2
