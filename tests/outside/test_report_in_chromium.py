"""The report in a real browser, from disk: no violation, no network, readable, printable, usable by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.outside


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_report(page: Page, out: Path) -> tuple[list[str], list[str]]:
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((out / "bao-cao.html").as_uri())
    page.wait_for_load_state("networkidle")
    return messages, requests


def test_it_opens_from_disk_without_a_violation_and_asks_the_network_for_nothing(page: Page, out: Path) -> None:
    messages, requests = open_report(page, out)
    assert messages == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.locator("h1").inner_text().startswith("Kiến trúc Chính quyền điện tử")
    assert page.locator("figure svg").count() == 2


def test_the_fonts_of_the_page_are_the_shipped_ones(page: Page, out: Path) -> None:
    open_report(page, out)
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") == 2


def test_no_text_of_the_picture_leaves_its_block(page: Page, out: Path) -> None:
    open_report(page, out)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg g.block')].filter(block => {
            const rect = block.querySelector('rect').getBoundingClientRect();
            return [...block.querySelectorAll('text')].some(text => {
                const box = text.getBoundingClientRect();
                const beside = box.left < rect.left - 1 || box.right > rect.right + 1;
                return beside || box.top < rect.top - 2 || box.bottom > rect.bottom + 2;
            });
        }).map(block => block.id)"""
    )
    assert page.locator("svg g.block").count() > 50
    assert outside == []


def test_every_link_of_the_contents_leads_to_its_heading(page: Page, out: Path) -> None:
    open_report(page, out)
    links = page.locator("nav a")
    assert links.count() >= 6
    for index in range(links.count()):
        links.nth(index).click()
        target = page.url.rpartition("#")[2]
        assert page.locator(f"#{target}").bounding_box()["y"] < 900  # type: ignore[index]


def test_evidence_of_passes_opens_by_keyboard(page: Page, out: Path) -> None:
    open_report(page, out)
    summary = page.locator("details:not([open]) summary").first
    before = page.locator("details[open]").count()
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == before + 1


def test_nothing_is_wider_than_a_narrow_screen_but_what_scrolls_by_itself(page: Page, out: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    open_report(page, out)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_axe_finds_nothing(page: Page, out: Path) -> None:
    open_report(page, out)
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()


def test_it_prints_with_the_evidence_unfolded(page: Page, out: Path, tmp_path: Path) -> None:
    open_report(page, out)
    page.emulate_media(media="print")
    hidden = page.evaluate(
        "[...document.querySelectorAll('details > ul')].filter(list => !list.getBoundingClientRect().height).length"
    )
    assert page.locator("details").count() > 0
    assert hidden == 0
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_no_heading_is_torn_or_left_alone_at_the_foot_of_a_page(page: Page, out: Path) -> None:
    open_report(page, out)
    page.emulate_media(media="print")
    styles = page.evaluate("""
        [...document.querySelectorAll('h2, h3, h4, .requirement .meta')].map(one => getComputedStyle(one)).map(
            style => [style.breakAfter, style.display].join(' '))
    """)
    assert len(styles) > 50
    assert set(styles) == {"avoid block"}  # Chromium keeps no flexible box with what follows it
    inside = "[...document.querySelectorAll('h2, h3, h4')].map(one => getComputedStyle(one).breakInside)"
    assert set(page.evaluate(inside)) == {"avoid"}


def test_two_editions_and_a_register_are_as_usable_as_one(page: Page, two: Path) -> None:
    messages, requests = open_report(page, two)
    assert messages == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert page.locator("section.verdict").count() == 2
    for id in ("side-by-side", "cpdt-1-0-to-mend", "qgs-1425-waivers", "qgs-1425-requirements"):
        page.locator(f'nav a[href="#{id}"]').click()
        assert page.locator(f"#{id}").bounding_box()["y"] < 900  # type: ignore[index]
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
