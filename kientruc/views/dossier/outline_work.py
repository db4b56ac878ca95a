"""What the Architecture says of the way there: gaps, tasks, money by year and fund, who does what, what is replaced."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from kientruc.messages import text
from kientruc.model.planning import Content, Period, Sourcing, Task
from kientruc.model.record import Unknown
from kientruc.model.values import Treatment
from kientruc.model.verbs import Verb
from kientruc.views.document import Block, Row
from kientruc.views.dossier.blocks import ColumnKey, Place, numbered_rows, row
from kientruc.views.dossier.facts import VI, Dossier
from kientruc.views.dossier.outline_state import objects, owner, treatment
from kientruc.views.dossier.submission import period
from kientruc.views.form_sheets import in_code_order
from kientruc.views.sums import amount_of, by_form, sums, whole, without_form
from kientruc.views.words import label, number_words

GAPS = (("number", 1.0), ("gap", 5.0), ("now", 4.5), ("required", 4.5), ("treatment", 2.4), ("tasks", 4.0))
TASKS = (("number", 1.0), ("task", 6.0), ("lead", 4.0), ("period", 2.2), ("priority", 2.0), ("cost", 3.0, "right"))
ROLES = (("number", 1.0), ("body", 5.0), ("duties", 7.0), ("components", 5.0))
SHARES = (("number", 1.0), ("body", 7.0), ("leads", 2.6, "centre"), ("partners", 2.6, "centre"))
REPLACED = (("number", 1.0), ("object", 6.0), ("owner", 4.0), ("treatment", 2.6), ("successor", 5.0))
SOURCED = (("number", 1.0), ("sourced", 4.2), ("form", 3.6), ("cost", 3.0, "right"), ("term", 3.0), ("exit", 4.2))
FORMS = (("form", 6.0), ("cost", 4.0, "right"))
MILESTONES = (("number", 1.0), ("milestone", 9.0), ("due", 3.0))
NONE = "–"
MILLION = 1_000_000
YEARS = 3  # of which sums in đồng have room side by side on an upright page


def covering(dossier: Dossier) -> Mapping[str, list[Task]]:
    """Give, for each content, the tasks that cover it."""
    found: dict[str, list[Task]] = defaultdict(list)
    tasks = dossier.architecture.records["tasks"]
    for relation in dossier.architecture.relations:
        if relation.verb is Verb.COVERS and relation.source_id in tasks:
            found[relation.target].append(tasks[relation.source_id])
    return found


def gaps(place: Place) -> Iterator[Block]:
    """List what must be completed, what no task covers first."""
    dossier, covered = place.dossier, covering(place.dossier)
    found: list[Content] = in_code_order(
        one for one in dossier.architecture.records["contents"].values() if dossier.known(one)
    )
    found.sort(key=lambda one: bool(covered.get(one.id)))
    rows = []
    for one in found:
        tasks = "; ".join(task.name for task in covered.get(one.id, ())) or _uncovered(place, one)
        what = "" if one.treatment is None else _treated(dossier, one.treatment)
        now, required = (said if isinstance(said, str) else dossier.unknown for said in (one.now, one.required))
        rows.append((dossier.named(one), now, required, what, tasks))
    yield from place.table("gaps", GAPS, numbered_rows(rows), across=True)


def _treated(dossier: Dossier, value: Treatment | Unknown) -> str:
    return dossier.unknown if isinstance(value, Unknown) else text(f"treatment.{value.value}", VI)


def _uncovered(place: Place, one: Content) -> str:
    if one.open is None:
        return place.say("uncovered")
    by = place.dossier.day(one.open.by)
    return place.say("open", why=one.open.why.rstrip("."), who=place.dossier.who(one.open.who), by=by)


def known_tasks(dossier: Dossier) -> list[Task]:
    """Give the tasks that were known then, in the order of their codes."""
    return in_code_order(one for one in dossier.architecture.records["tasks"].values() if dossier.known(one))


def tasks(place: Place) -> Iterator[Block]:
    """List the tasks."""
    dossier = place.dossier
    rows = []
    for one in known_tasks(dossier):
        cost = amount_of(one)
        words = number_words(cost, VI) if cost is not None else dossier.unknown
        priority = text(f"priority.{one.priority}", VI) if one.priority else ""
        priority = dossier.unknown if isinstance(one.priority, Unknown) else priority
        rows.append((dossier.named(one), dossier.who(one.lead), period(dossier, one.period), priority, words))
    yield from place.table("tasks", TASKS, numbered_rows(rows))


def roadmap(place: Place) -> Iterator[Block]:
    """Share out the money by year and fund, exactly; then the milestones."""
    dossier = place.dossier
    unset = [one for one in known_tasks(dossier) if not isinstance(one.period, Period)]
    if unset:
        yield place.paragraph("periods_unknown", count=number_words(len(unset), VI))
    yield from money(place)
    found = [one for one in dossier.architecture.records["milestones"].values() if dossier.known(one)]
    found.sort(key=lambda one: (one.date.year, one.date.month, one.date.day) if one.date else (one.year or 9999, 13, 0))
    rows = []
    for one in found:
        day = dossier.day(one.date) if one.date is not None else str(one.year or dossier.unknown)
        rows.append((dossier.named(one), day))
    yield from place.table("milestones", MILESTONES, numbered_rows(rows))


def money(place: Place) -> Iterator[Block]:
    """Share out the money by year and fund, exactly, and say of how many tasks it is not known."""
    dossier = place.dossier
    parts = [part for one in known_tasks(dossier) if isinstance(one.cost, tuple) for part in one.cost]
    found: Counter[tuple[str, int]] = Counter()
    for part in parts:
        if isinstance(part.amount, int):
            found[part.fund, part.year] += part.amount
    if found:
        years = sorted({year for _, year in found})
        funds = sorted({fund for fund, _ in found})
        rounded = len(years) > YEARS and not any(one % MILLION for one in found.values())
        unit, name = (MILLION, "millions") if rounded else (1, "dong")
        rows: list[Row] = [_sums(fund, [found[fund, year] // unit for year in years]) for fund in funds]
        total = [sum(found[fund, year] for fund in funds) for year in years]
        rows.append(_sums(place.say("total"), [one // unit for one in total]))
        by_year: list[ColumnKey] = [(str(year), 3.0, "right") for year in years]
        columns: tuple[ColumnKey, ...] = (("fund", 5.0), *by_year, ("total", 3.2, "right"))
        told = {"amount": dossier.money(sum(total)), "unit": place.say(name)}
        yield from place.table("money", columns, rows, across=len(years) > YEARS and not rounded, **told)
    missing = sum(amount_of(one) is None for one in known_tasks(dossier))
    if missing:
        yield place.paragraph("money_missing" if found else "money_unknown", count=number_words(missing, VI))


def _sums(name: str, amounts: list[int]) -> Row:
    return row(name, *(number_words(one, VI) if one else "–" for one in (*amounts, sum(amounts))))


def finance(place: Place) -> Iterator[Block]:
    """Say what all costs, how much of it in which form, and how things are obtained, with term and exit."""
    dossier = place.dossier
    known = [cost for one in known_tasks(dossier) if (cost := amount_of(one)) is not None]
    if known:
        yield place.paragraph("finance", amount=dossier.money(sum(known)), count=number_words(len(known), VI))
        yield from place.table("forms", FORMS, _forms(place))
    rows = []
    for one in dossier.architecture.records["sourcing"].values():
        of = (one.of,) if isinstance(one.of, str) else one.of or ()
        name = one.name or dossier.names(of)
        rows.append((name, _form(dossier, one), _amount(dossier, one.amount), one.term or NONE, one.exit or NONE))
    yield from place.table("sourced", SOURCED, numbered_rows(rows))


def _forms(place: Place) -> list[Row]:
    """Add up by form: a mixed sourcing by its shares, then what tasks cost that no form is said of, then all."""
    architecture = place.dossier.architecture
    parts = tuple(by_form(architecture.records["sourcing"].values()))
    found = {one.group: one.amount for one in sums(parts) if one.counted}
    rest = found.pop(None, 0) + without_form(architecture)
    rows = [row(text(f"sourcing.{form}", VI), number_words(amount, VI)) for form, amount in found.items()]
    if rest and rows:
        rows.append(row(place.say("no_form"), number_words(rest, VI)))
    total = whole(parts).amount + without_form(architecture)
    return [*rows, row(place.say("total"), number_words(total, VI))] if rows else []


def _form(dossier: Dossier, one: Sourcing) -> str:
    """Say how a thing is obtained; of a mixed sourcing each share with its amount."""
    shares = (f"{text(f'sourcing.{own.form}', VI)}: {_amount(dossier, own.amount)}" for own in one.shares)
    whole_of = dossier.unknown if isinstance(one.form, Unknown) else text(f"sourcing.{one.form}", VI)
    return "; ".join(shares) or whole_of


def _amount(dossier: Dossier, amount: int | Unknown | None) -> str:
    return number_words(amount, VI) if isinstance(amount, int) else dossier.unknown


def organisation(place: Place) -> Iterator[Block]:
    """List the bodies with their duties and the components they answer for."""
    dossier = place.dossier
    answers: dict[str, list[str]] = defaultdict(list)
    for component in dossier.architecture.components_in_order:
        if isinstance(component.responsible, str):
            answers[component.responsible].append(component.name)
    rows = [
        (body.name, "; ".join(body.duties) or "–", "; ".join(answers[body.id]) or "–")
        for body in dossier.architecture.organisations.values()
        if body.duties or body.id in answers
    ]
    yield from place.table("organisation", ROLES, numbered_rows(rows))


def coordination(place: Place) -> Iterator[Block]:
    """Count for each body the tasks it leads and those it takes part in."""
    dossier = place.dossier
    leads = Counter(one.lead for one in known_tasks(dossier) if isinstance(one.lead, str))
    partners = Counter(id for one in known_tasks(dossier) for id in one.partners)
    ids = sorted({*leads, *partners}, key=lambda id: (-leads[id], -partners[id], id))
    rows = [(label(dossier.architecture, id, VI), str(leads[id]), str(partners[id])) for id in ids]
    yield from place.table("coordination", SHARES, numbered_rows(rows))


def upkeep(place: Place) -> Iterator[Block]:
    """Say who keeps the architecture, and which versions there were."""
    head = place.dossier.architecture.head
    if head.authors:
        yield place.paragraph("upkeep", bodies=place.dossier.names(head.authors))


def transition(place: Place) -> Iterator[Block]:
    """List what is merged or replaced, and by what."""
    dossier = place.dossier
    ended = (Treatment.MERGE, Treatment.REPLACE)
    rows = []
    for one in (one for one in objects(place) if one.treatment in ended):
        heir = label(dossier.architecture, one.successor, VI) if one.successor else dossier.unknown
        rows.append((one.name, owner(dossier, one), treatment(dossier, one), heir))
    yield from place.table("replaced", REPLACED, numbered_rows(rows))


TELLERS: Mapping[str, Callable[[Place], Iterator[Block]]] = MappingProxyType(
    {
        **{
            "gaps": gaps,
            "tasks": tasks,
            "roadmap": roadmap,
            "money": money,
            "finance": finance,
            "organisation": organisation,
        },
        **{"coordination": coordination, "upkeep": upkeep, "transition": transition},
    }
)
