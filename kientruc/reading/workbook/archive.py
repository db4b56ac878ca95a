"""What lies in a workbook's zip: counted, named, inflated within limits; only its XML comes out, and is looked at."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator

from kientruc.reading.limits import MIB, WorkbookLimits
from kientruc.reading.paths import shown
from kientruc.reading.refusal import refuse_book
from kientruc.reading.workbook.parts import check_part
from kientruc.source import SourceFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel before 2007, and every workbook with a password
_LEAVES = re.compile(r"(^|/)\.\.(/|$)|^/|[\\:\x00-\x1f]")
# What runs, by the names of its parts; a content type may say so too.
_MACROS = re.compile(r"vbaProject|macrosheets?/|dialogsheets/|activeX/|ctrlProps/|attachedToolbars", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|macrosheet", re.IGNORECASE)
# What would be fetched from elsewhere. DDE and OLE links stand in externalLinks/ too.
_EXTERNAL = re.compile(r"^xl/(externalLinks/|connections\.xml$|queryTables/|webExtensions/|model/)", re.IGNORECASE)
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def parts(file: SourceFile, data: bytes, limits: WorkbookLimits) -> dict[str, bytes]:
    """Give the XML parts of a workbook by name, each well-formed, without DTD, within the limits.

    Raises:
        Refusal: X-OLE, X-NOTXLSX, X-ZIP, X-NAME, X-BOMB, X-MACRO, X-EXTERNAL, X-DTD, X-XML.
    """
    if data.startswith(_OLE):
        raise refuse_book("X-OLE", file)
    if not data.startswith(b"PK"):
        raise refuse_book("X-NOTXLSX", file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        _weigh(file, entries, limits)
        _check_names(file, entries)
        found = {entry.filename: archive.read(entry) for entry in entries if _is_xml(entry.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise refuse_book("X-ZIP", file, why=str(error)[:100]) from None
    for name, content in found.items():
        check_part(file, name, content, limits)
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


def _weigh(file: SourceFile, entries: list[zipfile.ZipInfo], limits: WorkbookLimits) -> None:
    """Refuse what would grow too much. Nothing inflates past the size it declares: `zipfile` stops there."""
    if len(entries) > limits.entries:
        numbers = {"found": str(len(entries)), "limit": str(limits.entries)}
        raise refuse_book("X-BOMB", file, measure="workbook.entries", **numbers)
    total = sum(entry.file_size for entry in entries)
    if total > limits.inflated:
        found, limit = f"{total // MIB} MiB", f"{limits.inflated // MIB} MiB"
        raise refuse_book("X-BOMB", file, measure="workbook.inflated", found=found, limit=limit)
    for entry in entries:
        if entry.file_size > MIB and entry.file_size > limits.ratio * entry.compress_size:
            ratio = str(entry.file_size // max(1, entry.compress_size))
            raise refuse_book("X-BOMB", file, measure="workbook.ratio", found=ratio, limit=str(limits.ratio))


def _check_names(file: SourceFile, entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        odd = _LEAVES.search(name) or stat.S_ISLNK(entry.external_attr >> 16) or name.casefold() in seen
        seen.add(name.casefold())
        if odd or "\0" in entry.orig_filename:
            raise refuse_book("X-NAME", file, found=shown(name))
        if entry.flag_bits & _ENCRYPTED:
            raise refuse_book("X-OLE", file)
        if entry.compress_type not in _PLAIN:
            raise refuse_book("X-ZIP", file, why=f"compression {entry.compress_type}")
    for name, code in _forbidden(entries):
        raise refuse_book(code, file, found=shown(name))


def _forbidden(entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        if _MACROS.search(entry.filename):
            yield entry.filename, "X-MACRO"
        elif _EXTERNAL.search(entry.filename):
            yield entry.filename, "X-EXTERNAL"
