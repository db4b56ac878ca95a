"""What is left of one record: ids that went are dropped, texts that tell of them replaced, some fields made blank."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from kientruc.messages import text
from kientruc.model.record import Frozen, Record
from kientruc.model.values import Access
from kientruc.source import Span

# Draft guide of 13/9/2026, part A, VII.3 b: no accounts, no administration, no detailed configuration in public; who to
# call, how a system is protected and what its protection still lacks are read as such, and so are people below leaders.
WITHHELD: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "elements": frozenset(
            ("technical_contact", "data_protection_officer", "security_level", "level_dossier", "continuity")
        ),
        "relations": frozenset(("contact", "protection")),
        "organisations": frozenset(("people",)),
        "comments": frozenset(("person",)),
        "evidence": frozenset(("file", "sha256")),
    }
)
ABOUT = frozenset(("about", "subjects", "of"))  # a record all of whose subjects went goes with them
IN_OWN_SPACE: Mapping[str, str] = MappingProxyType(
    {"component": "components", "states": "states", "in_state": "states", "state": "states"}
)
ID = "id"  # the field of a record that went because its id names what went
GONE: Any = object()  # stands for what cannot stay
R = TypeVar("R", bound=Record)


class Withheld(NamedTuple):
    """A text that was replaced: of which record, in which field, and where its author finds it."""

    section: str
    id: str
    field: str
    span: Span | None


class Redaction:
    """Goes through records, and notes what it dropped and replaced.

    Args:
        access: for whom the records are.
        shared: ids that went, of the space that most records share.
        own: ids that went, of the sections with a space of their own.
        untold: tells whether a text may not be told.
    """

    def __init__(
        self,
        access: Access,
        shared: frozenset[str],
        own: Mapping[str, frozenset[str]],
        untold: Callable[[str], bool],
    ) -> None:
        self.access, self.shared, self.own, self.untold = access, shared, own, untold
        self.references = 0
        self.withheld: list[Withheld] = []
        self._record: Record | None = None
        self._told: dict[str, bool] = {}

    def record(self, record: R, kept: Collection[str] = ()) -> R:
        """Give a record as it may be told, without its places in files; GONE where it cannot stand any more.

        Args:
            kept: fields that stay as they are.
        """
        self._record = record
        found: R = self._frozen(record, (), frozenset(("id", "source_id", "target", *kept)))
        return found

    def _frozen(self, value: Frozen, path: tuple[str | int, ...], kept: frozenset[str] = frozenset()) -> Any:
        if isinstance(value, Record) and path:  # a conclusion inside its hearing
            if not self.access.admits(value.access):
                return GONE
            kept = frozenset(("id",))
        fields, closed = type(value).model_fields, _closed(type(value))
        hidden = WITHHELD.get(getattr(type(value), "section", "elements"), frozenset())
        hidden = hidden if self.access is Access.PUBLIC else frozenset()
        new: dict[str, Any] = {"origin": None, "extra": {}} if isinstance(value, Record) else {}
        said = value.model_fields_set - new.keys() - kept
        for name in (one for one in fields if one in said):  # in their order: the author reads what was replaced
            old = getattr(value, name)
            own = self.own.get(IN_OWN_SPACE.get(name, ""), self.shared)
            now = GONE if name in hidden else self._value(old, (*path, name), own, name not in closed)
            if now is GONE or (name in ABOUT and old and not now):
                if fields[name].is_required() or name in ABOUT:
                    return GONE
                now = fields[name].get_default(call_default_factory=True)
            if now is not old:
                new[name] = now
        return value.model_copy(update=new) if new else value

    def _value(self, value: Any, path: tuple[str | int, ...], gone: frozenset[str], free: bool) -> Any:
        """Go through a value; `free` where its texts are anybody's words, not words of a fixed list."""
        if type(value) is str:
            return self._str(value, path, gone, free)
        if isinstance(value, tuple):
            items = (self._value(one, (*path, at), gone, free) for at, one in enumerate(value))
            return tuple(one for one in items if one is not GONE)
        if isinstance(value, dict):
            return self._dict(value, path, gone, free)
        return self._frozen(value, path) if isinstance(value, Frozen) else value

    def _dict(self, value: dict[str, Any], path: tuple[str | int, ...], gone: frozenset[str], free: bool) -> Any:
        if path[-1] == "provenance" and self.access is Access.PUBLIC:
            value = {key: old for key, old in value.items() if WITHHELD["elements"].isdisjoint(key.split("."))}
        left = {}
        for key, old in value.items():
            untold = key in gone or self._is_untold(key)
            now = GONE if untold else self._value(old, (*path, key), gone, free)
            if now is GONE:
                self.references += untold
            else:
                left[key] = now
        return left

    def _str(self, value: str, path: tuple[str | int, ...], gone: frozenset[str], free: bool) -> Any:
        if value in gone:
            self.references += 1
            return GONE
        if not free or not self._is_untold(value):
            return value
        if "fields" in path:
            return GONE
        record = self._record
        assert record is not None
        where = ".".join(str(part).rstrip("_") for part in path)
        self.withheld.append(Withheld(record.section, record.id, where, record.span(*path)))
        return text("cut.withheld", "en" if str(path[-1]).endswith("_en") else "vi")

    def _is_untold(self, value: str) -> bool:
        if value not in self._told:
            self._told[value] = self.untold(value)
        return self._told[value]


@cache
def _closed(model: type[Frozen]) -> frozenset[str]:
    """Name the fields that hold nothing but words of a fixed list."""
    return frozenset(name for name, field in model.model_fields.items() if "Literal[" in repr(field.annotation))
