"""Write the documentation as a site that opens from disk: `python -m tools.make_site [FOLDER]`, or `make site`.

Vietnamese stands in FOLDER, English in FOLDER/en; a page in both languages stands in both. No page needs a script but
the search, nothing is fetched from a network, and a link that leads nowhere is an error.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import jinja2
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from kientruc import __version__
from kientruc.messages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tools" / "site"
FONTS = ROOT / "kientruc" / "renderers" / "fonts"
MARKER = "fonts/OFL.txt"  # a folder with this and an index is one of ours
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(SITE),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
Config = Mapping[str, Any]


class Page(NamedTuple):
    """A page in one language: where it comes from, below the repository; where it goes, below the site."""

    source: str
    lang: str
    target: str
    group: int  # of the contents; -1 for what stands outside of them
    entry: int  # the same for a page in Vietnamese and its partner in English


class Place(NamedTuple):
    """A heading: the address within its page, its words without marks, how deep it is."""

    id: str
    words: str
    level: int


class Rendered(NamedTuple):
    """A page as HTML with its headings; `anchors` are all that a link may lead to, `files` what it shows or links."""

    title: str
    body: str
    places: tuple[Place, ...]
    anchors: frozenset[str]
    links: tuple[tuple[str, str], ...]  # target and anchor, both below the site; ("", why) where there is none
    files: frozenset[str]


def site() -> tuple[dict[str, bytes], list[str]]:
    """Make the site.

    Returns:
        Every file by its path, and a sentence for every link or picture that leads nowhere.
    """
    config: Config = yaml.safe_load((SITE / "pages.yaml").read_text(encoding="utf-8"))
    pages = tuple(_pages(config))
    found = {page: _render(page, pages) for page in pages}
    anchors = {page.target: one.anchors for page, one in found.items()}
    faults = [
        f"{page.source}: {why or f'{target}#{anchor}'}"
        for page, one in found.items()
        for target, anchor, why in ((t, a, a if not t else "") for t, a in one.links)
        if not target or (anchor and target in anchors and anchor not in anchors[target])
    ]
    files = {page.target: _fill(page, one, found, config).encode() for page, one in found.items()}
    files |= {_searched(lang): _search(lang, found, config).encode() for lang in LANGUAGES}
    for name in sorted({name for one in found.values() for name in one.files}):
        files[name] = (ROOT / name).read_bytes()
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "OFL.txt"):
        files[f"fonts/{name}"] = (FONTS / name).read_bytes()
    return files, faults


def _pages(config: Config) -> Iterator[Page]:
    """Give every page in each of its languages, in the order of the contents."""
    entries = [(entry, index) for index, group in enumerate(config["groups"]) for entry in group["pages"]]
    entries += [(entry, -1) for entry in config["behind"]]
    for number, (entry, index) in enumerate(entries):
        for lang, path in _paths(entry).items():
            source = os.path.normpath(f"docs/{path}")
            for one in sorted(ROOT.glob(source)) if "*" in source else (ROOT / source,):
                name = one.relative_to(ROOT).as_posix()
                yield Page(name, lang, _target(name, lang), index, number)


def _paths(entry: str | Sequence[str] | Mapping[str, str]) -> Mapping[str, str]:
    if isinstance(entry, str):
        return {lang: entry.replace("{lang}", lang) for lang in LANGUAGES}
    return entry if isinstance(entry, Mapping) else dict(zip(LANGUAGES, entry, strict=True))


def _target(source: str, lang: str) -> str:
    name = re.sub(r"(\.(vi|en))?\.md$", "", source).lower()
    if source.startswith("docs/README"):
        name = "index"
    elif name in ("readme", "examples/tinh-mau/readme"):
        name = {"readme": "about"}.get(name, "examples/tinh-mau")
    folder = "" if lang == "vi" else f"{lang}/"
    return f"{folder}{name.removeprefix('docs/')}.html"


def _searched(lang: str) -> str:
    return "tim-kiem.html" if lang == "vi" else f"{lang}/search.html"


def _relative(target: str, page: str) -> str:
    """Give an address below the site as seen from a page."""
    return quote(os.path.relpath(target, PurePosixPath(page).parent).replace(os.sep, "/"))


def _render(page: Page, pages: Sequence[Page]) -> Rendered:
    """Turn one page into HTML, with its links turned to pages of the same language where there are such."""
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse((ROOT / page.source).read_text(encoding="utf-8"))
    both = any(one.source == page.source and one.lang != page.lang for one in pages)
    places, anchors = _headings(tokens, page.lang if both else "")
    links: list[tuple[str, str]] = []
    files: set[str] = set()
    for token in (child for one in tokens for child in one.children or ()):
        key = "href" if token.type == "link_open" else "src"
        if token.type in ("link_open", "image") and not re.match(r"[a-z]+:", str(token.attrs[key])):
            token.attrs[key], link = _leads(str(token.attrs[key]), page, pages)
            links.append(link)
            if link[0] and not link[0].endswith(".html"):
                files.add(link[0])
    title = places[0].words if places else page.source
    body = parser.renderer.render(_plain(tokens), parser.options, {})
    return Rendered(
        title, _dressed(body, page.lang), tuple(places[1:]), frozenset(anchors), tuple(links), frozenset(files)
    )


def _leads(address: str, page: Page, pages: Sequence[Page]) -> tuple[str, tuple[str, str]]:
    """Turn a link of a page: its address as the site has it, and what it leads to."""
    path, _, anchor = unquote(address).partition("#")
    if not path:
        return f"#{quote(anchor)}", (page.target, anchor)
    source = os.path.normpath(PurePosixPath(page.source).parent / path)
    if (ROOT / source).is_dir():
        source = f"{source}/README.md"
    found = [one for one in pages if one.source == source]
    found.sort(key=lambda one: one.lang != page.lang)
    if found:
        target = found[0].target
    elif (ROOT / source).is_file() and not source.endswith(".md"):
        target = source
    else:
        return address, ("", f"{address} leads to no page or file")
    return _relative(target, page.target) + (f"#{quote(anchor)}" if anchor else ""), (target, anchor)


def _headings(tokens: Sequence[Token], lang: str) -> tuple[list[Place], set[str]]:
    """Give headings their addresses: that of the mark before them, else their words as GitHub spells them.

    Args:
        lang: of the page, if it is in two languages: headings are cut to that.
    """
    places: list[Place] = []
    seen: dict[str, int] = {}
    anchors: set[str] = set()
    mark = ""
    for index, token in enumerate(tokens):
        if token.type == "inline" and (marked := re.fullmatch(r'<a id="([^"]+)"></a>', token.content)):
            mark = marked[1]
        elif token.type == "heading_open":
            inline = tokens[index + 1]
            words = "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            count = seen.get(slug, -1) + 1
            seen[slug] = count
            own = f"{slug}-{count}" if count else slug
            if lang and " · " in words:
                words = _of_language(words, lang)
                inline.children = [Token("text", "", 0, content=words)]
            token.attrs["id"] = mark or own
            anchors.add(mark or own)
            places.append(Place(str(token.attrs["id"]), words, int(token.tag[1])))
            mark = ""
    return places, anchors


def _of_language(heading: str, lang: str) -> str:
    """Give the part of a heading in two languages that is in one."""
    vi, _, en = heading.partition(" · ")
    return en if lang == "en" and en else vi


def _plain(tokens: Sequence[Token]) -> list[Token]:
    """Leave out what readers do not see: marks for the tests, and the anchors that headings have taken over."""
    kept: list[Token] = []
    skipped = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.type == "paragraph_open" and following and re.fullmatch(r'<a id="[^"]+"></a>', following.content):
            skipped = 3
        if token.type == "html_block":
            token.content = re.sub(r"<!--.*?-->\s*", "", token.content, flags=re.DOTALL)
        if skipped:
            skipped -= 1
        else:
            kept.append(token)
    return kept


def _dressed(body: str, lang: str) -> str:
    """Let tables and code be scrolled by keyboard, say what a block is, give headings a link to themselves."""
    words = _words(lang)

    def block(found: re.Match[str]) -> str:
        kind = found[1] or ""
        told = words["code"].get(kind, kind)
        start = f'<figure class="block {kind}"><figcaption>{escape(told)}</figcaption><pre tabindex="0">'
        return f"{start}<code>{found[2]}</code></pre></figure>"

    body = re.sub(r"<code>([^<\n]{1,34})</code>(?!</pre>)", r'<code class="whole">\1</code>', body)
    body = re.sub(r'<pre><code(?: class="language-(\w*)")?>(.*?)</code></pre>', block, body, flags=re.DOTALL)
    table = f'<div class="scroll" tabindex="0" role="region" aria-label="{words["table"]} @">\n<table>'
    parts = body.split("<table>")
    body = parts[0] + "".join(table.replace("@", str(number)) + part for number, part in enumerate(parts[1:], 1))
    body = body.replace("</table>", "</table></div>").replace("<th></th>", "<td></td>")
    self = r'<\1 id="\2">\3<a class="self" href="#\2" aria-label="@">#</a></\1>'
    return re.sub(r'<(h[23]) id="([^"]+)">(.*?)</\1>', self.replace("@", words["self"]), body)


@cache
def _words(lang: str) -> Mapping[str, Any]:
    config = yaml.safe_load((SITE / "pages.yaml").read_text(encoding="utf-8"))
    words: Mapping[str, Any] = config["words"][lang]
    return words


def _fill(page: Page, one: Rendered, found: Mapping[Page, Rendered], config: Config) -> str:
    row = [other for other in found if other.lang == page.lang and other.group >= 0]
    here = row.index(page) if page in row else -1
    other = next((one for one in found if one.lang != page.lang and one.entry == page.entry), None)
    places = [(place.id, place.words) for place in one.places if place.level == 2]
    return _template(
        page.target,
        page.lang,
        found,
        config,
        title=one.title,
        body=Markup(one.body),  # noqa: S704 - our own pages; markdown-it has escaped what is no markup
        here=places if 3 <= len(places) <= 40 else (),
        before=_way(row[here - 1], page, found, config) if here > 0 else None,
        next=_way(row[here + 1], page, found, config) if 0 <= here < len(row) - 1 else None,
        other=_relative(other.target if other else _home("en" if page.lang == "vi" else "vi"), page.target),
        source=page.source,
        index="",
        script="",
    )


def _home(lang: str) -> str:
    return "index.html" if lang == "vi" else f"{lang}/index.html"


def _way(to: Page, page: Page, found: Mapping[Page, Rendered], config: Config) -> tuple[str, str]:
    return _relative(to.target, page.target), _name(to, found, config)


def _name(page: Page, found: Mapping[Page, Rendered], config: Config) -> str:
    short = config["names"].get(os.path.relpath(page.source, "docs").replace(os.sep, "/"))
    return short or found[page].title.partition(" (")[0].partition(": ")[0]


def _search(lang: str, found: Mapping[Page, Rendered], config: Config) -> str:
    words = _words(lang)
    target = _searched(lang)
    entries = [
        (one.title, place.words, f"{_relative(page.target, target)}{f'#{quote(place.id)}' if place.words else ''}")
        for page, one in found.items()
        if page.lang == lang or (lang == "vi" and not any(o.lang == "vi" and o.source == page.source for o in found))
        for place in (Place("", "", 1), *one.places)
        if page.lang == lang or place.level == 1
    ]
    body = (
        f"<h1>{escape(words['search_title'])}</h1>\n<p>{escape(words['search_hint'])}</p>\n"
        f"<noscript><p>{escape(words['no_script'])}</p></noscript>\n"
        f'<p id="told" role="status" data-count="{escape(words["search_count"])}" '
        f'data-none="{escape(words["search_none"])}"></p>\n<ul id="found"></ul>'
    )
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return _template(
        target,
        lang,
        found,
        config,
        title=words["search_title"],
        body=Markup(body),  # noqa: S704 - its parts are escaped above
        here=(),
        before=None,
        next=None,
        other=_relative(_searched("en" if lang == "vi" else "vi"), target),
        source="",
        index=Markup(data),  # noqa: S704 - data, with its < escaped
        script=Markup((SITE / "search.js").read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )


def _template(target: str, lang: str, found: Mapping[Page, Rendered], config: Config, **values: Any) -> str:
    fonts = _relative("fonts", target)
    style = (SITE / "site.css").read_text(encoding="utf-8").replace("@fonts@", fonts)
    script = str(values["script"])
    # From disk a page is its own origin in some browsers and not in others: file: says what 'self' means there.
    policy = [
        "default-src 'none'",
        f"style-src {_hash(style)}",
        *([f"script-src {_hash(script)}"] if script else []),
        "img-src 'self' file:",
        "font-src 'self' file:",
        "base-uri 'none'",
        "form-action 'self' file:",
    ]
    contents = [
        (
            group["name"][lang],
            [(_relative(o.target, target), _name(o, found, config), o.target == target) for o in inside],
        )
        for index, group in enumerate(config["groups"])
        if (inside := [one for one in found if one.group == index and one.lang == lang])
    ]
    return TEMPLATES.get_template("page.html.jinja").render(
        **values,
        lang=lang,
        other_lang="en" if lang == "vi" else "vi",
        words=_words(lang),
        csp="; ".join(policy),
        style=Markup(style),  # noqa: S704 - our own file
        home=_relative(_home(lang), target),
        search=_relative(_searched(lang), target),
        contents=contents,
        version=__version__,
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def write(folder: Path) -> None:
    """Write the site into a folder of its own; another site there is replaced, and nothing else.

    Raises:
        SystemExit: the folder holds something else, or a link leads nowhere.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        sys.exit(f"{folder}: not a site that was made here")
    files, faults = site()
    if faults:
        sys.exit("\n".join(faults))
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    for name, data in files.items():
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        (beside / name).write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    sys.stdout.write(f"{folder / 'index.html'}\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "site"))
