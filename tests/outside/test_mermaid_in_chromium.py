"""Our Mermaid in Mermaid itself, in a browser: it draws exactly our boxes with their names, and runs nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kientruc.renderers import mermaid
from kientruc.renderers.flow import flow
from tests.renderers.hostile import HOSTILE
from tests.renderers.networks import network
from tests.renderers.test_flow_formats import layered, named

pytestmark = pytest.mark.outside
DRAW = """async text => {
    mermaid.initialize({startOnLoad: false, securityLevel: 'strict', maxTextSize: 500000, maxEdges: 1000});
    const {svg} = await mermaid.render('drawn', text);
    document.body.innerHTML = svg;
    const read = selector => [...document.querySelectorAll(selector)];
    return {
        boxes: read('g.node').map(node => [node.id, node.textContent.trim()]),
        frames: read('g.cluster').map(frame => frame.textContent.trim()),
        lines: read('path.flowchart-link').length,
        alien: read('svg :is(img, image, a, script, iframe, math)').map(one => one.outerHTML),
        title: read('.flowchartTitleText').map(title => title.textContent).join(''),
    };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("mermaid")
    npm = shutil.which("npm")
    assert npm, "Node and npm are needed for this test"
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "mermaid@11"],
        cwd=folder,
        check=True,
        timeout=300,
    )
    opened = browser.new_page()
    opened.add_script_tag(path=folder / "node_modules/mermaid/dist/mermaid.min.js")
    yield opened
    opened.close()


def drawn(page: Page, text: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(DRAW, text)
    return found


def squeezed(text: str) -> str:
    return "".join(text.split())


def names(found: dict[str, Any]) -> dict[str, str]:
    """Names by our ids: Mermaid wraps `n3` into `drawn-flowchart-n3-7` or the like."""
    return {id.split("flowchart-")[1].split("-")[0]: squeezed(text) for id, text in found["boxes"]}


def test_hostile_names_are_names(page: Page) -> None:
    picture = named(HOSTILE)
    found = drawn(page, mermaid.render(picture))
    assert names(found) == {f"n{box.number}": squeezed(box.label) for box in flow(picture).boxes()}
    assert len(found["boxes"]) == len(HOSTILE)
    assert found["lines"] == len(HOSTILE) - 1
    assert found["frames"] == ["<b>đậm</b>"]
    assert found["alien"] == []
    assert found["title"] == "<b>đậm</b>"


def test_a_network_and_a_layered_picture_are_drawn_whole(page: Page) -> None:
    for picture in (network(24, 22), layered(HOSTILE[:9])):
        found = drawn(page, mermaid.render(picture))
        assert names(found) == {f"n{box.number}": squeezed(box.label) for box in flow(picture).boxes()}
        assert len(found["frames"]) == sum(1 for _ in flow(picture).frames())
