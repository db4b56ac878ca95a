"""Cards in a notebook: escaped, self-contained, marked like every output, and one text for where there is no HTML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.errors import UsageError
from kientruc.loading import Loaded
from kientruc.messages import LANGUAGES, text

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = """\
format: kientruc/1
architecture: {{id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}}
organisations: {{tinh: {{name: Tỉnh}}}}
elements:
  lgsp:
    kind: platform
    name: {name}
    connects: ngsp
  ngsp: {{kind: platform, name: Trục}}
"""
HOSTILE = "<img src=x onerror=alert(1)></style><script>alert(1)</script>{{7*7}}`&amp;\u202e"


@pytest.fixture(scope="module")
def province() -> Loaded:
    return api.load(ROOT / "architecture.yaml")


def quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def tags(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == []
    return [str(one.tag) for one in tree.iter()]


def words(html: str) -> str:
    return " ".join("".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext()).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sort_of_thing_has_a_card_that_stands_by_itself(province: Loaded, lang: str) -> None:
    assert province.architecture is not None
    reports = api.check_all(province, ("cpdt-1.0", "qgs-1425"), only=["C10-KN-01"])
    answer = api.Questions(province.architecture, lang).impact("lgsp")
    things: tuple[Any, ...] = (province, province.architecture, reports[0], reports, answer)
    things += (api.view(province, "context", lang), api.view(province, "coverage", lang))
    for thing in things:
        card = api.card(thing, lang=lang)
        html = card._repr_html_()
        assert html.startswith(f'<div class="kientruc" lang="{lang}">')
        assert "script" not in tags(html) and "link" not in tags(html)
        assert re.findall(r'(?:src|href)="(?!#)[^"]*"|url\((?!#)|@import', html) == []
        assert str(card) == repr(card) != ""
        assert not re.search(r"[<>]", str(card))


def test_a_record_is_shown_with_what_is_said_of_it(province: Loaded) -> None:
    card = api.card(province, "lgsp")
    shown = words(card.html)
    assert "nền tảng · lgsp" in shown
    assert "architecture/06-chia-se-tich-hop.yaml:137:3" in shown
    assert str(card).splitlines()[0] == "Nền tảng tích hợp, chia sẻ dữ liệu tỉnh"


def test_an_architecture_is_told_in_numbers_and_with_what_was_found_in_it(province: Loaded) -> None:
    assert province.architecture is not None
    shown = words(api.card(province).html)
    assert f"thành phần {len(province.architecture.elements)}" in shown
    broken = api.load_text(SMALL.format(name="A").replace("connects: ngsp", "connects: ngps"))
    shown = words(api.card(broken).html)
    assert text("text.not-evaluated", "vi") in shown
    assert "M-REF" in shown and "architecture.yaml:8:15" in shown
    assert "M-REF" in words(api.card(api.check(broken)).html)


def test_outcomes_begin_with_the_verdict_and_leave_out_what_asks_nothing(province: Loaded) -> None:
    report = api.check(province)
    card = api.card(report)
    assert 'class="undetermined"' in card.html
    asking = {row["requirement"] for row in api.outcome_rows(report) if row["status"] in ("fail", "manual", "error")}
    assert set(re.findall(r"C10-[A-Z]+-\d+", words(card.html))) == asking


def test_rows_are_the_table_of_outcomes(province: Loaded) -> None:
    report = api.check(province)
    rows = api.outcome_rows(report)
    assert list(rows[0])[:4] == ["edition", "requirement", "title", "modality"]
    assert len(rows) == sum(len(one.outcomes) or 1 for one in report.result.requirements)
    assert {row["status"] for row in rows} == {"pass", "manual", "not-applicable"}
    assert api.outcome_rows([report, report]) == rows * 2


def test_what_is_made_up_or_not_for_everybody_is_marked() -> None:
    said = SMALL.format(name="A").replace("organisations:", "sources: {s: {kind: sample, title: Mẫu}}\norganisations:")
    sample = api.load_text(said)
    for card in (api.card(sample), api.card(sample, "ngsp"), api.card(api.check(sample))):
        assert text("report.sample", "vi") in words(card.html)
    restricted = api.load_text(SMALL.format(name="A") + "  x: {kind: node, name: X, access: restricted}\n")
    assert restricted.architecture is not None
    cut = api.cut(restricted, "internal")
    assert text("cut-mark.internal", "vi") in words(api.card(cut.loaded).html)
    answer = api.Questions(cut.architecture).unknown()
    assert text("cut-mark.internal", "vi") in words(api.card(answer).html)


def test_long_tables_are_cut_and_that_is_said() -> None:
    ids = "\n".join(f"  a{index}: {{kind: x}}" for index in range(80))
    broken = api.load_text(f"format: kientruc/1\nelements:\n{ids}\n")
    html = api.card(broken).html
    assert html.count("<tr>") == 26
    assert text("panel.first", "vi", count=25) in words(html)


@settings(max_examples=25)
@given(st.text(min_size=1).filter(lambda name: name.isprintable() and name.strip()))
def test_a_name_can_change_no_tag(name: str) -> None:
    usual = api.card(api.load_text(SMALL.format(name=quoted("A"))), "ngsp").html
    odd = api.card(api.load_text(SMALL.format(name=quoted(name))), "ngsp").html
    assert [tag for tag in tags(odd) if tag != "code"] == tags(usual)


def test_hostile_names_are_words() -> None:
    loaded = api.load_text(SMALL.format(name=quoted(HOSTILE.removesuffix("\u202e"))))
    html = api.card(loaded, "lgsp").html
    assert "onerror=alert(1)&gt;" in html
    assert "{{7*7}}" in html
    assert tags(html).count("style") == 1 and "img" not in tags(html)


def test_what_is_not_there_is_told(province: Loaded) -> None:
    with pytest.raises(UsageError, match="lgps"):
        api.card(province, "lgps")
    with pytest.raises(ValueError, match="did not load"):
        api.card(api.load_text("format: kientruc/1\n"), "lgsp")
