"""The card of a record: as text, as JSON, as Markdown; with what requirements found and its history over versions."""

import json
from pathlib import Path

import pytest

from kientruc import api
from kientruc.cli import run
from kientruc.errors import UsageError
from kientruc.model.architecture import Architecture

OLD = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: qgs-1425, cut_off: 2026-09-01, version: "0.1"}
organisations: {so: {name: Sở A}, so-b: {name: Sở B}}
elements:
  kho-cu: {kind: data_store, name: Kho cũ, owner: so}
  mot-cua: {kind: application, name: Một cửa, owner: so, reads: [kho-cu]}
"""
NEW = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: qgs-1425, cut_off: 2026-10-01, version: "0.2"}
organisations: {so: {name: Sở A}, so-b: {name: Sở B}}
elements:
  kho: {kind: data_store, name: Kho, owner: so-b}
  mot-cua: {kind: application, name: "Một | cửa", owner: so, reads: [kho]}
decisions:
  doi: {name: Đổi chủ, date: 2026-09-15, changed: [{id: kho, fields: [owner]}]}
retired:
  kho-cu: {name: Kho cũ, successor: kho}
"""


def load(text: str) -> Architecture:
    loaded = api.load_text(text)
    assert loaded.architecture is not None, loaded.findings
    return loaded.architecture


def test_the_history_follows_a_record_under_its_old_id_with_causes() -> None:
    data = json.loads(api.show(load(NEW), "kho", format="json", earlier=(("0.1", load(OLD)),)))
    rows = {(row["change"], row["field"]): (row["before"], row["after"], row["cause"]) for row in data["history"]}
    assert rows["changed", "owner"][1] == "Sở B [so-b]"
    assert rows["changed", "owner"][2] == ["decisions/doi"]
    assert ("renamed", "") in rows
    assert {tuple(row["versions"]) for row in data["history"]} == {("0.1", "0.2")}


def test_what_requirements_found_of_it_is_shown_only_when_it_was_checked() -> None:
    loaded = api.load_text(NEW)
    reports = api.check_all(loaded, ("qgs-1425",))
    data = json.loads(api.show(load(NEW), "mot-cua", format="json", reports=reports))
    assert {row["edition"] for row in data["verdicts"]} == {"qgs-1425"}
    assert "pass" in {row["assessment"] for row in data["verdicts"]}
    assert "verdicts" not in json.loads(api.show(load(NEW), "mot-cua", format="json"))


def test_data_hold_the_record_and_its_relations() -> None:
    data = json.loads(api.show(load(NEW), "mot-cua", format="json"))
    assert data["record"] == {"id": "mot-cua", "kind": "application", "name": "Một | cửa", "owner": "so"}
    assert [row["relation"] for row in data["relations"]] == [{"from": "mot-cua", "verb": "reads", "to": "kho"}]
    assert data["section"] == "elements"


def test_a_page_of_markdown_is_headed_once_and_escaped() -> None:
    page = api.show(load(NEW), "mot-cua", "en", "md", earlier=(("0.1", load(OLD)),))
    assert page.startswith("# Một \\| cửa \\[mot-cua\\]\n")
    assert "## History over versions" in page


def test_an_id_that_nothing_has_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError) as told:
        api.show(load(NEW), "mot-cu")
    assert told.value.values["nearest"] == "mot-cua"
    with pytest.raises(UsageError) as told:
        api.show(load(NEW.replace("kho: {kind", "cua-so: {kind: site, name: X}\n  kho: {kind")), "cua")
    assert told.value.values["nearest"] == "cua-so / mot-cua"  # a part of both


HEARD = """
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: so, edition: qgs-1425, cut_off: 2026-10-01, version: "0.2"}
organisations: {so: {name: Sở A, name_en: Department A}}
elements: {kho: {kind: data_store, name: Kho, name_en: Store, owner: so, places: {qgs-1425: t-cqs-8}}}
tasks:
  nv:
    name: Nhiệm vụ
    total: 1700000000
    cost: [{year: 2027, fund: A, amount: 1000000000}, {year: 2028, fund: A, amount: 700000000}]
rounds: {r: {name: Đợt 1, opened: 2026-09-01, bodies: [so]}}
comments:
  g1: {round: r, from: so, text: Đổi chủ, verdict: partly, changed: [{id: kho, fields: [owner]}]}
hearings:
  hop:
    order: 1
    name: Họp
    date: 2026-09-10
    chair: {name: Nguyễn Văn Mẫu, title: Chủ tịch}
    conclusions:
      kl-1: {text: Nêu chủ quản., who: so, state: partly, answered_by: [{id: kho, fields: [owner]}]}
retired: {cu: {name: Kho cũ, name_en: Old store, successor: kho}}
"""


