"""The example notebook, run as Jupyter runs it; its cards in a browser, on light and on dark."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbclient import NotebookClient
from playwright.sync_api import Browser

from kientruc.messages import text
from tools.make_notebook import NOTEBOOK

pytestmark = pytest.mark.outside
MODES = {"light": "background:#fff;color:#000", "dark": "background:#111;color:#e8e8e8"}


@pytest.fixture(scope="module")
def book() -> nbformat.NotebookNode:
    """Run the notebook where it lies."""
    book = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]  # it brings no types
    client = NotebookClient(book, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    return client.execute()


def outputs(book: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [output for cell in book.cells for output in cell.get("outputs", [])]


def page(book: nbformat.NotebookNode, mode: str, folder: Path) -> str:
    """Put the cards into a page as Jupyter would: its own colours, nothing else of ours."""
    cards = "".join(one.data["text/html"] for one in outputs(book) if "data" in one)
    path = folder / f"{mode}.html"
    head = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>x</title><body style="{MODES[mode]}"><main>'
    path.write_text(f"{head}<h1>x</h1>{cards}</main>", encoding="utf-8")
    return path.as_uri()


def test_every_cell_runs_and_shows_what_it_says(book: nbformat.NotebookNode) -> None:
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.outputs[-1].output_type for cell in code] == [
        *("execute_result", "execute_result", "execute_result", "execute_result"),
        *("stream", "stream", "execute_result"),
    ]
    shown = [one.data for one in outputs(book) if "data" in one]
    assert all({"text/html", "text/plain"} <= set(one) for one in shown)
    assert "<svg" in shown[-1]["text/html"]
    assert text("report.sample", "vi") in shown[0]["text/html"]
    assert "qgs-1425   pass" in outputs(book)[4].text


@pytest.mark.parametrize("mode", list(MODES))
def test_the_cards_are_readable_in_a_browser(
    book: nbformat.NotebookNode, browser: Browser, tmp_path: Path, mode: str
) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page(book, mode, tmp_path))
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    options = {
        "runOnly": ["color-contrast", "list", "definition-list", "dlitem", "td-headers-attr", "empty-table-header"]
    }
    found = Axe().run(tab, options=options)
    assert found.response["violations"] == [], found.generate_report()
    context.close()
