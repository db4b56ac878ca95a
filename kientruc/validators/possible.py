"""Conditions that decide nothing: what a field can never hold, operators that do not fit it, parts that contradict.

A mistyped condition that narrows a requirement would otherwise widen it, or empty it, in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Words
from kientruc.graph.verb_groups import steps
from kientruc.model.architecture import SINGULAR
from kientruc.model.kinds import Kind
from kientruc.model.verbs import groups_of
from kientruc.validators.sorts import Sort, sorts
from kientruc.validators.words import Values

if TYPE_CHECKING:
    from kientruc.validators.conditions import Condition, Related

NUMBERS, DAYS, LENGTHS = ("lt", "le", "gt", "ge"), ("before", "after"), ("min_len", "max_len")
ANY_OF = ("in_", "not_in", "has_all", "has_any")
Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """One thing that decides nothing: its code, where it is below the condition, and what fills its sentence."""

    code: str
    path: Path
    values: dict[str, str]


class Scope(NamedTuple):
    """What is known of the records a condition is asked of; no kinds: any."""

    section: str
    kinds: frozenset[Kind] = frozenset(Kind)
    words: Words | None = None
    path: Path = ()

    def at(self, *path: str | int) -> Scope:
        """Go down into a condition."""
        return self._replace(path=(*self.path, *path))


def refuse(faults: Iterable[Fault]) -> None:
    """Stop the reading of a check if there is any fault; the reader of editions tells each with its place.

    Raises:
        PydanticCustomError: of the type "faults".
    """
    found = [(fault.code, fault.path, fault.values) for fault in faults]
    if found:
        raise PydanticCustomError("faults", "", {"faults": found})


def faults(condition: Condition, scope: Scope) -> Iterator[Fault]:
    """Find what can never hold, or always holds, in a condition."""
    if condition.all is not None or condition.any is not None:
        name, parts = ("all", condition.all) if condition.all is not None else ("any", condition.any)
        if not parts:
            yield Fault("E-NEVER", (*scope.path, name), {"found": name})
        if name == "all":
            yield from _contradictions(condition, scope)
            scope = scope._replace(kinds=_narrowed(condition, scope.kinds))
        for index, part in enumerate(parts or ()):
            if name == "any" or part.kind is None:  # what kinds an `all` leaves has been asked above
                yield from faults(part, scope.at(name, index))
    elif condition.not_ is not None:
        yield from faults(condition.not_, scope.at("not"))
    elif condition.related is not None:
        yield from _related(condition.related, scope.at("related"))
    elif condition.named is not None:
        if condition.named.where:
            inner = Scope(condition.named.section, words=scope.words, path=(*scope.path, "named", "where"))
            yield from faults(condition.named.where, inner)
    elif condition.kind is not None and scope.kinds.isdisjoint(condition.kind):
        yield Fault("E-NEVER", (*scope.path, "kind"), {"found": ", ".join(condition.kind)})
    elif condition.prop is not None:
        yield from _prop(condition, scope)


def _prop(condition: Condition, scope: Scope) -> Iterator[Fault]:
    name, operator = str(condition.prop), condition.operator
    first = name.partition(".")[0]
    owners = [kind for kind in Kind if first in kind.own_fields]
    if scope.section == "elements" and owners and scope.kinds.isdisjoint(owners):
        yield Fault("E-NEVER", (*scope.path, "prop"), {"found": name})
        return
    known = sorts(scope.section, name)
    if operator == "is_" or not known or any(sort.name == "other" for sort in known):
        return
    fitting = [sort for sort in known if _fits(operator, sort)]
    written = operator.rstrip("_")
    if not fitting:
        values = {"operator": written, "field": name, "found": "|".join(dict.fromkeys(sort.name for sort in known))}
        yield Fault("E-OPERATOR", (*scope.path, written), values)
        return
    yield from _literals(condition, name, fitting, scope)


def _fits(operator: str, sort: Sort) -> bool:
    """Tell whether an operator can hold for a value of a sort: strict types, as conditions compare."""
    if operator in ("has_all", "has_any"):
        return sort.name != "day"
    if operator in LENGTHS:
        return sort.many or sort.name in ("text", "words")
    if sort.many:
        return False
    if operator in NUMBERS:
        return sort.name == "number"
    if operator in DAYS:
        return sort.name == "day"
    return sort.name in ("text", "words") if operator == "matches" else sort.name != "day"


def _literals(condition: Condition, name: str, known: list[Sort], scope: Scope) -> Iterator[Fault]:
    operator, wanted = condition.operator, getattr(condition, condition.operator)
    written = operator.rstrip("_")
    literals = wanted.values if isinstance(wanted, Values) else (wanted,)
    if not literals:
        yield Fault("E-NEVER", (*scope.path, written), {"found": f"{name}: {written}"})
        return
    if operator in NUMBERS:
        if not any(_reaches(operator, wanted, sort) for sort in known):
            yield Fault("E-LITERAL", (*scope.path, written), _values(wanted, name, known))
        return
    if operator not in (*ANY_OF, "eq", "ne"):
        return
    wrong = [index for index, one in enumerate(literals) if not any(sort.takes(one) for sort in known)]
    if isinstance(wanted, Values) and wanted.named and len(wrong) < len(literals):
        return  # a list of the edition may be wider than one field
    for index in wrong:
        at: Path = (written, index) if isinstance(wanted, Values) and not wanted.named else (written,)
        yield Fault("E-LITERAL", (*scope.path, *at), _values(literals[index], name, known))


def _values(found: object, name: str, known: list[Sort]) -> dict[str, str]:
    words = [word for sort in known for word in sort.words]
    bounds = [f"{sort.low}–{sort.high}" for sort in known if sort.low is not None]
    allowed = ", ".join((*words, *bounds)) or ", ".join(dict.fromkeys(sort.name for sort in known))
    return {"found": str(found), "field": name, "allowed": allowed, "known": "\0".join(words)}


def _reaches(operator: str, bound: int, sort: Sort) -> bool:
    low, high = _range(operator, bound)
    return (sort.high is None or low is None or low <= sort.high) and (
        sort.low is None or high is None or high >= sort.low
    )


def _range(operator: str, bound: int) -> tuple[int | None, int | None]:
    match operator:
        case "ge":
            return bound, None
        case "gt":
            return bound + 1, None
        case "le":
            return None, bound
        case _:
            return None, bound - 1


@dataclass(slots=True)
class _Wanted:
    """What the parts of an `all` ask of one field."""

    among: list[frozenset[Any]] = field(default_factory=list)
    not_among: set[Any] = field(default_factory=set)
    low: int | None = None
    high: int | None = None
    presence: set[str] = field(default_factory=set)
    compared: bool = False

    def take(self, condition: Condition) -> None:
        from kientruc.validators.deciding import key

        operator, wanted = condition.operator, getattr(condition, condition.operator)
        if operator == "is_":
            self.presence.add(wanted)
            return
        self.compared = True
        literals = wanted.values if isinstance(wanted, Values) else (wanted,)
        if operator in ("eq", "in_"):
            self.among.append(frozenset(key(one) for one in literals))
        elif operator in ("ne", "not_in"):
            self.not_among |= {key(one) for one in literals}
        elif operator in NUMBERS:
            low, high = _range(operator, wanted)
            self.low = max((one for one in (self.low, low) if one is not None), default=None)
            self.high = min((one for one in (self.high, high) if one is not None), default=None)

    @property
    def contradicts(self) -> bool:
        """Whether no value can meet it all."""
        if len(self.presence - {"set"}) + self.compared > 1 or {"set", "unset"} <= self.presence:
            return True
        if self.low is not None and self.high is not None and self.low > self.high:
            return True
        if not self.among:
            return False
        left = frozenset.intersection(*self.among) - self.not_among
        return not any(self._within(one) for _, one in left)

    def _within(self, value: object) -> bool:
        if self.low is None and self.high is None:
            return True
        number = value if isinstance(value, int) else 0
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


def _contradictions(condition: Condition, scope: Scope) -> Iterator[Fault]:
    """Find parts of an `all` that cannot hold together; it is told at the part that no longer fits."""
    fields: dict[str, _Wanted] = {}
    kinds, roles = scope.kinds, None
    parts = list(_parts(condition, scope.path))
    for part, path in parts:
        if part.prop is not None:
            wanted = fields.setdefault(part.prop, _Wanted())
            before = wanted.contradicts
            wanted.take(part)
            if wanted.contradicts and not before:
                yield Fault("E-NEVER", path, {"found": part.prop})
        elif part.kind is not None:
            left = kinds & frozenset(part.kind)
            if not left:
                yield Fault("E-NEVER", path, {"found": "kind"})
            kinds = left or kinds
        elif part.role is not None and scope.words is not None:
            closed = frozenset(scope.words.kinds_of(part.role))
            if roles is not None and roles.isdisjoint(closed):
                yield Fault("E-NEVER", path, {"found": "role"})
            roles = closed if roles is None else roles & closed
        elif part.not_ is not None and any(part.not_ == other for other, _ in parts):
            yield Fault("E-NEVER", path, {"found": "not"})


def _parts(condition: Condition, path: Path) -> Iterator[tuple[Condition, Path]]:
    for index, part in enumerate(condition.all or ()):
        if part.all is not None:
            yield from _parts(part, (*path, "all", index))
        else:
            yield part, (*path, "all", index)


def _narrowed(condition: Condition, kinds: frozenset[Kind]) -> frozenset[Kind]:
    for part, _ in _parts(condition, ()):
        if part.kind is not None:
            kinds = kinds & frozenset(part.kind) or kinds
    return kinds


def _related(related: Related, scope: Scope) -> Iterator[Fault]:
    if related.min <= 0:
        yield Fault("E-NEVER", (*scope.path, "min"), {"found": f"min: {related.min}"})
    theirs = frozenset(related.kind) if related.kind else frozenset(Kind)
    here = _ends(scope.section, scope.kinds)
    there = _ends(related.section, theirs)
    if here and there and not (related.far or related.of_parts) and not _joined(related, here, there):
        yield Fault("E-NEVER", (*scope.path, "via"), {"found": ", ".join(related.via)})
    if related.where:
        yield from faults(related.where, Scope(related.section, theirs, scope.words, (*scope.path, "where")))


def _ends(section: str, kinds: frozenset[Kind]) -> list[frozenset[str]]:
    """Give the groups by which the table of verbs knows the records of a section; nothing where it does not."""
    if section == "elements":
        return [kind.groups for kind in Kind if kind in kinds]
    return [groups_of(SINGULAR[section])] if section in SINGULAR else []


def _joined(related: Related, here: list[frozenset[str]], there: list[frozenset[str]]) -> bool:
    for verb, against in steps(related.via):
        ends = (there, here) if against is (related.dir == "out") else (here, there)
        if any(verb.joins(source, target) for source in ends[0] for target in ends[1]):
            return True
    return False
