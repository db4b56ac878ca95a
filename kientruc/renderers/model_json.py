"""The model as canonical JSON (RFC 8785): the same for any order of files and lines, for LF and CRLF, NFC and NFD."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from kientruc.canonical import canonical
from kientruc.model.architecture import SECTIONS, Architecture


@lru_cache(maxsize=1)  # a build asks for the bytes, and several times for their hash
def render(architecture: Architecture) -> bytes:
    """Give the canonical bytes of everything the files say."""
    dumped = {
        section: {
            id: record.model_dump(mode="json", by_alias=False, exclude_defaults=True)
            for id, record in architecture.records[section].items()
        }
        for section in SECTIONS
    }
    relations = [
        relation.model_dump(mode="json", by_alias=False, exclude_defaults=True) for relation in architecture.relations
    ]
    head = architecture.head.model_dump(mode="json", by_alias=False, exclude_defaults=True)
    return canonical({"architecture": head, **dumped, "relations": relations})


def sha256(architecture: Architecture) -> str:
    """Give the hash of the model."""
    return hashlib.sha256(render(architecture)).hexdigest()
