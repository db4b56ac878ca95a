"""The schema for editors: spelled, kept fresh beside the root file, and named by the first line of a file."""

from __future__ import annotations

import re
from pathlib import Path

from kientruc.errors import OutputError, reason
from kientruc.loading import Loaded
from kientruc.messages import LANGUAGES
from kientruc.views.known_ids import Names, known_ids, written_ids

SCHEMA_FILE = "kientruc.schema.json"
_MODELINE = "# yaml-language-server: $schema="
_OTHER = re.compile(r"#\s+(?:yaml-language-server\s*:|\$schema:)")
_OURS = re.compile(rb'\{\s*"\$comment":\s*"kientruc/1 (\w+):')
_BOM = "\ufeff"


def schema_text(lang: str, loaded: Loaded | None = None) -> str:
    """Spell the JSON Schema of the format.

    Args:
        loaded: an architecture whose own ids are to be offered and asked for, also one that could not be made.
    """
    from kientruc.renderers import json_schema

    known, edition = (loaded and _known(loaded, lang)) or (None, "")
    return json_schema.render(lang, known, edition)


def refresh_schema(root: Path, loaded: Loaded, lang: str) -> bool:
    """Write the schema beside a root file anew, where one of ours stands already; in the language it has.

    Nothing is written where a file of the architecture could not be read: its ids would be missing.

    Args:
        root: the root file.
        lang: the language of a schema that does not tell its own.
    Returns:
        Whether the file changed.
    Raises:
        OutputError: it is a link, or the disk refused.
    """
    path = root.parent / SCHEMA_FILE
    there = _standing(path, loaded.limits.total_bytes)
    ours = _OURS.match(there)
    if ours is None:
        return False
    from kientruc.renderers import json_schema  # most checks keep no schema fresh
    from kientruc.renderers.folder import write_one

    told = ours.group(1).decode()
    lang = told if told in LANGUAGES else lang
    if (found := _known(loaded, lang)) is None:
        return False
    new = json_schema.render(lang, *found).encode()
    if new == there:
        return False
    write_one(path, new)
    return True


def _standing(path: Path, most: int) -> bytes:
    """Read the file under a path, no more of it than anything of ours has; nothing where no plain file stands."""
    if path.is_symlink():
        raise OutputError("cli.link", path=str(path))
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise OutputError("cli.write-failed", path=str(path), why=reason(error)) from None


def has_ids(loaded: Loaded) -> bool:
    """Tell whether the ids of an architecture are known: all its files can be read, and the first is a root file."""
    return _known(loaded, LANGUAGES[0]) is not None


def _known(loaded: Loaded, lang: str) -> tuple[Names, str] | None:
    """Give the ids an architecture has and its edition; None where a file could not be read or none is the root."""
    from kientruc.frameworks import edition_ids
    from kientruc.loading.written import written

    if loaded.architecture is not None:
        return known_ids(loaded.architecture, lang), loaded.architecture.head.edition
    found = written(loaded.files, loaded.limits)
    if found is None or found.head is None:
        return None
    declared = found.head.node.get("edition")
    return written_ids(found.sections, lang), next((id for id in edition_ids() if id == declared), "")


def with_modeline(text: str, relative: str) -> str:
    """Give a YAML text whose first line names its schema; one that names a schema already stays as it is.

    Args:
        relative: the way from the file's folder to the schema, with forward slashes.
    """
    start = len(_BOM) if text.startswith(_BOM) else 0
    head = re.match(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:#[^\n]*)?", text[start:])
    if head and any(_OTHER.match(line.strip()) for line in head.group().splitlines()):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:start]}{_MODELINE}{relative}{end}{text[start:]}"
