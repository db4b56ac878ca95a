"""What the colour of a box means: a mark, a letter that stands for it in print, and the legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from kientruc.messages import text
from kientruc.model.element import Element
from kientruc.model.kinds import Kind
from kientruc.model.record import Unknown
from kientruc.model.values import Access, Certainty, Treatment
from kientruc.model.verbs import Verb
from kientruc.model.view_request import Colouring, Grouping
from kientruc.views.choice import Material
from kientruc.views.marks import mark
from kientruc.views.picture import LegendEntry, Mark
from kientruc.views.words import label

CATEGORIES = (
    *(Mark.FIRST, Mark.SECOND, Mark.THIRD, Mark.FOURTH),
    *(Mark.FIFTH, Mark.SIXTH, Mark.SEVENTH, Mark.EIGHTH),
)
STEPS = (Mark.STEP_1, Mark.STEP_2, Mark.STEP_3, Mark.STEP_4, Mark.STEP_5)
UNSAID, UNKNOWN = "\0unsaid", "\0unknown"  # no value that a file can hold
ORDERED: Mapping[Colouring, tuple[tuple[str, Mark], ...]] = {
    Colouring.SECURITY_LEVEL: tuple((str(level), step) for level, step in enumerate(STEPS, 1)),
    Colouring.ACCESS: tuple(zip(Access, (Mark.STEP_1, Mark.STEP_3, Mark.STEP_5), strict=True)),
    Colouring.CERTAINTY: (
        *((Certainty.STATED, Mark.PRESENT), (Certainty.DERIVED, Mark.OBSERVED)),
        *((Certainty.ASSUMED, Mark.ASSUMED), (Certainty.DOUBTFUL, Mark.MISSING)),
    ),
    Colouring.TREATMENT: tuple(zip(Treatment, CATEGORIES, strict=False)),
}  # meanings whose values are few and known
LETTERED = (Colouring.TREATMENT, Colouring.OWNER, Colouring.OPERATOR, Colouring.PHASE, Colouring.KIND)
Value = Callable[[Element], str]


@dataclass(frozen=True, slots=True)
class Colours:
    """Mark, letter and words for each value that occurs, and how an element's value is read from its `field`."""

    value: Value
    marks: Mapping[str, LegendEntry]
    field: str = "states"

    def of(self, element: Element) -> LegendEntry:
        """Give how an element is shown."""
        return self.marks[self.value(element)]

    @property
    def legend(self) -> tuple[LegendEntry, ...]:
        """Give what occurs, each once."""
        return tuple(dict.fromkeys(self.marks.values()))


def colours(material: Material, elements: Iterable[Element], by: Colouring = Colouring.STATE) -> Colours:
    """Give each value that these elements have its mark: known values theirs, others by how often they occur."""
    value, field = reader(material, by), "states" if by is Colouring.STATE else field_of(by)
    counted = Counter(map(value, elements))
    if by is Colouring.STATE:
        marks = {str(one): LegendEntry(one, text(f"mark.{one.value}", material.lang)) for one in Mark if one in counted}
        return Colours(value, marks)
    known = dict(ORDERED.get(by, ()))
    named = [one for one in known if one in counted] if known else _frequent(counted)
    found: dict[str, LegendEntry] = {}
    for at, one in enumerate(named):
        badge = ascii_uppercase[at] if by in LETTERED else one if by is Colouring.SECURITY_LEVEL else ""
        found[one] = LegendEntry(known.get(one) or CATEGORIES[at], words(material, by, one), badge)
    other = LegendEntry(Mark.OTHER, text("colour.other", material.lang))
    for one in counted:
        if one == UNSAID:
            found[one] = LegendEntry(Mark.UNSAID, text("colour.unsaid", material.lang))
        elif one == UNKNOWN:
            found[one] = LegendEntry(Mark.MISSING, text("colour.unknown", material.lang), "?")
        elif one not in found:
            found[one] = other
    order = [*named, *(one for one in counted if one not in named)]
    return Colours(
        value, {one: found[one] for one in sorted(counted, key=lambda one: (_last(one), order.index(one)))}, field
    )


def reader(material: Material, by: Colouring) -> Value:
    """Make the function that gives an element's value of a meaning."""
    if by is Colouring.STATE:
        return lambda element: mark(material.architecture, element)
    if by is Colouring.CERTAINTY:
        return lambda element: element.certainty
    if by is Colouring.PHASE:
        return lambda element: phase(material, element)
    field = field_of(by)
    whole = field in ("owner", "security_level")  # a part without its own word follows its whole

    def read(element: Element) -> str:
        held = material.graph.held(element.id, field) if whole else None
        value = held.value if held else material.graph.value(element, field)
        return UNSAID if value is None else UNKNOWN if isinstance(value, Unknown) else str(value)

    return read


def field_of(by: Colouring | Grouping) -> str:
    """Name the field that a meaning is read from."""
    return by.value.replace("-", "_")


def phase(material: Material, element: Element) -> str:
    """Give the stage of the first task that delivers an element, in the order of the tasks' ids."""
    tasks = material.architecture.records["tasks"]
    for id in material.graph.neighbours(element.id, Verb.DELIVERS, back=True):
        stage = tasks[id].stage if id in tasks else None
        if stage is not None:
            return UNKNOWN if isinstance(stage, Unknown) else str(stage)
    return UNSAID


def words(material: Material, by: Colouring, value: str) -> str:
    """Say a value in words."""
    lang = material.lang
    match by:
        case Colouring.OWNER | Colouring.OPERATOR:
            return label(material.architecture, value, lang)
        case Colouring.KIND:
            return next(kind.in_(lang) for kind in Kind if kind == value)
        case Colouring.SECURITY_LEVEL:
            return text("colour.level", lang, level=value)
        case Colouring.PHASE:
            return value
        case _:
            return text(f"{by.value}.{value}", lang)


def _frequent(counted: Counter[str]) -> list[str]:
    """Give the values that get a mark of their own, the most frequent first."""
    named = [one for one in counted if one not in (UNSAID, UNKNOWN)]
    return sorted(named, key=lambda one: (-counted[one], one))[: len(CATEGORIES)]


def _last(value: str) -> int:
    return (UNKNOWN, UNSAID).index(value) + 1 if value in (UNKNOWN, UNSAID) else 0
