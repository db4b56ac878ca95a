"""The condition grammar of requirements: closed, bounded, three-valued; nothing in it can run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kientruc.frameworks.vocabulary import Late
from kientruc.graph import VERB_GROUPS
from kientruc.model.kinds import Kind
from kientruc.model.planning import StateRole
from kientruc.model.values import Day
from kientruc.model.verbs import Verb
from kientruc.validators.words import (
    FIELDS,
    FieldName,
    RoleNames,
    Scalar,
    SectionName,
    Values,
    listed,
    several,
    unknown_word,
)

MAX_DEPTH, MAX_NODES = 6, 64
FORMS = ("all", "any", "not_", "prop", "kind", "role", "state", "related", "named", "sourced")
Operator = Literal[
    "is_", "eq", "ne", "in_", "not_in", "lt", "le", "gt", "ge", "before", "after", "min_len", "max_len",
    "has_all", "has_any", "matches",
]  # fmt: skip
OPERATORS: tuple[Operator, ...] = get_args(Operator)
Path = tuple[str | int, ...]
Kinds = Annotated[tuple[Kind, ...], BeforeValidator(listed)]  # "@list" stands for the kinds of a list


def _via(name: str) -> str:
    known = (*VERB_GROUPS, *(verb.value for verb in Verb))
    if name not in known:
        raise unknown_word(name, "verb", known)
    return name


def _pattern(pattern: str) -> str:
    """Accept what RE2 accepts: no lookaround, no backreference, time linear in the text whatever the pattern."""
    import re2  # only the editions that use patterns pay for it

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        raise PydanticCustomError("pattern", "", {"expected": f"RE2: {error}"}) from None
    return pattern


Pattern = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_pattern)]
Vias = Annotated[tuple[Annotated[str, AfterValidator(_via)], ...], BeforeValidator(several)]


class Condition(Late):
    """One condition: exactly one of its forms, and with `prop` exactly one operator.

    A comparison with a missing value is not satisfied, whichever way it goes; ask `is: unset` for what is missing.
    A value declared unknown makes a comparison undecided. `named` asks whether a paper, a gap or a request names
    the record, `sourced` whether a sourcing is of the record, or of what it delivers. Types are strict: "3" is not
    3. Words compare in NFC without regard to case and spacing.
    """

    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = Field(default=None, alias="not")
    prop: FieldName | None = None
    kind: Kinds | None = None
    role: RoleNames | None = None
    state: StateRole | None = None
    related: Related | None = None
    named: Named | None = None
    sourced: Literal[True] | None = None

    is_: Literal["set", "unset", "unknown"] | None = Field(default=None, alias="is")
    eq: Scalar | None = None
    ne: Scalar | None = None
    in_: Values | None = Field(default=None, alias="in")
    not_in: Values | None = None
    lt: StrictInt | None = None
    le: StrictInt | None = None
    gt: StrictInt | None = None
    ge: StrictInt | None = None
    before: Day | None = None
    after: Day | None = None
    min_len: StrictInt | None = None
    max_len: StrictInt | None = None
    has_all: Values | None = None
    has_any: Values | None = None
    matches: Pattern | None = None

    @model_validator(mode="before")
    @classmethod
    def _by_name(cls, data: Any, info: ValidationInfo) -> Any:
        """Put a condition of the edition's vocabulary in the place of its name, "@name"."""
        if not (isinstance(data, str) and data.startswith("@")):
            return data
        known = info.context.conditions if info.context else {}
        if data[1:] not in known:
            raise unknown_word(data, "condition", (f"@{id}" for id in known))
        return known[data[1:]].is_

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        forms = [name for name in FORMS if getattr(self, name) is not None]
        operators = [name for name in OPERATORS if getattr(self, name) is not None]
        if len(forms) != 1 or len(operators) != (forms[0] == "prop"):
            raise PydanticCustomError("one_form", "", {"expected": "|".join(name.rstrip("_") for name in FORMS)})
        return self

    def children(self) -> tuple[Condition, ...]:
        """Give the conditions it is made of."""
        return tuple(child for child, _ in self.parts())

    def parts(self) -> Iterator[tuple[Condition, Path]]:
        """Give the conditions it is made of, and where each is below it."""
        for name in ("all", "any"):
            for index, child in enumerate(getattr(self, name) or ()):
                yield child, (name, index)
        if self.not_:
            yield self.not_, ("not",)

    @property
    def operator(self) -> Operator:
        """The operator of a `prop`."""
        return next(name for name in OPERATORS if getattr(self, name) is not None)

    def allowed(self, lang: str) -> str:
        """Say what a `prop` may be, for a message."""
        wanted = getattr(self, self.operator)
        signs = {"lt": "< ", "le": "≤ ", "gt": "> ", "ge": "≥ ", "ne": "≠ ", "before": "< ", "after": "> "}
        return wanted.shown(lang) if isinstance(wanted, Values) else signs.get(self.operator, "") + str(wanted)


