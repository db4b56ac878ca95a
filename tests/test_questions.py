"""Questions to a small architecture: ways, what stops, who answers, what is open; in words, JSON and Markdown."""

import json
from datetime import date
from pathlib import Path

import pytest

from kientruc import api
from kientruc.errors import UsageError

TEXT = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: cpdt-1.0, cut_off: 2026-01-01}
organisations:
  so: {name: Sở A}
  so-b: {name: Sở B}
states:
  nay: {name: Nay, role: baseline}
  mai: {name: Mai, role: target}
elements:
  dan: {kind: user_group, name: Người dân}
  ho-tich: {kind: public_service, name: Hộ tịch, uses: [mot-cua], serves: [dan]}
  mot-cua: {kind: application, name: Một cửa, owner: so, hosted_on: [may], reads: [kho], states: [nay, mai]}
  kho: {kind: data_store, name: "Kho | *dữ liệu*", hosted_on: [may], states: [nay, mai]}
  may: {kind: site, name: Phòng máy, owner: {unknown: chưa bàn giao, ask: so-b, by: 2026-03-01}}
  con: {kind: application, name: Phân hệ, part_of: [mot-cua]}
  lgsp: {kind: platform, name: LGSP, states: [mai]}
  xa: {kind: application, name: Xa, sends: [{to: kho, over: lgsp}], states: [nay, mai]}
tasks:
  lam: {name: Làm, lead: so}
sourcing:
  thue-may: {of: may, form: lease, until: 2026-06-30}
evidence:
  hop-dong: {name: Hợp đồng bảo trì, type: contract, about: [mot-cua], until: 2027-01-01}
"""


@pytest.fixture
def asked() -> api.Questions:
    loaded = api.load_text(TEXT)
    assert loaded.architecture is not None, loaded.findings
    return api.Questions(loaded.architecture)


def ids(answer: object, key: str) -> list[object]:
    data = json.loads(api.spell_answer(answer, "json", "vi"))  # type: ignore[arg-type]
    return [
        next(iter(row[name] for name in ("element", "contract", "task", "record", "body") if name in row))
        for row in data[key]
    ]


def test_what_stops_is_told_with_its_way_people_first(asked: api.Questions) -> None:
    found = asked.impact("may")
    data = json.loads(api.spell_answer(found, "json", "vi"))
    assert [(row["element"], row["way"]) for row in data["services-hit"]] == [
        ("ho-tich", ["ho-tich", "mot-cua", "may"]),
        ("dan", ["dan", "ho-tich", "mot-cua", "may"]),
    ]
    assert ids(found, "elements-hit") == ["kho", "mot-cua"]
    assert ids(found, "contracts") == ["thue-may"]


def test_an_exchange_that_goes_over_a_thing_is_lost_with_it(asked: api.Questions) -> None:
    data = json.loads(api.spell_answer(asked.impact("lgsp"), "json", "vi"))
    assert [row["exchange"] for row in data["exchanges-lost"]] == [{"from": "xa", "verb": "sends", "to": "kho"}]


def test_contracts_that_end_come_with_what_rests_on_them(asked: api.Questions) -> None:
    rows = json.loads(api.spell_answer(asked.ending(date(2026, 12, 31)), "json", "vi"))["contracts"]
    assert [(row["contract"], row["until"], row["hits"]) for row in rows] == [("thue-may", "2026-06-30", 4)]
    assert ids(asked.ending(date(2027, 1, 1)), "contracts") == ["thue-may", "hop-dong"]


def test_reach_and_its_reverse(asked: api.Questions) -> None:
    assert ids(asked.reach("xa"), "reaches") == ["kho", "mot-cua"]
    assert ids(asked.reach("mot-cua", back=True), "reached-by") == ["kho", "xa"]
    assert ids(asked.reach("ho-tich", "dependency"), "reaches") == ["mot-cua", "con", "kho", "may"]
    assert ids(asked.path("xa", "mot-cua"), "path") == ["mot-cua"]
    assert ids(asked.path("mot-cua", "xa"), "path") == []


def test_a_part_follows_the_owner_of_its_whole(asked: api.Questions) -> None:
    rows = json.loads(api.spell_answer(asked.owner("con"), "json", "vi"))["answerable"]
    assert rows == [{"as": "owner", "body": "so", "through": ["con", "mot-cua"]}]
    assert ids(asked.owner("so"), "as-owner") == ["mot-cua"]
    assert ids(asked.owner("so"), "as-lead") == ["lam"]


def test_what_comes_without_a_task_is_uncovered(asked: api.Questions) -> None:
    assert ids(asked.uncovered(), "uncovered") == ["lgsp"]


def test_unknown_values_are_told_with_who_must_answer(asked: api.Questions) -> None:
    rows = json.loads(api.spell_answer(asked.unknown(), "json", "vi"))["unknown"]
    (row,) = rows
    assert str(row.pop("at")).startswith("architecture.yaml:15:")
    assert row == {"record": "may", "field": "owner", "why": "chưa bàn giao", "ask": "so-b", "by": "2026-03-01"}
    assert asked.unknown(date(2026, 2, 28)).count == 0


@pytest.mark.parametrize("wrong", [("mot-cuaa", "data_flow"), ("mot-cua", "data_flw")])
def test_what_is_not_there_is_told_with_the_nearest(asked: api.Questions, wrong: tuple[str, str]) -> None:
    with pytest.raises(UsageError) as told:
        asked.reach(*wrong)
    assert told.value.values["nearest"] in ("mot-cua", "data_flow")


def test_names_are_escaped_in_markdown_and_on_a_terminal(asked: api.Questions) -> None:
    page = api.spell_answer(asked.reach("xa"), "md", "vi")
    assert r"Kho \| \*dữ liệu\* \[kho\]" in page
    assert all(line.count(" | ") == 3 for line in page.splitlines() if line.startswith("| "))
    assert "Kho | *dữ liệu* [kho]" in api.spell_answer(asked.reach("xa"), "text", "vi")


LATER = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: cpdt-1.0, cut_off: 2026-01-01}
organisations: {so: {name: Sở A}}
states: {nay: {name: Nay, role: baseline}, sau: {name: Sau, role: observed}}
elements:
  tram: {kind: site, name: Trạm, states: [nay]}
  lgsp: {kind: platform, name: LGSP, states: [sau], connects: [{to: ndxp, states: [sau]}]}
  ndxp: {kind: platform, name: NDXP, states: [sau], reference: {issuer: Bộ}}
  wan: {kind: network, name: WAN, states: [nay]}
  lan:
    kind: network
    name: LAN
    states: [nay]
    connects: [{to: wan, protocol: {unknown: chưa rõ, unknown_en: not known}}]
"""


