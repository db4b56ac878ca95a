"""The forms an edition prescribes: tables with their fields, how ours turn into theirs, diagrams, the outline."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from kientruc.finding import Finding
from kientruc.frameworks.reader import EditionError, unknown, validated
from kientruc.frameworks.vocabulary import Bilingual, Late, Words
from kientruc.model.architecture import SECTIONS, Head
from kientruc.model.element import Relation
from kientruc.model.kinds import Kind
from kientruc.model.record import adapter
from kientruc.model.values import Line
from kientruc.model.verbs import Verb

SCHEME = "mau03"  # under which records keep the local codes of a form: no edition has another so far
CODE = f"codes.{SCHEME}"


class Duty(StrEnum):
    """How far a field, a diagram or a sheet is asked for. Source: the draft guide of 13/9/2026, A.III.3."""

    MANDATORY = "mandatory"
    IF_PRESENT = "if-present"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"
    WHEN_NEEDED = "when-needed"
    UPKEEP = "upkeep"  # mandatory once the framework is being maintained, not at its first issue


Applies = Literal["always", "reference", "original", "document", "exchange", "flow", "served", "in-layer", "commune"]


class FormField(Late):
    """One column of a form, and where we keep what stands in it.

    `field` is a dotted path into a record of `section`, by default the first of the form's; none where we hold
    nothing. What stands under `also` follows it in the same cell, what stands under `else` takes its place where it is
    silent. `crosswalk` turns what is there into a value of the form; `list` spells it. Of `places`, `.layer` is the
    place on top, `.component` the one below it, `.own` the place itself. `applies` tells a machine which rows `when`
    means; to the others the duty does not apply, and with `otherwise` they say so.
    """

    id: Line
    name: Bilingual
    duty: Duty
    when: Bilingual | None = None  # to which rows the duty applies; without it, to all
    applies: Applies | None = None
    otherwise: Literal["not-applicable"] | None = None
    section: Line | None = None
    field: Line | None = None
    also: tuple[Line, ...] = ()
    else_: Line | None = Field(default=None, alias="else")
    list: Line | None = None
    crosswalk: Line | None = None
    note: Bilingual | None = None


class Form(Late):
    """One table: its sheet, the sections its rows are made from (two where a row is a pair), its fields in order.

    `holds` says what a sheet without such rows is for.
    """

    name: Bilingual
    sheet: Line | None = None
    rows: tuple[Line, ...] = ()
    holds: Literal["guide", "lists", "dictionary", "history"] | None = None
    duty: Duty
    note: Bilingual | None = None
    fields: tuple[FormField, ...] = ()


class Crosswalk(Late):
    """Turns our kinds or verbs into the values of one of the form's lists; what has no value has no row.

    `back` says what a value becomes that several of ours turn into, or none: it is less than what was meant, perhaps.
    """

    name: Bilingual
    of: Line  # `kind` or `verb`
    list: Line
    values: dict[str, Line]
    back: dict[str, Line] = Field(default_factory=dict)
    turned: tuple[Line, ...] = ()  # verbs whose ends change places: the form wants the sender first
    left_out: dict[str, Bilingual] = Field(default_factory=dict)  # what gets no row of its own, and why


class Diagram(Late):
    """A diagram with its prescribed code. `of` names the types of framework it is mandatory for."""

    name: Bilingual
    shows: Bilingual
    duty: Duty
    of: tuple[Line, ...] = ()
    figure: Line | None = None


class Heading(Late):
    """One heading of the document, under another or on top.

    `tells` names what of an architecture stands below it, of objects only those at these `places` (patterns of ids),
    and only shared or only own ones; nothing is told where an architecture holds nothing for it.
    """

    code: Line
    name: Bilingual
    parent: Line | None = None
    tells: Line | None = None
    places: tuple[Line, ...] = ()
    shared: bool | None = None


class Prefix(Late):
    """Which records get local codes of a prefix: those of a section, if need be only references, or of some sharing."""

    prefix: Line
    of: Line
    reference: bool = False
    sharing: tuple[Line, ...] = ()


class Forms(Late):
    """The whole of `forms.yaml`; of `codes`, the first prefix that fits a record is the one of its code.

    `duties` is the list that has the form's words for `Duty`.
    """

    forms: dict[str, Form]
    duties: Line | None = None
    codes: tuple[Prefix, ...] = ()
    crosswalks: dict[str, Crosswalk] = Field(default_factory=dict)
    diagrams: dict[str, Diagram] = Field(default_factory=dict)
    outline: dict[str, Heading] = Field(default_factory=dict)


MODELS: Mapping[str, type[Any]] = {**SECTIONS, "relations": Relation, "architecture": Head}
CROSSED: Mapping[str, frozenset[str]] = {
    "kind": frozenset(kind.value for kind in Kind),
    "verb": frozenset(verb.value for verb in Verb),
}
TYPES = ("province", "ministry", "agency")


def load_forms(top: Any, words: Words) -> Forms:
    """Read the forms.

    Raises:
        EditionError: they have not the shape of forms, or something in them names what nobody knows.
    """
    forms: Forms = validated(adapter(Forms), top, top)
    duties = (forms.duties,) if forms.duties else ()
    wrong = [
        *_unknown(duties, "list", words.lists, top, ("duties",)),
        *_fields(forms, top, words),
        *_crosswalks(forms, top, words),
        *_others(forms, top),
    ]
    if wrong:
        raise EditionError(wrong)
    return forms


def _fields(forms: Forms, top: Any, words: Words) -> Iterator[Finding]:
    for id, form in forms.forms.items():
        yield from _unknown(form.rows, "section", MODELS, top, ("forms", id, "rows"))
        for index, field in enumerate(form.fields):
            at = ("forms", id, "fields", index)
            section = field.section or next(iter(form.rows), "")
            named = ((field.section, "section", form.rows, "section"), (field.list, "list", words.lists, "list"))
            own = (field.crosswalk, "crosswalk", forms.crosswalks, "crosswalk")
            for name, what, known, key in (*named, own):
                yield from _unknown((name,) if name else (), what, known, top, (*at, key))
            if section in MODELS:
                known_fields = {name.rstrip("_") for name in MODELS[section].model_fields} | CROSSED["verb"]
                for key, paths in (("field", (field.field,)), ("also", field.also), ("else", (field.else_,))):
                    names = tuple(path.partition(".")[0] for path in paths if path)
                    yield from _unknown(names, "field", known_fields, top, (*at, key))


def _crosswalks(forms: Forms, top: Any, words: Words) -> Iterator[Finding]:
    for id, crosswalk in forms.crosswalks.items():
        at = ("crosswalks", id)
        yield from _unknown((crosswalk.of,), "field", CROSSED, top, (*at, "of"))
        yield from _unknown((crosswalk.list,), "list", words.lists, top, (*at, "list"))
        known = CROSSED.get(crosswalk.of, frozenset())
        for key in ("values", "left_out"):
            for name in getattr(crosswalk, key):
                yield from _unknown((name,), crosswalk.of, known, top, (*at, key, name))
        yield from _unknown(tuple(crosswalk.back.values()), crosswalk.of, known, top, (*at, "back"))
        yield from _unknown(crosswalk.turned, crosswalk.of, known, top, (*at, "turned"))
        if crosswalk.list in words.lists:
            allowed = [str(value) for value in words.lists[crosswalk.list].values]
            for name, value in crosswalk.values.items():
                yield from _unknown((value,), crosswalk.list, allowed, top, (*at, "values", name))


def _others(forms: Forms, top: Any) -> Iterator[Finding]:
    for index, prefix in enumerate(forms.codes):
        yield from _unknown((prefix.of,), "section", SECTIONS, top, ("codes", index, "of"))
    for code, diagram in forms.diagrams.items():
        yield from _unknown(diagram.of, "type", TYPES, top, ("diagrams", code, "of"))
    for id, heading in forms.outline.items():
        parents = (heading.parent,) if heading.parent else ()
        yield from _unknown(parents, "heading", forms.outline, top, ("outline", id, "parent"))


def _unknown(names: tuple[str, ...], what: str, known: Any, top: Any, path: tuple[str | int, ...]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield unknown(name, what, known, top.span(*path))