class Related(Late):
    """One step along some verbs to a record of some sort, or to what it goes over.

    `over`: what relations of the record, and those that go over it, go over counts as well.

    `far`: any number of such steps, as from a system to the server it runs on, its data centre, and so on. What counts
    is what is there in the last submitted state that the element is in.

    `of_parts`: what a part of the record is joined to, the record is; parts that are somebody else's, or that have
    ended, do not count.
    """

    via: Vias
    dir: Literal["out", "in"] = "out"
    section: SectionName = "elements"
    kind: Kinds | None = None
    role: RoleNames | None = None
    where: Condition | None = None
    min: StrictInt = 1
    over: StrictBool = False
    far: StrictBool = False
    of_parts: StrictBool = False

    @model_validator(mode="after")
    def _fits(self) -> Related:
        if self.far and (self.over or self.min != 1 or self.section != "elements"):
            raise PydanticCustomError("one_form", "", {"expected": "far: min 1, elements, not over"})
        if self.of_parts and (self.far or self.over or self.dir == "in"):
            raise PydanticCustomError("one_form", "", {"expected": "of_parts: dir out, not far, not over"})
        return self


class Named(Late):
    """Whether a record of another section is about it."""

    section: Literal["evidence", "contents", "waiver_requests"]
    where: Condition | None = None


def measured(field: str, section: str, at: Path = ()) -> None:
    """Refuse a field, or what it begins with (`period.from`), that a section does not have."""
    if field.partition(".")[0] not in FIELDS[section]:
        raise unknown_word(field, "field", FIELDS[section], at)


def measure(condition: Condition, section: str, at: Path = ()) -> None:
    """Refuse a condition that is too large, or that asks a record of a section for what it does not have.

    Args:
        at: where the condition is, below the value that is being validated.
    """
    nodes = 0
    wave: list[tuple[Condition, int, str, Path]] = [(condition, 1, section, at)]
    while wave:
        one, depth, of, path = wave.pop()
        nodes += 1
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise PydanticCustomError("too_deep", "", {"expected": f"<= {MAX_DEPTH} / {MAX_NODES}", "path": path})
        if one.prop is not None:
            measured(one.prop, of, (*path, "prop"))
        if of != "elements" and (one.kind or one.role or (one.state and of != "relations")):
            raise PydanticCustomError("one_form", "", {"expected": "all|any|not|prop|related", "path": path})
        if one.related and one.related.where:
            wave.append((one.related.where, depth + 1, one.related.section, (*path, "related", "where")))
        if one.named and one.named.where:
            wave.append((one.named.where, depth + 1, one.named.section, (*path, "named", "where")))
        wave.extend((child, depth + 1, of, (*path, *below)) for child, below in one.parts())


def _measured(section: str) -> Callable[[Condition], Condition]:
    def check(condition: Condition) -> Condition:
        measure(condition, section)
        return condition

    return check


ElementCondition = Annotated[Condition, AfterValidator(_measured("elements"))]
RelationCondition = Annotated[Condition, AfterValidator(_measured("relations"))]