def test_nothing_recorded_is_not_told_as_nothing_hit() -> None:
    loaded = api.load_text(LATER)
    assert loaded.architecture, loaded.findings
    asked = api.Questions(loaded.architecture, "en")
    assert asked.impact("tram").remarks[0].endswith("“0” below means not known, not that nothing is hit.")
    assert asked.impact("lgsp").remarks[1] == (
        "Recorded for other states only, and not counted here: LGSP is connected to NDXP."
    )
    hit = asked.impact("wan")
    assert hit.remarks == ()
    assert [[cell.words for cell in row] for row in hit.tables[3].rows] == [["LAN is connected to WAN", "", ""]]


def test_an_unknown_of_a_relation_is_named_by_its_ends_in_the_language_asked() -> None:
    loaded = api.load_text(LATER)
    assert loaded.architecture
    (row,) = api.Questions(loaded.architecture, "en").unknown().tables[0].rows
    assert [row[at].words for at in (0, 1, 3)] == ["LAN is connected to WAN", "protocol", "not known"]


WAITS = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: qgs-1425, cut_off: 2026-11-20}
organisations: {so: {name: Sở A}}
components: {ud: {order: 1, name: Ứng dụng và dữ liệu, maps: {qgs-1425: [udnv, dl]}}}
elements:
  mot: {kind: application, name: Một, component: ud, owner: so, security_level: {unknown: chưa lập, ask: so}}
"""


def test_what_requirements_wait_for_besides_unknown_values_is_told_with_its_line_and_what_to_write() -> None:
    loaded = api.load_text(WAITS)
    assert loaded.architecture, loaded.findings
    data = json.loads(api.spell_answer(api.Questions(loaded.architecture).unknown(None, [api.check(loaded)]), "json"))
    assert [(row["record"], row["at"]) for row in data["unknown"]] == [("mot", "architecture.yaml:7:81")]
    (row,) = data["waits"]
    assert (row["record"], row["requirement"], row["at"]) == ("ud", "Q1425-CT-01", "architecture.yaml:5:14")
    assert "`places: {qgs-1425: udnv}`" in row["todo"]


def test_a_check_tells_the_points_it_waits_for_each_once() -> None:
    """AT-03 has two checks that both wait for the level of `mot`: one answer is one point."""
    lines = api.summary(api.check(api.load_text(WAITS)), "vi", most=3, root=Path("ho-so/architecture.yaml"))
    told = "\n".join(lines)
    assert "(Q1425-AT-03): 1 nội dung." in told
    assert "    ho-so/architecture.yaml:7:81: “Một”: Chưa biết cấp độ an toàn" in told
    assert "    ho-so/architecture.yaml:5:14: “Ứng dụng và dữ liệu” ứng với nhiều vị trí" in told
    assert "`places: {qgs-1425: udnv}`" in told
    assert not any("architecture.yaml:" in line for line in api.summary(api.check(api.load_text(WAITS)), "vi"))


def test_of_many_points_the_first_are_told_and_how_many_more() -> None:
    more = "".join(f"  m{at}: {{kind: site, name: M{at}, security_level: {{unknown: x}}}}\n" for at in range(5))
    lines = api.summary(api.check(api.load_text(WAITS + more)), "vi", most=3)
    assert "    … và 3 nội dung nữa: kientruc check --only Q1425-AT-01" in lines
