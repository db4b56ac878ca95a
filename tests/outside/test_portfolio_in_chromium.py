"""The page of a portfolio in a real browser: no violation, no network, usable by keyboard and on a narrow screen."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from kientruc import portfolio
from tests.portfolio.made import submissions, write

pytestmark = pytest.mark.outside
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_the_page_is_readable_by_keyboard_without_network_and_without_colour(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    found = portfolio.gathered(write(tmp_path / "in", submissions()), tmp_path / "out", portfolio.Settings())
    portfolio.write(found, tmp_path / "out", "vi")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("dialog", lambda dialog: messages.append(dialog.message))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "out/portfolio.html").as_uri())
    assert (messages, [url for url in requests if not url.startswith(("file:", "data:"))]) == ([], [])
    found_by_axe = Axe().run(page, options={"runOnly": RULES})
    assert found_by_axe.violations_count == 0, found_by_axe.generate_report()
    empty = "[...document.querySelectorAll('table.matrix tbody td')].filter(cell => !cell.innerText.trim()).length"
    assert page.locator("table.matrix tbody td").count() > 100 and page.evaluate(empty) == 0
    page.locator(".scroll").first.focus()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "group"
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.close()
