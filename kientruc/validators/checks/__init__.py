"""The kinds of check: one file each, one name each in this register; editions and docs all read it."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from kientruc.validators.check import Check

KINDS = (
    "acyclic",
    "aggregate",
    "chain",
    "cited_date",
    "columns",
    "compare_along",
    "compare_props",
    "count",
    "coverage",
    "delta",
    "diagrams",
    "evidence",
    "exchange_props",
    "exchanged_data",
    "forbid_relation",
    "held_once",
    "in_force",
    "manual",
    "mapped",
    "no_text",
    "passes_through",
    "reach",
    "readiness",
    "require_props",
    "require_relation",
    "route",
    "sections",
    "timeline",
    "treatments",
    "unique",
    "unknowns",
    "when_then",
)


def check_class(kind: str) -> type[Check]:
    """Give the class of a kind: in the file of that name, and named like it.

    Raises:
        KeyError: there is no such kind.
    """
    if kind not in KINDS:  # it comes out of a file that somebody wrote: nothing else may be imported by it
        raise KeyError(kind)
    found: type[Check] = getattr(import_module(f"{__name__}.{kind}"), kind.title().replace("_", ""))
    return found


class Reader:
    """Reads lists of checks. Only kinds that an edition names are imported: most name a third of them, or less."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()
        self._adapter: TypeAdapter[Any] | None = None

    def of(self, kinds: Collection[str]) -> TypeAdapter[Any]:
        """Give what reads lists of these kinds, perhaps of others too; of all, where there is none or it is no kind."""
        wanted = set(kinds) if kinds and set(kinds).issubset(KINDS) else set(KINDS)
        if self._adapter is None or not wanted <= self._kinds:
            self._kinds |= wanted
            classes = tuple(check_class(kind) for kind in sorted(self._kinds))
            one: Any = Union[classes]  # noqa: UP007  # the union of a tuple
            several = Annotated[one, Field(discriminator="kind")] if len(classes) > 1 else one
            self._adapter = TypeAdapter(tuple[several, ...])  # type: ignore[valid-type]
        return self._adapter

    def validate_python(self, checks: Collection[Any], *, context: object = None) -> tuple[Check, ...]:
        """Read one list."""
        made: tuple[Check, ...] = self.of([one["kind"] for one in checks]).validate_python(checks, context=context)
        return made


CHECKS = Reader()