@pytest.mark.parametrize(
    ("id", "lang", "told"),
    [
        ("g1", "vi", {"từ": "Sở A [so]", "xử lý góp ý": "Tiếp thu một phần", "chỗ đã sửa": "Kho [kho] (chủ quản)"}),
        ("g1", "en", {"from": "Department A [so]", "changed places": "Store [kho] (owner)"}),
        ("nv", "vi", {"Mục": "nhiệm vụ", "tổng kinh phí": "1.700.000.000 đồng"}),
        ("nv", "en", {"Section": "task", "total cost": "VND 1,700,000,000"}),
        ("kl-1", "vi", {"trạng thái": "xong một phần", "chỗ trả lời": "Kho [kho] (chủ quản)"}),
        ("kl-1", "en", {"state": "partly done", "Section": "conclusion"}),
        (
            "kho",
            "vi",
            {
                "Được nhắc tới ở": "kết luận kl-1 của Họp",
                "vị trí trong khung": "qgs-1425: Nền tảng trí tuệ nhân tạo cấp tỉnh [t-cqs-8]",
            },
        ),
        ("hop", "vi", {"kết luận": "kl-1: Nêu chủ quản. (xong một phần)", "người chủ trì": "Nguyễn Văn Mẫu, Chủ tịch"}),
    ],
)
def test_a_card_speaks_the_words_of_the_catalogue(id: str, lang: str, told: dict[str, str]) -> None:
    rows = [row.split("  ", 1) for row in api.show(load(HEARD), id, lang).split("\n\n")[1].splitlines()]
    shown = {label: words.strip() for label, words in rows}
    assert {label: shown.get(label) for label in told} == told


def test_a_card_tells_one_entry_to_a_line_leaves_out_english_and_ends_with_where_it_was_seen() -> None:
    assert api.show(load(HEARD), "nv").split("\n\n")[1].splitlines() == [
        "Mục            nhiệm vụ",
        "kinh phí       năm: 2027; nguồn vốn: A; số tiền: 1.000.000.000 đồng",
        "               năm: 2028; nguồn vốn: A; số tiền: 700.000.000 đồng",
        "tổng kinh phí  1.700.000.000 đồng",
        "Độ chắc chắn   không ghi nguồn",
        "Nơi ghi        architecture.yaml:7:3",
    ]
    assert "name_en" not in api.show(load(HEARD), "kho") and "Store" not in api.show(load(HEARD), "kho")


def test_comments_and_conclusions_are_called_by_whose_they_are_and_mentioned_so() -> None:
    assert api.show(load(HEARD), "g1").startswith("Góp ý g1 của Sở A\n")
    assert api.show(load(HEARD), "kl-1", "en").startswith("Conclusion kl-1 of Họp\n")
    for id in ("so", "kho"):
        assert "kết luận kl-1 của Họp\n" in api.show(load(HEARD), id)
        assert "góp ý g1 của Sở A\n" in api.show(load(HEARD), id)


def test_what_is_retired_is_called_by_the_name_it_had() -> None:
    assert api.show(load(HEARD), "cu").startswith("Kho cũ [cu]\n")
    assert api.show(load(HEARD), "cu", "en").startswith("Old store [cu]\n")


def test_the_data_of_a_record_have_the_keys_of_the_format() -> None:
    record = json.loads(api.show(load(HEARD), "g1", format="json"))["record"]
    assert record["from"] == "so" and "from_" not in record


def test_a_misspelt_conclusion_has_a_near_one() -> None:
    with pytest.raises(UsageError) as told:
        api.show(load(HEARD), "kl-2")
    assert told.value.values["nearest"] == "kl-1"


def test_comments_name_the_fields_of_places_in_words() -> None:
    assert "Nơi đã sửa: Kho (chủ quản)" in api.spell_comments(load(HEARD), "", False, "text", "vi").decode()


def test_a_version_of_another_architecture_is_no_earlier_one() -> None:
    other = load(OLD.replace("id: mau", "id: khac").replace("kho-cu", "x").replace("mot-cua", "xa").replace("so", "z"))
    with pytest.raises(UsageError) as told:
        api.show(load(NEW), "kho", earlier=(("0.1", other),))
    assert told.value.values == {"old": "khac", "new": "mau"}


@pytest.mark.parametrize(("recorded", "warned"), [("", False), ("its", False), ("0" * 64, True)])
def test_an_earlier_version_that_is_not_the_recorded_one_is_used_and_that_is_said(
    recorded: str, warned: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = api.model_sha256(load(OLD)) if recorded == "its" else recorded
    model = f", model: {sha256}" if sha256 else ""
    old, new = tmp_path / "cu.yaml", tmp_path / "moi.yaml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW + f'versions: {{v1: {{number: "0.1", date: 2026-09-01{model}}}}}\n', encoding="utf-8")
    assert run(["show", "kho", str(new), "--before", str(old)]) == 0
    told = capsys.readouterr()
    assert "Lịch sử qua các phiên bản" in told.out
    assert ("không phải mã đã ghi" in told.err and "0.1" in told.err) is warned
