"""The explorer as a page: one file that allows only its own script, holds data as data, and obeys cuts."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.renderers.explorer_html import _json

ROOT = Path(__file__).parent.parent.parent
HTML = "{http://www.w3.org/1999/xhtml}"
Page = Callable[..., str]
TEXT = """\
format: kientruc/1
architecture: {{id: kt, name: "{name}", agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13, access: public}}
organisations: {{tinh: {{name: Tỉnh, access: public}}}}
components: {{ung-dung: {{name: Ứng dụng, order: 1, access: public}}}}
elements:
  cong: {{kind: application, name: "{name}", component: ung-dung, access: public}}
  kin: {{kind: application, name: Ứng dụng kín, component: ung-dung}}
"""


@pytest.fixture
def page(tmp_path: Path) -> Page:
    def spell(name: str = "Cổng", live: bool = False, access: str = "") -> str:
        root = tmp_path / "architecture.yaml"
        root.write_text(TEXT.format(name=name), encoding="utf-8")
        loaded = api.load(root)
        reports = api.check_all(loaded)
        if access:
            shown = api.cut(loaded, access)
            return api.explorer(shown.loaded, shown.reports(reports), "vi", live=live)
        return api.explorer(loaded, reports, "vi", live=live)

    return spell


def scripts(page: str) -> list[tuple[str, str]]:
    """Give the type and text of every script, as a browser reads the page."""
    found = html5lib.parse(page).iter(f"{HTML}script")
    return [(one.get("type", ""), one.text or "") for one in found]


def test_the_policy_allows_the_one_script_and_style_by_their_hashes_and_no_connection(page: Page) -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    (script,) = (words for type, words in scripts(text) if not type)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    told = policy.group(1).replace("&#39;", "'")
    assert f"script-src 'sha256-{digest}';" in told
    assert told.startswith("default-src 'none'; style-src 'sha256-")
    assert "connect-src 'none'" in told
    assert "connect-src 'self'" in page(live=True).replace("&#39;", "'")
    assert re.search(r"\son\w+=|\sstyle=|<link|<img|src=", text.partition("<body>")[2].partition("<script")[0]) is None


def test_a_name_ends_no_script_and_is_no_markup(page: Page) -> None:
    name = "</script><script>alert(1)</script><!-- & {{ 1 + 1 }}"
    read = scripts(page(name))
    assert [type for type, _ in read] == ["application/json", "application/json", ""]
    (entry,) = (one for one in json.loads(read[1][1])["entries"] if one["id"] == "cong")
    assert entry["name"] == name


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_survives_as_data(words: str) -> None:
    spelt = str(_json([words]))
    assert json.loads(spelt) == [words]
    assert "<" not in spelt


def test_what_readers_may_not_have_is_nowhere_in_their_page(page: Page) -> None:
    whole, public = page(), page(access="public")
    assert "Ứng dụng kín" in whole
    assert "ứng dụng kín" not in public.lower()
    assert "architecture.yaml" in whole
    assert "architecture.yaml" not in public
    assert "Bản công khai" in public


def test_the_same_architecture_gives_the_same_page(page: Page) -> None:
    assert page() == page()


def test_it_shows_the_pictures_that_there_are_and_names_those_that_are_too_large() -> None:
    loaded = api.load(ROOT / "architecture.yaml")
    text = api.explorer(loaded, api.check_all(loaded), "en", "report.html")
    options = re.findall(r'<option value="([^"]+)"', text)
    assert options[0] == "layered/0"
    assert {"layers/0", "infrastructure/0", "roadmap/0", "component-chia-se-tich-hop/0"} <= set(options)
    templates = re.findall(r'<template id="sheet-([^"]+)">', text)
    assert [option.partition("/")[0] for option in options] == templates
    assert '<a href="report.html">' in text
    assert "Not drawn" not in text
