"""Our draw.io files in draw.io's own viewer: as many cells as we wrote, every label on its box, hostile words dead."""

from __future__ import annotations

import html
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from kientruc.renderers import scene_drawio
from kientruc.renderers.scene import Box, Scene, walk
from tests.renderers.scenes import HOSTILE, hostile, real, specimen

pytestmark = pytest.mark.outside
PAGE = """<!doctype html><meta charset="utf-8"><div class="mxgraph" style="width:1600px" data-mxgraph="{setting}"></div>
<script>
  window.onDrawioViewerLoad = () => GraphViewer.createViewerForElement(
    document.querySelector('.mxgraph'), viewer => {{ window.viewer = viewer; }});
</script><script src="viewer.min.js"></script>"""
CELLS = """() => Object.values(viewer.graph.model.cells).map(cell => {
  const state = viewer.graph.view.getState(cell), found = state && state.text && state.text.boundingBox;
  return {
    id: cell.id, label: viewer.graph.getLabel(cell), edge: cell.edge,
    ends: [cell.source, cell.target].map(one => one ? one.id : ''),
    box: state ? [state.x, state.y, state.width, state.height] : [],
    text: found ? [found.x, found.y, found.width, found.height] : [],
  };
})"""


@pytest.fixture(scope="session")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the viewer as one file of script; the package that holds it is somebody's plug-in for a site."""
    folder = tmp_path_factory.mktemp("drawio")
    npm = shutil.which("npm")
    assert npm, "Node and npm are needed for this test"
    package = "docusaurus-plugin-drawio@0.4.0"
    subprocess.run([npm, "pack", "--silent", package], cwd=folder, check=True, capture_output=True, timeout=300)
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    return folder / "package"


def opened(browser: Browser, viewer: Path, scene: Scene) -> list[dict[str, Any]]:
    """Every cell that the viewer has read, where it drew it and its words."""
    setting = json.dumps({"xml": scene_drawio.render([scene]).decode(), "resize": True, "nav": False})
    (viewer / "page.html").write_text(PAGE.format(setting=html.escape(setting)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1700, "height": 1000})
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))  # an open one would stop the test, too
    page.goto((viewer / "page.html").as_uri())
    page.wait_for_function("() => window.viewer && viewer.graph", timeout=30_000)
    found: list[dict[str, Any]] = page.evaluate(CELLS)
    assert page.locator("foreignObject script, foreignObject img, foreignObject a").count() == 0
    page.close()
    assert alerts == []
    return found


def written(scene: Scene) -> int:
    return sum(1 for _ in ElementTree.fromstring(scene_drawio.render([scene])).iter("mxCell"))


@pytest.mark.parametrize("scene", [specimen(), real("")], ids=["specimen", "province"])
def test_it_reads_every_cell_and_draws_each_label_on_its_box(browser: Browser, viewer: Path, scene: Scene) -> None:
    cells = {cell["id"]: cell for cell in opened(browser, viewer, scene)}
    assert len(cells) == written(scene)
    boxes = [one for one in walk(scene.items) if isinstance(one, Box) and one.id]
    for box in boxes:
        cell = cells[box.id]
        assert cell["label"].replace("<br>", "") == "".join(box.words[-1].text.lines)
        assert cell["box"][2:] == pytest.approx((box.rect.width, box.rect.height), rel=0.03)
        (x, y, width, height), (left, top, wide, high) = cell["box"], cell["text"]
        assert x - 1 <= left and left + wide <= x + width + 1, box.id
        assert y - 1 <= top and top + high <= y + height + 1, box.id


def test_lines_hang_on_their_boxes(browser: Browser, viewer: Path) -> None:
    ends = {
        cell["id"]: cell["ends"]
        for cell in opened(browser, viewer, specimen())
        if cell["edge"] and cell["id"][0] == "n"
    }
    assert ends == {
        "n1": ["hop-0", "hop-1"],
        "n2": ["hop-1", "hop-2"],
        "n3": ["hop-0", "hop-5"],
        "n4": ["hop-4", "hop-7"],
    }


@pytest.mark.parametrize("at", [0, len(HOSTILE) // 2])
def test_hostile_words_are_words(browser: Browser, viewer: Path, at: int) -> None:
    scene = hostile(at)
    assert len(opened(browser, viewer, scene)) == written(scene) == written(specimen())
