"""Heat maps of a portfolio: what each province has or meets; a word or a mark in each cell, colour only beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kientruc import api
from kientruc.frameworks.vocabulary import Obligation
from kientruc.frameworks.vocabulary import Place as About
from kientruc.frameworks.words import roles
from kientruc.messages import PLACEHOLDER, raw, text
from kientruc.portfolio.provinces import Province, checked
from kientruc.portfolio.told import Bearer, Place
from kientruc.result import Status
from kientruc.views.grid import Entry, Grid, Head, Marks, matrix

INTEGRATION = ("lgsp", "ldop", "agent_node")  # platforms that are told of even where nobody has one
COUNTS = ("before", "after", "unsaid")
WORST = (
    *(Status.FAIL, Status.ERROR, Status.MANUAL, Status.WAIVED),
    *(Status.PASS, Status.NOT_APPLICABLE, Status.NOT_EVALUATED),
)
STATES: Mapping[str, str] = {
    "both": "pass",
    "before": "manual",
    "after": "holds",
    "unsaid": "unknown",
    "unknown": "unknown",
}
LINKS: Mapping[str, str] = {
    **{"present": "pass", "planned": "holds", "unsaid": "unknown", "unknown": "unknown", "missing": "fail"}
}


class Heat:
    """Makes the maps of the last submission of each province."""

    def __init__(self, provinces: Sequence[Province], lang: str) -> None:
        self.provinces, self.lang = provinces, lang
        self.columns = [Head(one.id, one.agency) for one in provinces]

    def requirements(self, id: str) -> Grid:
        """Tell what became of each requirement of an edition in each province; what most fail stands first."""
        edition = api.edition(id)
        marks: dict[tuple[str, str], Entry] = {}
        failed: dict[str, int] = dict.fromkeys(edition.requirements, 0)
        for one in self.provinces:
            found = checked(one.last, id)
            for requirement, status in found.requirements.items() if found else ():
                if requirement in failed:
                    marks[requirement, one.id] = Entry(text(f"cell.{status.value}", self.lang), status.value)
                    failed[requirement] += status is Status.FAIL
        titles = {one.id: one.title.in_(self.lang) for one in edition.requirements.values()}
        rows = [Head(one, titles[one]) for one in sorted(titles, key=lambda one: (-failed[one], one))]
        legend = ((text(f"cell.{one.value}", self.lang), text(f"status.{one.value}", self.lang)) for one in WORST[:-1])
        about = text("matrix.edition", self.lang, name=edition.about.name.in_(self.lang), id=id)
        return self._map("portfolio-requirements", rows, marks, legend, id, (about,))

    def roles(self) -> Grid:
        """Tell who has what, told by its role, in which state."""
        marks: dict[tuple[str, str], Entry] = {}
        found: dict[str, dict[str, list[Bearer]]] = {role: self._nobody() for role in INTEGRATION}
        for one in self.provinces:
            for bearer in one.told.bearers:
                found.setdefault(bearer.role, self._nobody())[one.id].append(bearer)
        for role, by_province in found.items():
            marks |= {(role, id): self._bears(bearers) for id, bearers in by_province.items()}
        rows = [self._role(role) for role in (*INTEGRATION, *sorted(found.keys() - {*INTEGRATION}))]
        return self._map(
            "portfolio-roles", rows, marks, self._legend("portfolio-state", "portfolio-legend-state", (*STATES, "none"))
        )

    def links(self) -> Grid:
        """Tell who is linked to what the nation runs, and whether that is there or only planned."""
        marks = {
            (link.role, one.id): Entry(text(f"portfolio-link.{link.state}", self.lang), LINKS[link.state])
            for one in self.provinces
            for link in one.told.links
        }
        rows = [self._role(role) for role in sorted({role for role, _ in marks})]
        return self._map("portfolio-links", rows, marks, self._legend("portfolio-link", "portfolio-legend-link", LINKS))

    def places(self, id: str) -> Grid | None:
        """Tell how many things stand at each place of an edition or in it; None for one that is held beside another."""
        edition = api.edition(id)
        if edition.places_of != id:
            return None
        marks: dict[tuple[str, str], Entry] = {}
        for one in self.provinces:
            if checked(one.last, id):
                there = _with_parts([each for each in one.told.places if each.edition == id], edition.words.places)
                for place, about in edition.words.places.items():
                    marks[place, one.id] = self._stands(there.get(place), about.obligation)
        used = {place for (place, _), entry in marks.items() if entry.sort}
        places = sorted(used, key=lambda place: (edition.words.places[place].order, place))
        rows = [Head(place, edition.words.places[place].name.in_(self.lang)) for place in places]
        kept = {pair: entry for pair, entry in marks.items() if pair[0] in used}
        return self._map(
            "portfolio-places",
            rows,
            kept,
            self._legend("portfolio-place", "portfolio-legend-place", ("count", "unsaid", "lacking", "none")),
            id,
        )

    def _stands(self, place: Place | None, obligation: Obligation) -> Entry:
        if place is not None and (place.before or place.after):
            return Entry(
                text("portfolio-place.count", self.lang, before=place.before, after=place.after),
                "pass" if place.after else "manual",
            )
        if place is not None and place.unsaid:
            return Entry(text("portfolio-place.unsaid", self.lang, count=place.unsaid), "unknown")
        lacking = obligation is not Obligation.OPTIONAL
        return Entry(
            text("portfolio-place.lacking" if lacking else "portfolio.none", self.lang), "fail" if lacking else ""
        )

    def _bears(self, bearers: Sequence[Bearer]) -> Entry:
        """Tell the best of several."""
        states = {self._stage(one) for one in bearers}
        best = next((state for state in STATES if state in states), "")
        return Entry(text(f"portfolio-state.{best}" if best else "portfolio.none", self.lang), STATES.get(best, ""))

    def _nobody(self) -> dict[str, list[Bearer]]:
        return {one.id: [] for one in self.provinces}

    def _stage(self, one: Bearer) -> str:
        words = (one.before, one.after)
        if words == ("present", "present"):
            return "both"
        if "present" in words:
            return "before" if one.before == "present" else "after"
        return next((word for word in ("unknown", "unsaid") if word in words), "")

    def _role(self, role: str) -> Head:
        known = roles().get(role)
        return Head(role, known.in_(self.lang) if known else "")

    def _legend(self, shown: str, meant: str, keys: Iterable[str]) -> Iterable[tuple[str, str]]:
        for key in keys:
            short = raw("portfolio.none" if key == "none" else f"{shown}.{key}", self.lang)
            yield PLACEHOLDER.sub("n", short), text(f"{meant}.{key}", self.lang)

    def _map(
        self,
        key: str,
        rows: Sequence[Head],
        marks: Marks,
        legend: Iterable[tuple[str, str]],
        edition: str = "",
        told: tuple[str, ...] = (),
    ) -> Grid:
        words = text("matrix.legend", self.lang, words="; ".join(f"{short} = {long}" for short, long in legend))
        grid = matrix(key, rows, self.columns, marks, self.lang, remarks=(*told, words))
        return replace(grid, name=f"{grid.name} {edition}".strip())


def _with_parts(there: Sequence[Place], known: Mapping[str, About]) -> Mapping[str, Place]:
    """Add to each place what stands at the places in it."""
    found: dict[str, Place] = {}
    for own in there:
        place: str | None = own.place
        while place in known and place is not None:
            before = found.get(place)
            counts = {name: getattr(own, name) + (getattr(before, name) if before else 0) for name in COUNTS}
            found[place] = own.model_copy(update={"place": place, **counts})
            place = known[place].parent
    return found
