"""The verbs that join things, written on the source, and which ends each may join: one table of data."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from kientruc.model.kinds import Kind

SYSTEMS = "application platform"
CALLABLE = "software service"
MOVERS = "software data_store device node infra_service"


class Verb(StrEnum):
    """What a source does to a target.

    A row is: key, then the legal pairs as "sources > targets; sources > targets" in kinds, groups of kinds
    (`Kind.groups`) and sections in the singular, then the Vietnamese and the English reading between source and
    target. `same` as a target means the kind of the source. Source: the metamodel notes, checked against ArchiMate
    3.2, Appendix B.
    """

    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]
    vi: str
    en: str

    def __new__(cls, key: str, pairs: str, vi: str, en: str) -> Verb:
        """Make a member whose value is its key."""
        verb = str.__new__(cls, key)
        verb._value_ = key
        verb.vi, verb.en = vi, en
        rows = (row.split(">") for row in pairs.split(";"))
        verb.pairs = tuple((frozenset(sources.split()), frozenset(targets.split())) for sources, targets in rows)
        return verb

    def in_(self, lang: str) -> str:
        """Give its reading in a language."""
        return self.en if lang == "en" else self.vi

    USES = (
        "uses",
        f"user_group > channel {CALLABLE}; channel > {CALLABLE}; behaviour public_service > {CALLABLE} behaviour;"
        f" software > {CALLABLE} technology_layer; technology_layer > technology_layer; component > component",
        "sử dụng",
        "uses",
    )
    SENDS = "sends", f"{MOVERS} > {MOVERS}", "gửi dữ liệu tới", "sends data to"
    READS = "reads", "software behaviour public_service > data_layer", "đọc", "reads"
    WRITES = "writes", "software behaviour public_service > data_layer", "ghi", "writes"
    CONNECTS = "connects", "technology_layer software > technology_layer software", "kết nối với", "is connected to"
    PART_OF = (
        "part_of",
        f"element > same; software data_layer > {SYSTEMS}; information > data_store;"
        " technology_layer > site network node; software > portal_service shared_service; goal > goal; task > task",
        "là một phần của",
        "is part of",
    )
    REALISES = (
        "realises",
        "element > principle goal legal; software process function > service behaviour channel;"
        " data_store > information; node site infra_service > infra_service; component > principle goal; task > goal",
        "hiện thực hóa",
        "realises",
    )
    HOSTED_ON = "hosted_on", "software data_store > node site infra_service platform", "đặt tại", "is hosted on"
    DEPENDS_ON = "depends_on", "element > element; component > component", "phụ thuộc vào", "depends on"
    INHERITS = "inherits", "element > same", "kế thừa từ", "inherits from"
    DUPLICATES = "duplicates", f"element > same; {SYSTEMS} > {SYSTEMS}", "trùng lặp với", "duplicates"
    ASSIGNED_TO = (
        "assigned_to",
        "behaviour channel user_group > organisation user_group behaviour public_service",
        "được giao cho",
        "is assigned to",
    )
    SERVES = (
        "serves",
        f"service channel {SYSTEMS} function > user_group organisation; channel > {CALLABLE}; component > component",
        "phục vụ",
        "serves",
    )
    DELIVERS = "delivers", "task > element", "tạo ra", "delivers"
    COVERS = "covers", "task > assessment content element", "xử lý", "covers"
    WAITS_FOR = "waits_for", "task > task milestone", "chờ", "waits for"

    def joins(self, source: frozenset[str], target: frozenset[str]) -> bool:
        """Tell whether this verb may go from a thing with these groups to one with those."""
        return any(
            not source.isdisjoint(sources)
            and (not target.isdisjoint(targets) or ("same" in targets and bool(source & target & _KEYS)))
            for sources, targets in self.pairs
        )

    def targets_from(self, source: frozenset[str]) -> Iterator[str]:
        """Name, in table order, every kind or section this verb may reach from a source with these groups."""
        for name in TARGETS:
            if self.joins(source, groups_of(name)):
                yield name


_KEYS = frozenset(kind.value for kind in Kind)
SECTION_ENDS = ("organisation", "component", "principle", "goal", "legal", "assessment", "content", "task", "milestone")
TARGETS = (*(kind.value for kind in Kind), *SECTION_ENDS)
_GROUPS = {kind.value: kind.groups for kind in Kind} | {name: frozenset((name,)) for name in SECTION_ENDS}


def groups_of(name: str) -> frozenset[str]:
    """Give the groups of a kind or of a section's singular name."""
    return _GROUPS[name]
