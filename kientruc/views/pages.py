"""Where the pages that were handed in speak of an element: found in their text, which is never run or shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from kientruc.model.architecture import Architecture

MOST = 16 * 1024 * 1024  # bytes of a page that is searched
_PAGE = re.compile(r"files/(?:[^/]+|dossier/.+)\.html")  # the report, and the papers of the dossier
_HEADING = re.compile(r"<h[1-6][^>]{0,200}>(.{1,400}?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<[^>]{0,500}>")


def pages(members: Mapping[str, bytes], architecture: Architecture) -> dict[str, tuple[str, ...]]:
    """Give, for each element, the pages that show it: with its anchor, else under the heading where it is first named.

    Args:
        members: files of a bundle by name.
    """
    found: dict[str, list[str]] = {}
    for name in sorted(members):
        if not _PAGE.fullmatch(name) or len(members[name]) > MOST:
            continue
        page = members[name].decode("utf-8", "replace")
        headings = [(match.start(), _plain(match[1])) for match in _HEADING.finditer(page)]
        for element in architecture.elements.values():
            if f' id="at-{element.id}"' in page:
                found.setdefault(element.id, []).append(f"{name}#at-{element.id}")
                continue
            at = page.find(escape(element.name))
            if at >= 0:
                under = next((words for start, words in reversed(headings) if start <= at), "")
                found.setdefault(element.id, []).append(f"{name}: {under}" if under else name)
    return {id: tuple(where) for id, where in found.items()}


def _plain(words: str) -> str:
    return " ".join(unescape(_TAG.sub("", words)).split())[:120]
