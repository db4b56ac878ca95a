"""The documentation as a site: whole, without a dead link, nothing in it that a strict policy would stop."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from tools.make_site import ROOT, site, write


class Parts(HTMLParser):
    """What a page links, shows and names, as somebody else's parser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.bare: list[str] = []  # pictures without words
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags[tag] += 1
        self.attributes |= told.keys()
        self.links += [told[key] or "" for key in ("href", "src", "action") if key in told]
        self.ids += [told["id"] or ""] if "id" in told else []
        self.bare += [told["src"] or ""] if tag == "img" and not told.get("alt") else []


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    found, faults = site()
    assert faults == []
    return found


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Parts]:
    return {name: Parts(data.decode()) for name, data in files.items() if name.endswith(".html")}


def test_every_link_leads_to_a_file_of_the_site_and_a_heading_of_it(
    files: Mapping[str, bytes], pages: Mapping[str, Parts]
) -> None:
    for name, parts in pages.items():
        for link in parts.links:
            if not re.match(r"https?:", link):
                path, _, anchor = unquote(link).partition("#")
                target = normpath(join(dirname(name), path)) if path else name
                assert target in files, (name, link)
                assert not anchor or anchor in pages[target].ids, (name, link)


def test_every_page_of_the_documentation_is_reached_from_the_front_page(pages: Mapping[str, Parts]) -> None:
    reached, left = set(), ["index.html"]
    while left:
        name = left.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        left += [normpath(join(dirname(name), unquote(link).partition("#")[0])) for link in pages[name].links]
    assert set(pages) - reached == set()


def test_every_page_that_was_written_is_in_the_site(files: Mapping[str, bytes]) -> None:
    told = {re.findall(r"<code>([^<]+)</code></footer>", files[name].decode())[0] for name in files if _is_page(name)}
    written = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert written - told == set()
    assert {"README.md", "README.vi.md", "CHANGELOG.md", "SECURITY.md"} <= told


def _is_page(name: str) -> bool:
    return name.endswith(".html") and name not in ("tim-kiem.html", "en/search.html")


def test_no_page_needs_what_a_strict_policy_stops(files: Mapping[str, bytes], pages: Mapping[str, Parts]) -> None:
    for name, parts in pages.items():
        text = files[name].decode()
        policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)[0].replace("&#39;", "'")
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert _hash(re.findall(r"<style>(.*?)</style>", text, re.DOTALL)[0]) in policy
        scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        assert [script for script in scripts if _hash(script) not in policy] == []
        assert bool(scripts) == ("script-src" in policy) == (not _is_page(name))
        assert {one for one in parts.attributes if one == "style" or one.startswith("on")} == set(), name


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_pages_have_one_heading_of_their_own_no_id_twice_and_words_for_pictures(pages: Mapping[str, Parts]) -> None:
    for name, parts in pages.items():
        assert parts.tags["h1"] == 1, name
        assert [id for id, count in Counter(parts.ids).items() if count > 1] == [], name
        assert parts.bare == [], name


def test_marks_for_the_tests_are_not_shown(files: Mapping[str, bytes]) -> None:
    assert [name for name, data in files.items() if name.endswith(".html") and b"<!-- " in data] == []


def test_a_link_that_leads_nowhere_stops_the_making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.make_site.site", lambda: ({}, ["docs/a.md: b.md leads to no page or file"]))
    with pytest.raises(SystemExit, match=r"docs/a\.md: b\.md leads to no page"):
        write(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(SystemExit, match="not a site"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
