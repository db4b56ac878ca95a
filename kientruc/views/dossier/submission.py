"""Tờ trình: why the architecture is needed, how it came about, what it holds, what it costs, what is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kientruc.messages import text
from kientruc.model.approval import Step
from kientruc.model.element import Element
from kientruc.model.planning import Assessment, Goal, Period, Sourcing, Task
from kientruc.model.record import Named, Unknown
from kientruc.result import Status
from kientruc.views.direction import quantity_words
from kientruc.views.document import (
    Annex,
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    Run,
    SignatureBlock,
    Table,
    says,
)
from kientruc.views.dossier.blocks import TEXT, columns, listed, numbered_rows, row, with_refs
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.wording import COMMON
from kientruc.views.form_sheets import in_code_order
from kientruc.views.marks import is_later
from kientruc.views.outcome_table import ASSESSMENT
from kientruc.views.sums import amount_of
from kientruc.views.words import number_words

ID = "to-trinh"
STEPS, PARTS, TASKS, ANNEX = "bang-buoc", "bang-thanh-phan", "bang-nhiem-vu", "phu-luc-so-do"
TARGETS = "bang-chi-tieu"
OVER = ("done", "refused")  # only such a step has a day: that it was ordered on some day is no day of it
NONE = "–"
NAMED = 6  # objects named beside the number of them


def submission(dossier: Dossier, enclosed: Sequence[str] = ()) -> Document:
    """Make the paper.

    Args:
        enclosed: the titles of the papers that go with it.
    """
    blocks = (
        Paragraph(says(dossier.say(ID, "opening"))),
        *_need(dossier),
        *_process(dossier),
        *_content(dossier),
        *_money(dossier),
        *_proposal(dossier, enclosed),
    )
    return replace(
        dossier.paper(ID, dossier.head(dossier.say(ID, "symbol"))),
        addressees=(dossier.agency.name,),
        bases=dossier.bases(),
        blocks=blocks,
        signatures=(SignatureBlock((dossier.say(COMMON, "director"),)),),
        recipients=(dossier.say(COMMON, "as_above"), dossier.say(COMMON, "archive")),
        annexes=(_annex(dossier),),
    )


def _need(dossier: Dossier) -> Iterator[Block]:
    yield Heading(dossier.say(ID, "need"))
    yield Heading(dossier.say(ID, "need_legal"), 2)
    yield Paragraph(says(dossier.say(ID, "need_legal_text")))
    yield Heading(dossier.say(ID, "need_practice"), 2)
    found = [one for one in dossier.architecture.records["assessments"].values() if dossier.known(one)]
    if not found:
        yield Paragraph(says(dossier.say(ID, "need_no_survey")))
    for sort, key in (("strength", "need_strengths"), ("weakness", "need_weaknesses")):
        of_sort = [one for one in found if one.type == sort]
        if of_sort:
            yield Paragraph(says(dossier.say(ID, key)))
            yield from listed([_assessed(dossier, one) for one in of_sort])
        elif found and sort == "weakness":
            yield Paragraph(says(dossier.say(ID, "need_weaknesses_unknown")))


def _assessed(dossier: Dossier, one: Assessment) -> str:
    amount = one.quantity
    words = f": {quantity_words(amount, VI)}" if amount is not None and not isinstance(amount, Unknown) else ""
    return f"{one.name}{words}"


def _process(dossier: Dossier) -> Iterator[Block]:
    records = dossier.architecture.records
    yield Heading(dossier.say(ID, "process"))
    steps = sorted(records["path"].values(), key=lambda step: (step.order, step.id))
    if steps:
        yield Paragraph(with_refs(dossier, ID, "process_path", table=Ref(STEPS)))
        rows = tuple(
            row(
                str(number),
                step.name,
                dossier.who(step.actor),
                _state(dossier, step),
                dossier.day(step.since) if step.since is not None and step.state in OVER else NONE,
            )
            for number, step in enumerate(steps, 1)
        )
        heading = columns(dossier, ("number", 1), ("step", 5), ("actor", 4), ("state", 2.6), ("since", 2.4))
        yield Table(heading, rows, STEPS, dossier.say(ID, "process_path_caption"))
    rounds = list(records["rounds"].values())
    if rounds:
        bodies = {body for one in rounds for body in one.bodies}
        answered = {body for one in rounds for body in one.answers}
        counts = {"bodies": len(bodies), "answered": len(answered), "comments": len(records["comments"])}
        words = {key: number_words(value, VI) for key, value in counts.items()}
        yield Paragraph(says(dossier.say(ID, "process_consulted", **words)))
    else:
        yield Paragraph(says(dossier.say(ID, "process_not_consulted")))
    yield from _unsettled(dossier)
    hearings = sorted(records["hearings"].values(), key=lambda one: (one.order, one.id))
    for hearing in (one for one in hearings if one.date <= dossier.date):
        values = {"date": dossier.day(hearing.date), "hearing": _lower(hearing.name), "outcome": hearing.outcome or ""}
        yield Paragraph(says(dossier.say(ID, "process_hearing", **values).strip()))


def _state(dossier: Dossier, step: Step) -> str:
    """Say how far a step is; of one that was ordered whoever signs knows no more than that."""
    if isinstance(step.state, Unknown):
        return dossier.unknown
    return dossier.say(COMMON, "ordered") if step.state == "ordered" else text(f"step.{step.state}", VI)


def _content(dossier: Dossier) -> Iterator[Block]:
    records = dossier.architecture.records
    yield Heading(dossier.say(ID, "content"))
    goals: list[Goal] = [one for one in records["goals"].values() if dossier.known(one)]
    if goals:
        yield Heading(dossier.say(ID, "content_goals"), 2)
    yield from listed([one.name for one in goals if one.type == "objective"])
    targets = [_aim(dossier, one) for one in goals if one.type == "target"]
    if targets:
        yield Paragraph(with_refs(dossier, ID, "content_targets", table=Ref(TARGETS)))
        heading = columns(dossier, ("number", 1), ("target", 8), ("value", 3, "right"), ("year", 2, "centre"))
        yield Table(heading, tuple(numbered_rows(targets)), TARGETS, dossier.say(ID, "content_targets_caption"))
    directions = [one.name for one in goals if one.type in ("direction", "property")]
    if directions:
        yield Paragraph(says(dossier.say(ID, "content_directions")))
        yield from listed(directions)
    found: list[Named] = [one for one in records["principles"].values() if dossier.known(one)]
    if found:
        yield Heading(dossier.say(ID, "content_principles"), 2)
        yield from listed([dossier.named(one) for one in found])
    yield Heading(dossier.say(ID, "content_structure"), 2)
    counts = {
        "components": str(len(dossier.architecture.components)),
        "elements": number_words(len(_there(dossier)), VI),
    }
    refs = {"table": Ref(PARTS), "annex": Ref(ANNEX)}
    key = "content_structure_plain"
    if dossier.overall:
        first, last = (Ref(dossier.overall[at].id) for at in (0, -1))
        refs["figure"] = first
        key = "content_structure_text" if first == last else "content_structure_many"
        refs |= {} if first == last else {"last": last}
    yield Paragraph(with_refs(dossier, ID, key, **counts, **refs))


def _aim(dossier: Dossier, one: Goal) -> tuple[str, str, str]:
    """Give a target, its value and its year."""
    amount = dossier.unknown if one.quantity is None or isinstance(one.quantity, Unknown) else ""
    return one.name, amount or quantity_words(one.quantity, VI), str(one.year or dossier.unknown)  # type: ignore[arg-type]


def _unsettled(dossier: Dossier) -> Iterator[Block]:
    """Tell what is still open: whoever approves must not find it out later."""
    records = dossier.architecture.records
    lines = [one for one in (dossier.checked.lines if dossier.checked else ()) if not one.look_ahead]
    counts = {
        "open_pending": sum(one.verdict is None for one in records["comments"].values()),
        "open_conditions": sum(not one.met_by and one.met_on is None for one in records["conditions"].values()),
        "open_failed": sum(ASSESSMENT.get(one.status, one.status) is Status.FAIL for one in lines),
        "open_unsure": sum(ASSESSMENT.get(one.status, one.status) is Status.MANUAL for one in lines),
    }
    yield from (Paragraph(says(dossier.say(ID, key, count=str(count)))) for key, count in counts.items() if count)


def _components(found: object) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found) if isinstance(found, tuple) else ()


def _money(dossier: Dossier) -> Iterator[Block]:
    records = dossier.architecture.records
    yield Heading(dossier.say(ID, "money"))
    tasks = in_code_order(one for one in records["tasks"].values() if dossier.known(one))
    if not tasks:
        yield Paragraph(says(dossier.say(ID, "money_none")))
    else:
        yield Paragraph(with_refs(dossier, ID, "money_tasks", table=Ref(TASKS)))
        yield _task_table(dossier, tasks)
        sums = [amount_of(task) for task in tasks]
        known = [one for one in sums if one is not None]
        if known:
            words = {"amount": dossier.money(sum(known)), "count": str(len(known))}
            yield Paragraph(says(dossier.say(ID, "money_known", **words)))
        if len(known) < len(sums):
            yield Paragraph(says(dossier.say(ID, "money_unknown", count=str(len(sums) - len(known)))))
    forms = [one for one in records["sourcing"].values() if dossier.known(one)]
    if forms:
        yield Paragraph(says(dossier.say(ID, "money_forms")))
        lines = []
        for one in forms:
            of = (one.of,) if isinstance(one.of, str) else one.of or ()
            told, form = one.name or dossier.names(of), _form(dossier, one)
            lines.append(told if form in told.lower() else dossier.say(ID, "money_form", name=told, form=form))
        yield from listed(lines)


def _form(dossier: Dossier, one: Sourcing) -> str:
    """Say how a thing is obtained: in one form, or in those it is split into."""
    forms = [one.form] if not one.shares else [share.form for share in one.shares]
    told = (dossier.unknown if isinstance(form, Unknown) else text(f"sourcing.{form}", VI) for form in forms)
    return ", ".join(dict.fromkeys(told))


def _task_table(dossier: Dossier, tasks: Sequence[Task]) -> Table:
    rows: list[Row] = []
    for number, task in enumerate(tasks, 1):
        cost = amount_of(task)
        words = number_words(cost, VI) if cost is not None else dossier.unknown
        lead = dossier.who(task.lead)
        rows.append(row(str(number), dossier.named(task), lead, period(dossier, task.period), words))
    known = [cost for one in tasks if (cost := amount_of(one)) is not None]
    if known:
        total = (Run(one, bold=True) for one in (dossier.say("columns", "total"), number_words(sum(known), VI)))
        rows.append((Cell((next(total),), columns=4), Cell((next(total),))))
    heading = columns(dossier, ("number", 1), ("task", 6), ("lead", 4), ("period", 2.2), ("cost", 3, "right"))
    return Table(heading, tuple(rows), TASKS, dossier.say(ID, "money_tasks_caption"))


def period(dossier: Dossier, value: Period | Unknown | None) -> str:
    """Write from when to when."""
    if not isinstance(value, Period):
        return dossier.unknown
    ends = [str(end) if isinstance(end, int) else dossier.day(end) for end in (value.from_, value.until) if end]
    return "–".join(dict.fromkeys(ends)) or dossier.unknown


def _proposal(dossier: Dossier, enclosed: Sequence[str]) -> Iterator[Block]:
    yield Heading(dossier.say(ID, "proposal"))
    steps = sorted(dossier.architecture.records["path"].values(), key=lambda step: (step.order, step.id))
    ahead = [step for step in steps if step.state not in OVER]
    if not ahead:
        yield Paragraph(says(dossier.say(ID, "proposal_only")))
    else:
        yield Paragraph(says(dossier.say(ID, "proposal_text")))
        yield from listed([_ahead(dossier, step) for step in ahead])
    if enclosed:
        yield Paragraph(says(dossier.say(ID, "enclosed")))
        yield from listed(enclosed)
    yield Paragraph(says(dossier.say(ID, "proposal_end")))


def _ahead(dossier: Dossier, step: Step) -> str:
    """Name a step and who takes it, unless its name says so or nobody knows."""
    actor = dossier.who(step.actor)
    return (
        step.name
        if not isinstance(step.actor, str) or dossier.without_place(actor) in step.name
        else dossier.say(ID, "proposal_step", step=step.name, actor=actor)
    )


def _there(dossier: Dossier) -> list[Element]:
    return [one for one in dossier.architecture.elements.values() if not is_later(dossier.architecture, one)]


def _annex(dossier: Dossier) -> Annex:
    figure = dossier.overall
    words = [
        Paragraph(with_refs(dossier, TEXT, "figure", figure=Ref(one.id), caption=one.caption.rstrip(".")))
        for one in figure
    ]
    attached = dossier.say(ID, "annex_attached")
    return Annex(dossier.say(ID, "annex_title"), (*words, _parts(dossier), *figure), attached, landscape=True, id=ANNEX)


def _parts(dossier: Dossier) -> Table:
    components = dossier.architecture.components_in_order
    rows = []
    for number, component in enumerate(components, 1):
        inside = [one for one in _there(dossier) if component.id in _components(one.component)]
        named = "; ".join(one.name for one in inside[:NAMED]) + ("; …" if len(inside) > NAMED else "")
        rows.append(row(str(number), component.name, number_words(len(inside), VI), named or dossier.unknown))
    heading = columns(dossier, ("number", 1), ("component", 4), ("elements", 1.6, "centre"), ("examples", 11))
    return Table(heading, tuple(rows), PARTS, dossier.say(ID, "content_structure_caption"))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
