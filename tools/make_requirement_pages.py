"""Write docs/checks.*.md and docs/requirements/, from the editions and kinds: `python -m tools.make_requirement_pages`.

Every card is the one that `kientruc explain` prints. What stands before the cards is in tools/requirement_pages.yaml.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from kientruc import api
from kientruc.frameworks import Edition, edition_ids
from kientruc.messages import LANGUAGES
from kientruc.renderers.card_md import anchor, render
from kientruc.validators.explained import home_of, of_kind, of_requirement, uses
from kientruc.validators.in_words import kinds
from kientruc.views.card import Card
from kientruc.views.explained import clause_index, edition_card, edition_index, kind_index

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WORDS = ROOT / "tools" / "requirement_pages.yaml"


def pages() -> Iterator[tuple[str, str]]:
    """Give each page: its path below docs/, and its text."""
    shelf = [api.edition(id) for id in edition_ids()]
    said: Mapping[str, Mapping[str, str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        yield from _pages(shelf, said[lang], lang)


def _pages(shelf: Sequence[Edition], said: Mapping[str, str], lang: str) -> Iterator[tuple[str, str]]:
    def page(path: str, title: str, intro: str, cards: Sequence[Card]) -> tuple[str, str]:
        return path, render(title, intro, cards, _links(shelf, lang, path))

    used = {kind: uses(kind, shelf) for kind in kinds()}
    indexes = [edition_index(shelf, lang), clause_index(shelf, lang), kind_index(used, lang)]
    yield page(f"requirements/index.{lang}.md", said["editions"], said["index"], indexes)
    for edition in shelf:
        intro = said["edition"].format(edition=edition.id)
        cards = [edition_card(edition, lang), *(of_requirement(edition, id, lang) for id in sorted(edition.spans))]
        yield page(f"requirements/{edition.id}.{lang}.md", edition.about.name.in_(lang), intro, cards)
    cards = [of_kind(kind, shelf, lang) for kind in used]
    yield page(f"checks.{lang}.md", said["checks"], said["kinds"].format(), cards)


def _links(shelf: Sequence[Edition], lang: str, path: str) -> Callable[[str], str]:
    """Make the function that gives addresses as they are seen from a page."""
    within = path.startswith("requirements/")

    def link(ref: str) -> str:
        if ref in kinds():
            return f"{'../' if within else ''}checks.{lang}.md#{anchor(ref)}"
        home = next((edition for edition in shelf if edition.id == ref), None) or home_of(ref, shelf)
        folder = "" if within else "requirements/"
        return f"{folder}{home.id}.{lang}.md#{anchor(ref)}" if home else ""

    return link


def write() -> None:
    """Write every page; what no edition stands behind any more is removed."""
    found = dict(pages())
    (DOCS / "requirements").mkdir(exist_ok=True)
    for path in (DOCS / "requirements").glob("*.md"):
        if path.relative_to(DOCS).as_posix() not in found:
            path.unlink()
    for name, text in found.items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    write()
