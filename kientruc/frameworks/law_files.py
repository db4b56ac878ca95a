"""Reads what files say of law: the register that all editions share, then an edition's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from kientruc.finding import Finding
from kientruc.frameworks.folder import Files
from kientruc.frameworks.law import LawRegister
from kientruc.frameworks.reader import EditionError, keyed, nearest, unknown, validated
from kientruc.frameworks.shelf import common
from kientruc.model.legal import LegalDocument, Source
from kientruc.model.record import adapter
from kientruc.reading.tree import Mapping as Written

Law = tuple[LawRegister, Mapping[str, Source]]


@cache
def common_law() -> Law:
    """Give the one register of law and the sources it was seen in, which every edition reads before its own."""
    return _register(common("law.yaml")[0], {}, {})


def read_law(files: Files, law: LawRegister, sources: Mapping[str, Source]) -> Law:
    """Add an edition's own `law.yaml`, where it has one, to what is known below it."""
    return _register(files["law.yaml"][0], law.documents, sources) if "law.yaml" in files else (law, sources)


def _register(top: Any, documents: Mapping[str, LegalDocument], known_sources: Mapping[str, Source]) -> Law:
    """Add what one file says of law to what is known; the file has the word."""
    for key in top:
        if key not in ("sources", "legal"):
            values = {"key": key, "near": nearest(key, ("sources", "legal"))}
            raise EditionError([Finding("E-KEY", top.key_span(key), values)])
    own_sources: dict[str, Source] = _records(top, "sources", Source)
    legal: dict[str, LegalDocument] = _records(top, "legal", LegalDocument)
    sources, every = {**known_sources, **own_sources}, {**documents, **legal}
    wrong = [
        unknown(name, what, known, top["legal"].span(id, field))
        for id, document in legal.items()
        for what, known, field, names in (
            ("source", sources, "source", document.sources),
            ("document", every, "amends", document.amends),
            ("document", every, "replaces", document.replaces),
            ("document", every, "replaced_by", document.replaced_by),
        )
        for name in names
        if name not in known
    ]
    if wrong:
        raise EditionError(wrong)
    return LawRegister({id: every[id] for id in sorted(every)}), sources


def _records(top: Any, section: str, model: type[Any]) -> dict[str, Any]:
    node = top.get(section)
    if node is None:
        return {}
    if not isinstance(node, Written):
        values = {"field": section, "found": str(node)[:60], "expected": "type.mapping"}
        raise EditionError([Finding("E-TYPE", top.span(section), values)])
    found: dict[str, Any] = validated(adapter(dict[str, model]), keyed(node), node)  # type: ignore[valid-type]
    return found
