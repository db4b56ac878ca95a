"""Every example of the documentation is run: commands exit and print as the pages say, YAML is read."""

from __future__ import annotations

import pytest

from kientruc.loading import load_text
from tests.doc_examples import PAGES, ROOT, Event, Reader, events, pages
from tests.doc_stages import SMALL

WHOLE = "format: kientruc/1\n"


@pytest.mark.parametrize("name", pages(outside=False))
def test_a_page_runs_as_it_says(name: str, reader: Reader) -> None:
    for event in events((ROOT / name).read_text(encoding="utf-8")):
        reader.follow(event)
    assert reader.commands


def yaml_blocks(*sorts: str) -> list[tuple[str, Event]]:
    return [
        (page.relative_to(ROOT).as_posix(), event)
        for page in PAGES
        for event in events(page.read_text(encoding="utf-8"))
        if event.sort in sorts
    ]


def test_every_block_of_yaml_says_what_it_is() -> None:
    assert [(name, event.content[:60]) for name, event in yaml_blocks("yaml")] == []


@pytest.mark.parametrize(
    ("name", "event"), yaml_blocks("fragment"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_fragment_of_an_architecture_loads_without_a_finding(name: str, event: Event) -> None:
    assert told(SMALL + event.content) == []


@pytest.mark.parametrize(
    ("name", "event"), yaml_blocks("file"), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_whole_architecture_loads_without_a_finding(name: str, event: Event) -> None:
    is_whole = event.content.startswith(WHOLE)
    assert not is_whole or told(event.content) == []


def told(text: str) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.span)) for finding in load_text(text).findings]


def test_what_powershell_is_told_is_what_other_shells_are_told() -> None:
    """Commands of the tool in lines for Windows stand among those for all, or are what `make dossier` does."""
    built = "kientruc build architecture.yaml -o out"
    for page in PAGES:
        found = list(events(page.read_text(encoding="utf-8")))
        told = {event.what for event in found if event.sort == "run"} | {built}
        lines = [line for event in found if event.sort == "powershell" for line in event.content.splitlines()]
        bare = (line.removeprefix(".venv\\Scripts\\") for line in lines)
        asked = {line for line in bare if line.startswith("kientruc ")}
        assert asked - told == set(), page.name
