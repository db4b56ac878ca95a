"""A portfolio on the disk: a page, a workbook and JSON, all of the same results, replaced together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kientruc import __version__, api
from kientruc.api.tables import TABLE_FORMATS
from kientruc.canonical import canonical
from kientruc.portfolio.alike import Group, Member, alike
from kientruc.portfolio.pages import pages
from kientruc.portfolio.provinces import provinces
from kientruc.portfolio.run import Line, Portfolio

FORMAT = "kientruc-portfolio/1"
NAME = "portfolio"
KEYS = (b"alike", b"aside", b"format", b"submissions", b"tool")  # in canonical order
JSON_SORT = 10  # first bytes that tell our JSON


def write(portfolio: Portfolio, out: Path, lang: str) -> tuple[Path, ...]:
    """Write the pages beside the store.

    Raises:
        UsageError: the XLSX extra is not installed.
        OutputError: a page is somebody else's file, or the disk refused.
    """
    view = pages(portfolio, lang)
    files = [(out / f"{NAME}.{format}", api.spell_tables(view, format), sort) for format, sort in TABLE_FORMATS.items()]
    files.append((out / f"{NAME}.json", spell_json(portfolio), JSON_SORT))
    api.write_several(files, out)
    return tuple(path for path, _, _ in files)


def spell_json(portfolio: Portfolio) -> bytes:
    """Spell everything as canonical JSON: each result whole, and what is alike over provinces with its evidence.

    Results are put in as they are spelt: read and spelt again, all at once, they would need as much memory again.
    """
    parts = (
        canonical([_group(one) for one in alike(provinces(portfolio.lines))]),
        canonical(list(portfolio.aside)),
        canonical(FORMAT),
        b"[" + b",".join(map(_line, portfolio.lines)) + b"]",
        canonical(f"kientruc {__version__}"),
    )
    return b"{%b}\n" % b",".join(b'"%b":%b' % pair for pair in zip(KEYS, parts, strict=True))


def _line(one: Line) -> bytes:
    return b'{"name":%b,"result":%b,"sha256":%b}' % (canonical(one.name), one.told.spelt(), canonical(one.sha256))


def _group(one: Group) -> dict[str, Any]:
    return {
        "how": one.how,
        "kind": one.kind,
        "key": one.key,
        "sort": one.sort,
        "amount": str(one.amount),
        "missing": one.missing,
        "members": [_member(each) for each in one.members],
    }


def _member(one: Member) -> dict[str, Any]:
    told = {"architecture": one.province.id, "submission": one.submission, "id": one.offer.id, "at": one.offer.at}
    return {**told, "new": one.offer.new}
