"""The form for comments as a body gets it: codes of the draft, what it says of them, and what was sent already."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kientruc.consultation import form
from kientruc.messages import text
from kientruc.model.approval import Answer, Comment, Round
from kientruc.model.architecture import Architecture
from kientruc.model.element import Element
from kientruc.model.record import Unknown
from kientruc.views.access_marks import mark, notice
from kientruc.views.words import day, label, name

BLANK = 60  # rows to write in


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One code of the draft: a section, a figure or an element, and what the draft says of it."""

    code: str
    name: str
    sort: str
    component: str
    facts: str
    is_element: bool = False

    @property
    def label(self) -> str:
        """What stands in a list to choose from."""
        return form.label(self.code, self.name)


@dataclass(frozen=True, slots=True)
class CommentForm:
    """One form. `rows` are the comments taken in already, by column; `ids` those for the rows to be filled."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]
    answer: tuple[str, str, date | None]  # position, letter, day
    sections: tuple[CodeLine, ...]
    elements: tuple[CodeLine, ...]
    bodies: tuple[str, ...]  # to choose from, where the form is for several
    rows: tuple[Mapping[str, str | date], ...]
    ids: tuple[str, ...]
    mark: str  # what every page says: made-up data, for whom it is
    lang: str


def comment_form(
    architecture: Architecture, round: Round, body: str, model: str, lang: str, taken: Collection[str]
) -> CommentForm:
    """Make the form for one body, or for all of them.

    Args:
        body: id of an organisation; "" for a form in which every row names its body.
        model: the hash of the whole model.
        taken: ids that comments bear, also those that are not shown.
    """
    head = architecture.head
    comments = [one for one in architecture.records["comments"].values() if one.round == round.id]
    comments = [one for one in comments if body in ("", one.from_)]
    told = [("form.round", name(round, lang)), ("form.body", label(architecture, body, lang) if body else "")]
    told += [("form.until", day(round.until, lang) if round.until else ""), ("cut.copy", notice(architecture, lang))]
    answer = round.answers.get(body)
    return CommentForm(
        title=text("form.title", lang),
        subtitle=subtitle(architecture, lang),
        facts=tuple((text(key, lang), words) for key, words in told if words),
        keys=tuple(zip(form.KEYS, (form.FORM, head.id, head.version or "", model, round.id, body), strict=True)),
        answer=_answer(answer, lang),
        sections=tuple(_sections(architecture, lang)),
        elements=tuple(_elements(architecture, lang)),
        bodies=() if body else tuple(_bodies(architecture, round, lang)),
        rows=tuple(_row(architecture, one, number, lang) for number, one in enumerate(comments, start=1)),
        ids=tuple(_free(taken, round, body)),
        mark=mark(architecture, lang),
        lang=lang,
    )


def subtitle(architecture: Architecture, lang: str) -> str:
    """Say of which architecture a form is, in which version, with data up to which day."""
    head, until = architecture.head, day(architecture.head.cut_off, lang)
    version = text("form.version", lang, version=head.version, day=until) if head.version else ""
    return f"{name(head, lang)}. {version or text('form.as-of', lang, day=until)}"


def _bodies(architecture: Architecture, round: Round, lang: str) -> Iterator[str]:
    for id in round.bodies or architecture.organisations:
        yield form.label(id, label(architecture, id, lang))


def _answer(answer: Answer | None, lang: str) -> tuple[str, str, date | None]:
    if answer is None:
        return "", "", None
    letter = answer.letter if isinstance(answer.letter, str) else ""
    return text(f"position.{answer.position}", lang), letter, answer.date if isinstance(answer.date, date) else None


def _sections(architecture: Architecture, lang: str) -> Iterator[CodeLine]:
    for component in architecture.components_in_order:
        count = sum(1 for element in architecture.elements.values() if element.component == component.id)
        facts = text("form.section-facts", lang, count=count)
        yield CodeLine(component.id, name(component, lang), text("form.section", lang), name(component, lang), facts)
    figures = {"layered": text("form.layered", lang)}
    figures |= {view.code or id: name(view, lang) for id, view in architecture.records["views"].items()}
    for code, title in figures.items():
        yield CodeLine(code, title, text("form.figure", lang), "", "")


def _elements(architecture: Architecture, lang: str) -> Iterator[CodeLine]:
    places = {one.id: (one.order, one.id) for one in architecture.components.values()}
    last = (10**6, "")
    order = sorted(architecture.elements.values(), key=lambda one: (places.get(one.component or "", last), one.id))
    for element in order:
        kind = element.kind.in_(lang)
        component = name(architecture.components[element.component], lang) if element.component else ""
        facts = "; ".join(_facts(architecture, element, lang))
        yield CodeLine(element.id, name(element, lang), kind, component, facts, True)


def _facts(architecture: Architecture, element: Element, lang: str) -> Iterator[str]:
    """Say of an element who owns it, in which states it is, and what becomes of it."""
    unknown = text("word.unknown", lang)
    if element.owner is not None:
        who = unknown if isinstance(element.owner, Unknown) else label(architecture, element.owner, lang)
        yield text("form.owner", lang, who=who)
    present = [name(architecture.states[id], lang) for id, there in element.states.items() if there == "present"]
    if present:
        yield text("form.present", lang, states=", ".join(present))
    if element.treatment is not None:
        words = unknown if isinstance(element.treatment, Unknown) else text(f"treatment.{element.treatment}", lang)
        yield text("form.treatment", lang, words=words)


def _row(architecture: Architecture, one: Comment, number: int, lang: str) -> Mapping[str, str | date]:
    about = (form.label(id, label(architecture, id, lang)) for id in one.about)
    row = {"number": str(number), "id": one.id, "body": form.label(one.from_, label(architecture, one.from_, lang))}
    row |= {"passage": one.passage or "", "about": "\n".join(about), "quote": one.quote or "", "text": one.text}
    row |= {"proposal": one.proposal or "", "grounds": one.grounds or "", "person": one.person or ""}
    when = {"date": one.date} if isinstance(one.date, date) else {}
    return row | {"letter": one.letter or ""} | when


def _free(taken: Collection[str], round: Round, body: str) -> Iterator[str]:
    """Give ids for the rows to be filled; in a form for several bodies they get theirs when they come back."""
    if not body:
        yield from [""] * BLANK
        return
    start = form.prefix(round.id, body)
    numbers = [int(rest) for id in taken if (rest := id.removeprefix(start)).isdigit()]
    first = max(numbers, default=0) + 1
    yield from (f"{start}{number:02}" for number in range(first, first + BLANK))
