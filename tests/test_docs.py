"""What the pages say is so: examples load, commands exit as told, tables are complete and up to date."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
import typer.main
from markdown_it import MarkdownIt

from benchmarks import generate
from kientruc.api import RESULT_FORMATS, RESULT_SUFFIXES, edition
from kientruc.cli.app import make_app
from kientruc.finding import Severity
from kientruc.frameworks import edition_ids
from kientruc.frameworks.requirement import Modality
from kientruc.loading import load
from kientruc.messages import LANGUAGES, text
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind
from kientruc.model.planning import SourcingForm, StateRole
from kientruc.model.values import Access, Certainty, Membership, Treatment
from kientruc.model.verbs import Verb
from kientruc.renderers.escapes import markdown
from kientruc.result import Status, Verdict
from kientruc.validators.in_words import kinds
from kientruc.views.outcome_table import COLUMNS
from tests.doc_examples import MIRRORS, Event, events
from tools import make_format_page, make_reference_pages, make_requirement_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
GENERATED = [page for page in PAGES if page.parent.name == "requirements" or page.name.startswith("checks.")]


def glossary() -> dict[str, list[tuple[str, str]]]:
    """Give, for each key with a row, its Vietnamese and English words; some keys have two meanings."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\| `([^`]+)` \| ([^|]+?) \| ([^|]+?) \|", line):
            rows.setdefault(found[1], []).append((found[2], found[3]))
    return rows


WORDS: tuple[type[Enum], ...] = (
    Kind, Verb, Status, Verdict, Severity, Modality, Treatment, Certainty, Access, StateRole, SourcingForm
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS, ids=lambda words: str(words.__name__))
def test_every_word_of_the_code_has_a_row_in_the_glossary(words: type[Enum]) -> None:
    assert {str(word.value) for word in words} - set(glossary()) == set()


def test_every_section_membership_and_command_has_a_row_in_the_glossary() -> None:
    groups = typer.main.get_command(make_app("en")).commands  # type: ignore[attr-defined]
    inner = (f"{name} {one}" for name, group in groups.items() for one in getattr(group, "commands", ()))
    commands = (*groups, *inner)
    tops = ("format", "architecture", "include", "defaults")
    assert {*SECTIONS, *tops, *commands, *get_args(Membership)} - set(glossary()) == set()


def test_the_glossary_uses_the_names_of_kinds_and_verbs() -> None:
    rows = glossary()
    assert [word.value for word in (*Kind, *Verb) if (word.vi, word.en) not in rows[word.value]] == []


@pytest.mark.parametrize(("group", "words"), [("status", Status), ("verdict", Verdict)])
def test_the_glossary_uses_the_words_that_are_printed(group: str, words: type[Enum]) -> None:
    rows = glossary()
    for word in words:
        assert text(f"{group}.{word.value}", "vi") in [vi for vi, _ in rows[str(word.value)]]


def test_the_format_page_is_up_to_date() -> None:
    written = make_format_page.PAGE.read_text(encoding="utf-8")
    assert written == make_format_page.page(), "run: python -m tools.make_format_page"


def test_the_pages_of_requirements_and_checks_are_up_to_date() -> None:
    found = dict(make_requirement_pages.pages())
    stale = [name for name, page in found.items() if _text(make_requirement_pages.DOCS / name) != page]
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs" / "requirements").iterdir()}
    assert (stale, there - set(found)) == ([], set()), "run: make pages"


def test_the_pages_of_commands_codes_and_values_are_up_to_date() -> None:
    found = dict(make_reference_pages.pages())
    assert [name for name, page in found.items() if _text(ROOT / "docs" / name) != page] == [], "run: make pages"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_every_requirement_and_kind_of_check_has_its_place_in_both_languages() -> None:
    for lang in LANGUAGES:
        for edition_id in edition_ids():
            page = _text(ROOT / "docs" / "requirements" / f"{edition_id}.{lang}.md")
            for id, requirement in edition(edition_id).requirements.items():
                if id in edition(edition_id).spans:
                    assert f'<a id="{id.lower()}"></a>\n\n## {id}: {markdown(requirement.title.in_(lang))}\n' in page
        page = _text(ROOT / "docs" / f"checks.{lang}.md")
        assert [kind for kind in kinds() if f'<a id="{kind}"></a>' not in page] == []


@pytest.mark.parametrize("page", GENERATED, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_generated_page_shows_no_mark_and_its_links_find_their_anchor(page: Path) -> None:
    written = _text(page)
    tokens = MarkdownIt("commonmark").parse(written)
    inline = [child for token in tokens for child in token.children or ()]
    plain = [child.content for child in inline if child.type == "text"]
    assert [words for words in plain if re.search(r"\*\*|\\|\]\(", words)] == []
    links = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
    assert links
    for path, _, anchor in (link.partition("#") for link in links):
        assert f'<a id="{anchor}"></a>' in _text(page.parent / path) or not anchor, path
    assert len([token for token in tokens if token.type == "fence"]) == written.count("<details>")


def test_the_page_of_outputs_names_every_format_column_and_status() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    rows = {word for line in page.splitlines() if line.startswith("| `") for word in re.findall(r"`([^`]+)`", line)}
    assert {"text", *RESULT_FORMATS, *RESULT_SUFFIXES, *COLUMNS, *(status.value for status in Status)} - rows == set()


@pytest.mark.parametrize(("vi", "en"), MIRRORS.items())
def test_both_languages_ask_for_the_same_steps(vi: str, en: str) -> None:
    asked = [list(events((ROOT / name).read_text(encoding="utf-8"))) for name in (vi, en)]
    plain = [[_plain(event) for event in found if _plain(event)] for found in asked]
    assert plain[0] == plain[1]


def _plain(event: Event) -> tuple[str, str, str, int] | None:
    """Give a step without its language and the names of what it writes; None where only one language needs it."""
    if event.sort == "text" or "KIENTRUC_LANG" in event.what + event.content:
        return None
    if event.sort == "same":
        return event.sort, event.what.partition(":")[0], "", 0
    said = re.sub(r" --lang (en|vi)| (--to|-o) \S+", "", event.what)
    return event.sort, said, "" if event.sort == "text" else event.content, event.code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed_and_short() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("0*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in pages if f"({page.name})" not in index] == []
    assert [page.name for page in pages if len(page.read_text(encoding="utf-8").splitlines()) >= 40] == []


def test_a_generated_architecture_loads_without_a_finding_and_is_as_large_as_asked(tmp_path: Path) -> None:
    loaded = load(generate.write(tmp_path, 400))
    assert [(finding.code, str(finding.span)) for finding in loaded.findings] == []
    assert loaded.architecture is not None
    assert len(loaded.architecture.elements) == 400
    assert 2.2 < len(loaded.architecture.relations) / 400 < 2.8
    assert len({element.kind for element in loaded.architecture.elements.values()}) == 12


def test_the_generator_gives_the_same_bytes_for_the_same_seed() -> None:
    assert list(generate.files(100, seed=7)) == list(generate.files(100, seed=7))
    assert list(generate.files(100, seed=7)) != list(generate.files(100, seed=8))
