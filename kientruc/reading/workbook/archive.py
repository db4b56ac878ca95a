"""What lies in a workbook: only its XML comes out of the archive, and is looked at."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from kientruc.reading.archive import Archive, BadArchive
from kientruc.reading.archive_limits import WorkbookLimits
from kientruc.reading.paths import shown
from kientruc.reading.refusal import refuse_book
from kientruc.reading.workbook.parts import Budget, check_part
from kientruc.source import SourceFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel before 2007, and every workbook with a password
_CODES = {"bomb": "X-BOMB", "locked": "X-OLE", "zip": "X-ZIP", **dict.fromkeys(("name", "link", "twice"), "X-NAME")}
# What runs, by the names of its parts; a content type may say so too.
_MACROS = re.compile(r"vbaProject|macrosheets?/|dialogsheets/|activeX/|ctrlProps/|attachedToolbars", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
# What would be fetched from elsewhere. DDE and OLE links stand in externalLinks/ too.
_EXTERNAL = re.compile(r"^xl/(externalLinks/|connections\.xml$|queryTables/|webExtensions/|model/)", re.IGNORECASE)


def parts(file: SourceFile, data: bytes, limits: WorkbookLimits) -> dict[str, bytes]:
    """Give the XML parts of a workbook by name, each well-formed, without DTD, within the limits.

    Raises:
        Refusal: X-OLE, X-NOTXLSX, X-ZIP, X-NAME, X-BOMB, X-MACRO, X-EXTERNAL, X-DTD, X-XML, X-LIMIT.
    """
    if data.startswith(_OLE):
        raise refuse_book("X-OLE", file)
    if not data.startswith(b"PK"):
        raise refuse_book("X-NOTXLSX", file)
    try:
        archive = Archive(data, limits)
        for name, code in _forbidden(archive.names):
            raise refuse_book(code, file, found=shown(name))
        found = archive.read(_is_xml)
    except BadArchive as bad:
        raise refuse_book(_CODES[bad.problem], file, **bad.values) from None
    budget = Budget(limits)
    for name, content in found.items():
        check_part(file, name, content, budget)
    types = found.get("[Content_Types].xml", b"")
    if _MACRO_TYPE.search(types):
        raise refuse_book("X-MACRO", file, found="[Content_Types].xml")
    if b"sheet.main+xml" not in types:  # a text, a presentation, a binary workbook
        raise refuse_book("X-NOTXLSX", file)
    return found


def packed(found: dict[str, bytes]) -> io.BytesIO:
    """Give an archive that holds these parts and nothing else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return stream


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _forbidden(names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        if _MACROS.search(name):
            yield name, "X-MACRO"
        elif _EXTERNAL.search(name):
            yield name, "X-EXTERNAL"
