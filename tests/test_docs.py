"""What the pages say is so: examples load, commands exit as told, tables are complete and up to date."""

from __future__ import annotations

import re
import shlex
import shutil
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from markdown_it import MarkdownIt

from benchmarks import generate
from kientruc.api import RESULT_FORMATS, RESULT_SUFFIXES, edition
from kientruc.cli import run
from kientruc.finding import Severity
from kientruc.frameworks import edition_ids
from kientruc.frameworks.requirement import Modality
from kientruc.loading import load, load_text
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
from tools import make_format_page, make_requirement_pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
GENERATED = [page for page in PAGES if page.parent.name == "requirements" or page.name.startswith("checks.")]
FIRST_STEPS = ("buoc-dau.md", "first-steps.md")
# What happens on a page of first steps, in its order: files written and edited, commands run, words they must say.
EVENT = re.compile(
    r"<!-- file (?P<file>\S+) -->\s*```yaml\n(?P<content>.*?)```"
    r"|<!-- edit (?P<edited>\S+): (?P<before>.+?) => (?P<after>.+?) -->"
    r"|<!-- delete (?P<shortened>\S+): (?P<line>.+?) -->"
    r"|<!-- says: (?P<said>\S+) -->"
    r"|^kientruc (?P<command>[^#\n]+?) +# (?:exit|mã thoát) (?P<code>\d)",
    re.DOTALL | re.MULTILINE,
)


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
    commands = ("build", "check", "show", "status", "view", "rename", "fmt", "explain", "schema", "editions")
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


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_complete_examples_load_without_a_finding(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    examples = [found["content"] for found in EVENT.finditer(page) if found["file"]]
    assert examples
    for example in examples:
        loaded = load_text(example)
        assert loaded.architecture is not None
        assert [(finding.code, str(finding.span)) for finding in loaded.findings] == []


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_the_commands_of_the_first_steps_exit_as_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "architecture.yaml", tmp_path)
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)
    printed, commands = "", 0
    for event in EVENT.finditer((ROOT / "docs" / name).read_text(encoding="utf-8")):
        if event["command"]:
            code = run(shlex.split(event["command"]))
            printed = capsys.readouterr().out
            assert code == int(event["code"]), f"{event['command']}\n{printed}"
            commands += 1
        elif event["said"]:
            assert event["said"] in printed
        else:
            _write(tmp_path, event)
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    shown = re.findall(r"^kientruc ", "".join(re.findall(r"```sh\n(.*?)```", page, re.DOTALL)), re.MULTILINE)
    assert commands == len(shown), "a command without its exit code"


def _write(folder: Path, event: re.Match[str]) -> None:
    path = folder / (event["file"] or event["edited"] or event["shortened"])
    if event["file"]:
        path.parent.mkdir(exist_ok=True)
        path.write_text(event["content"], encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    old, new = (event["before"], event["after"]) if event["edited"] else (f"{event['line']}\n", "")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", FIRST_STEPS)
def test_what_the_first_steps_show_is_what_is_printed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    shutil.copy(ROOT / "architecture.yaml", tmp_path)
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    monkeypatch.chdir(tmp_path)
    edit = next(event for event in EVENT.finditer(page) if event["edited"])
    _write(tmp_path, edit)
    assert run(["check", "--lang", "en" if name == "first-steps.md" else "vi"]) == 1
    printed = capsys.readouterr().out
    for line in "".join(re.findall(r"```text\n(.*?)```", page, re.DOTALL)).splitlines():
        assert line in printed


def test_the_page_of_outputs_names_every_format_column_and_status() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    rows = {word for line in page.splitlines() if line.startswith("| `") for word in re.findall(r"`([^`]+)`", line)}
    assert {"text", *RESULT_FORMATS, *RESULT_SUFFIXES, *COLUMNS, *(status.value for status in Status)} - rows == set()


def test_the_two_first_steps_are_mirrors() -> None:
    vi, en = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in FIRST_STEPS)
    for pattern in (r"```yaml\n(.*?)```", r"```powershell\n(.*?)```", r"<!-- (.*?) -->"):
        assert re.findall(pattern, vi, re.DOTALL) == re.findall(pattern, en, re.DOTALL)
    assert len(re.findall("^## ", vi, re.MULTILINE)) == len(re.findall("^## ", en, re.MULTILINE))


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
