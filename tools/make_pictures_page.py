"""docs/pictures.md: every built-in view of the province and of the sample, its first page drawn beside it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from kientruc import api
from kientruc.errors import KientrucError
from kientruc.messages import text
from kientruc.views.catalog import BUILT_IN

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "pictures.md"
FOLDER = ROOT / "docs" / "pictures" / "views"
MODELS = (
    ("province", "architecture.yaml", ""),
    ("sample", "examples/tinh-mau/architecture.yaml", "examples/tinh-mau/du-thao/lan-2/architecture.yaml"),
)
HEAD = """\
# Các sơ đồ · All pictures

Mỗi sơ đồ dựng sẵn, trang đầu, vẽ từ kiến trúc thật năm 2017 và từ tỉnh mẫu.
Every built-in view, its first page, of the real architecture of 2017 and of the made-up province.
Written by `python -m tools.make_pictures_page`; how to ask for a view: [views.md](views.md).
"""


def drawn() -> dict[str, dict[str, tuple[bytes, int]]]:
    """Draw the first page of every view: by view and model its SVG and how many pages there are."""
    found: dict[str, dict[str, tuple[bytes, int]]] = {id: {} for id in BUILT_IN}
    for model, path, before in MODELS:
        loaded = api.load(ROOT / path)
        earlier = api.load(ROOT / before).architecture if before else None
        for id in BUILT_IN:
            try:
                pages = api.scenes(api.view(loaded, id, "vi", earlier), "slide")
            except KientrucError:
                continue  # nothing to show
            if pages:
                found[id][model] = (api.spell_scenes(pages[:1], "svg")[0], len(pages))
    return found


def page(found: dict[str, dict[str, tuple[bytes, int]]]) -> str:
    """Spell the page."""
    return HEAD + "\n".join(_lines(found)) + "\n"


def _lines(found: dict[str, dict[str, tuple[bytes, int]]]) -> Iterator[str]:
    for id, models in found.items():
        yield f"\n## {text(f'view.{id}', 'vi')} · {text(f'view.{id}', 'en')}\n\n`kientruc view {id}`\n"
        for model, (_, count) in models.items():
            pages = f" (1/{count})" if count > 1 else ""
            yield f"![{id}, {model}{pages}](pictures/views/{model}-{id}.svg)\n"
        if not models:
            yield "Bảng: HTML, XLSX. · Tables: HTML, XLSX.\n"


def main() -> None:
    """Write the page and its pictures anew."""
    found = drawn()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for id, models in found.items():
        for model, (svg, _) in models.items():
            (FOLDER / f"{model}-{id}.svg").write_bytes(svg)
    PAGE.write_text(page(found), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
