"""The site in a real browser, from disk: no violation, no network, by keyboard, searched with and without marks."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tools.make_site import ROOT, site

pytestmark = pytest.mark.outside
SHOWN = (
    *("index.html", "huong-dan.html", "requirements/qgs-1425.html", "tim-kiem.html?q=cong+dich"),
    *("en/commands.html", "en/format.html", "pictures.html"),
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "site"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "tools.make_site", str(folder)], cwd=ROOT, env=environment, check=True)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def opened(page: Page, folder: Path, name: str) -> list[str]:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: messages.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(f"{folder.as_uri()}/{name}")
    page.wait_for_load_state("networkidle")
    return messages


def test_another_process_makes_the_same_bytes(folder: Path) -> None:
    made, _ = site()
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    assert written == made


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_opens_from_disk_without_a_violation_and_axe_finds_nothing(page: Page, folder: Path, name: str) -> None:
    assert opened(page, folder, name) == []
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") == 2
    axe = Axe().run(page, options={"runOnly": RULES})
    assert axe.violations_count == 0, axe.generate_report()


def test_no_page_is_wider_than_a_telephone_but_what_scrolls_by_itself(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path.name


def found(page: Page, typed: str) -> list[str]:
    page.locator("input[name=q]").fill(typed)
    return page.locator("#found a").all_inner_texts()


def test_the_search_finds_with_and_without_marks(page: Page, folder: Path) -> None:
    opened(page, folder, "index.html")
    page.locator("input[name=q]").fill("cong dich")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem.html?q=cong+dich")
    plain = page.locator("#found a").all_inner_texts()
    assert any("Cổng Dịch vụ công" in one for one in plain)
    assert set(found(page, "Cổng Dịch")) < set(plain)
    assert found(page, "CONG DICH") == plain
    assert found(page, "cống dịch") == plain  # written otherwise, it is looked for without its marks
    assert found(page, "xyzq") == []
    assert page.locator("#told").inner_text() == "Không có đề mục nào như vậy."
    found(page, "dang tep")
    page.locator("#found a").first.press("Enter")
    page.wait_for_url("**/format.html**")


def test_a_keyboard_reaches_the_content_first(page: Page, folder: Path) -> None:
    opened(page, folder, "huong-dan.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_it_prints_without_its_contents(page: Page, folder: Path, tmp_path: Path) -> None:
    opened(page, folder, "huong-dan.html")
    page.emulate_media(media="print")
    assert [page.locator(one).is_visible() for one in ("#contents", "#here", ".top", "h1")] == [
        False,
        False,
        False,
        True,
    ]
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
