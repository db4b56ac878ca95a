"""How large and how deep an input may be; an operator may raise the limits, an input never."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets of one load. Sizes are in bytes on disk, lengths in characters, the rest are counts."""

    file_bytes: int = 16 * MIB
    total_bytes: int = 64 * MIB
    files: int = 5_000
    depth: int = 32
    nodes: int = 1_000_000  # in one file; no file of 16 MiB that people write comes near
    scalar: int = 64 * 1024
    key: int = 200
    include_depth: int = 8
    elements: int = 200_000
    relations: int = 1_000_000
    findings: int = 1_000  # kept of each weight, the rest are counted


DEFAULT = Limits()
