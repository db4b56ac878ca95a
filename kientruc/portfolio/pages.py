"""What the pages of a portfolio show: tables with a word or a mark in every cell, the same for HTML and XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kientruc.frameworks.words import roles
from kientruc.messages import text
from kientruc.portfolio.alike import Group, Member, alike
from kientruc.portfolio.heat import Heat
from kientruc.portfolio.provinces import Province, checked, editions, head, name, provinces
from kientruc.portfolio.run import Line, Portfolio
from kientruc.portfolio.told import Checked, Sum
from kientruc.result import Status
from kientruc.views.grid import NONE, Column, Entry, Grid, Grids
from kientruc.views.words import day, number_words

SUBMISSIONS = {
    **{"submission": 28, "kind": 14, "state": 12, "verdicts": 60, "province": 40, "id": 20, "agency": 30},
    **{"version": 10, "cut-off": 14, "elements": 10},
}
TREND = {
    **{"province": 40, "id": 20, "submission": 28, "version": 10, "cut-off": 14, "edition": 14, "verdict": 24},
    **{"pass": 8, "fail": 8, "open": 8, "mended": 30, "broken": 30},
}
DUPLICATES = {
    **{"province": 40, "element": 40, "id": 20, "at": 40, "before": 12, "after": 12, "platform": 12, "group": 8},
    **{"how": 20, "reason": 40, "successor": 20},
}
ALIKE = {
    **{"alike": 40, "sort": 18, "province": 36, "element": 40, "at": 40, "new": 10, "amount": 20, "tasks": 30},
    **{"before": 12, "after": 12, "how": 16, "id": 20},
}
SUMS = {"by": 14, "group": 30, "province": 40, "amount": 22, "counted": 12, "missing": 12}
MOST_ROWS = 2_000  # of one table; the JSON holds all
OPEN = (Status.MANUAL, Status.ERROR, Status.NOT_EVALUATED)
UNMET = (Status.FAIL, Status.WAIVED)


def pages(portfolio: Portfolio, lang: str) -> Grids:
    """Make every table. Of an architecture handed in several times the last version counts; the trend tells all."""
    maker = _Maker(portfolio, lang)
    heat = Heat(maker.provinces, lang)
    matrices = [heat.requirements(id) for id in editions(portfolio.lines)]
    places = [grid for id in editions(portfolio.lines) if (grid := heat.places(id)) is not None]
    grids = (maker.submissions(), *matrices, heat.roles(), heat.links(), *places)
    return Grids(
        lang,
        text("portfolio.kicker", lang),
        text("portfolio.title", lang, count=len(maker.provinces)),
        maker.mark(),
        tuple(maker.facts()),
        tuple(maker.remarks()),
        (*grids, maker.trend(), maker.duplicates(), maker.alike(), maker.sums()),
    )


class _Maker:
    """Makes the tables that are lists."""

    def __init__(self, portfolio: Portfolio, lang: str) -> None:
        self.portfolio, self.lang = portfolio, lang
        self.provinces = provinces(portfolio.lines)

    def mark(self) -> str:
        """Tell of all pages at once what each would have to say: made-up data, for whom it is."""
        heads = [head(line) for line in self.portfolio.lines if line.told.head]
        readers = [
            f"cut-mark.{one}" for one in ("restricted", "internal", "public") if one in {h.readers for h in heads}
        ]
        keys = [*(["portfolio.sample"] if any(one.sample for one in heads) else ()), *readers[:1]]
        return " · ".join(text(key, self.lang) for key in keys)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Tell how much there is."""
        lines = self.portfolio.lines
        refused = sum(line.told.refusal is not None for line in lines)
        counts = {"submissions": len(lines), "refused": refused, "architectures": len(self.provinces)}
        yield from ((text(f"portfolio-fact.{key}", self.lang), str(count)) for key, count in counts.items())
        yield text("portfolio-fact.editions", self.lang), ", ".join(editions(lines)) or "–"

    def remarks(self) -> Iterator[str]:
        """Tell how to read it, and what was left out."""
        yield text("portfolio.how-to", self.lang)
        if self.portfolio.aside:
            yield text("portfolio.aside", self.lang, names="; ".join(self.portfolio.aside))
        for one in self.provinces:
            agencies = dict.fromkeys(head(line).agency for line in one.lines)
            if len(agencies) > 1:
                yield text("portfolio.one-id", self.lang, id=one.id, agencies="; ".join(agencies))

    # --- what was handed in ---

    def submissions(self) -> Grid:
        """Tell what was handed in; what was refused first, and why."""
        lines = sorted(self.portfolio.lines, key=lambda line: line.told.refusal is None)
        return self._grid("submissions", SUBMISSIONS, [self._submission(line) for line in lines])

    def _submission(self, line: Line) -> tuple[Entry, ...]:
        lang, told = self.lang, line.told
        kind = Entry(text(f"portfolio-kind.{told.kind}", lang))
        if told.refusal is not None:
            why = " – ".join(filter(None, (told.refusal.code, told.refusal.said(lang), told.refusal.at)))
            state = Entry(text("portfolio-read.refused", lang), "fail")
            return (Entry(line.name), kind, state, Entry(why, "fail"), *(NONE,) * 6)
        one = head(line)
        verdicts = "; ".join(f"{each.edition}: {self._verdict(each)}" for each in told.checked)
        words = (verdicts, name(one, lang), one.id, one.agency, one.version, self._day(one.cut_off))
        return (
            *(Entry(line.name), kind, Entry(text("portfolio-read.loaded", lang))),
            *map(Entry, words),
            Entry(number_words(one.elements, lang), "", one.elements),
        )

    # --- over the rounds ---

    def trend(self) -> Grid:
        """Tell how an architecture that was handed in several times came along, edition by edition."""
        rows: list[tuple[Entry, ...]] = []
        for one in self.provinces:
            for edition in editions(one.lines) if len(one.lines) > 1 else ():
                before: Checked | None = None
                for line in one.lines:
                    found = checked(line, edition)
                    if found is not None:
                        rows.append(self._step(one, line, found, before))
                        before = found
        return self._grid("trend", TREND, rows)

    def _step(self, one: Province, line: Line, found: Checked, before: Checked | None) -> tuple[Entry, ...]:
        at, statuses = head(line), list(found.requirements.values())
        met, unmet = statuses.count(Status.PASS), sum(status in UNMET for status in statuses)
        words = (one.name(self.lang), one.id, line.name, at.version, self._day(at.cut_off), found.edition)
        numbers = (met, unmet, sum(status in OPEN for status in statuses))
        mended = self._moved(found, before, (*UNMET, *OPEN), (Status.PASS,))
        broken = self._moved(found, before, (Status.PASS, Status.NOT_APPLICABLE, *OPEN), UNMET)
        return (
            *map(Entry, words),
            Entry(self._verdict(found)),
            *(Entry(str(number), "", number) for number in numbers),
            Entry(mended, "pass" if mended else ""),
            Entry(broken, "fail" if broken else ""),
        )

    def _moved(self, found: Checked, before: Checked | None, was: Sequence[Status], now: Sequence[Status]) -> str:
        """Name the requirements that were one thing and are another."""
        then = before.requirements if before else {}
        ids = sorted(found.requirements.keys() & then.keys())
        return ", ".join(id for id in ids if then[id] in was and found.requirements[id] in now)

    # --- what there is twice ---

    def duplicates(self) -> Grid:
        """Tell what of the provinces' own does what a shared national platform does; without a reason first."""
        lang, found = self.lang, []
        for one in self.provinces:
            for each in one.told.duplicates:
                bare = each.reason != "stated" and not each.successor
                reason = each.why or text(f"portfolio-reason.{each.reason}", lang)
                words = (one.name(lang), each.name, each.id, f"{one.last.name}: {each.at}")
                cells = (*map(Entry, words), *map(self._state, (each.before, each.after)))
                more = (each.platform.upper(), each.group, text(f"portfolio-known-by.{each.how}", lang))
                row = (*cells, *map(Entry, more), Entry(reason, "fail" if bare else ""), Entry(each.successor))
                found.append((not bare, row))
        return self._grid("duplicates", DUPLICATES, [row for _, row in sorted(found, key=lambda pair: pair[0])])

    def alike(self) -> Grid:
        """Tell what is paid for in several provinces, and what one could take over, with every piece of evidence."""
        groups = alike(self.provinces)
        rows = [self._member(group, one) for group in groups for one in group.members]
        counts = {sort: sum(group.sort == sort for group in groups) for sort in ("invest", "reuse")}
        return self._grid("alike", ALIKE, rows, (text("portfolio.alike.told", self.lang, **counts),))

    def _member(self, group: Group, one: Member) -> tuple[Entry, ...]:
        lang, offer = self.lang, one.offer
        tasks = "; ".join(task.name for task in offer.tasks)
        amounts = [task.amount for task in offer.tasks]
        known = sum(int(amount) for amount in amounts if amount is not None)
        unknown = not amounts or None in amounts
        return (
            Entry(self._alike(group)),
            Entry(text(f"portfolio-alike.{group.sort}", lang), "fail" if group.sort == "invest" else "manual"),
            *map(Entry, (one.province.name(lang), offer.name, f"{one.submission}: {offer.at}")),
            Entry(text("portfolio.new", lang) if offer.new else "–", "holds" if offer.new else ""),
            self._amount(None if unknown else known) if offer.new else NONE,
            Entry(tasks),
            *map(self._state, (offer.before, offer.after)),
            Entry(text(f"portfolio-alike.{group.how}", lang)),
            Entry(offer.id),
        )

    def _alike(self, group: Group) -> str:
        """Say what is alike: the kind and the name as it is compared, or the role."""
        vi = self.lang == "vi"
        if group.kind is not None:
            return f"{group.kind.vi if vi else group.kind.en}: {group.key}"
        known = roles().get(group.key)
        return (known.vi if vi else known.en) if known else group.key

    # --- money ---

    def sums(self) -> Grid:
        """Add up over provinces, and tell each beside; what nobody knows is counted, and in no sum."""
        found: dict[tuple[str, str | None], list[tuple[Province, Sum]]] = {}
        for one in self.provinces:
            for each in one.told.sums:
                found.setdefault((each.by, each.group), []).append((one, each))
        rows: list[tuple[Entry, ...]] = []
        for (by, group), parts in sorted(found.items(), key=lambda item: (item[0][0], item[0][1] is None, item[0][1])):
            rows.append(self._sum(by, group, text("money.all", self.lang), [each for _, each in parts], "sum"))
            rows += [self._sum(by, group, one.name(self.lang), [each], "") for one, each in parts]
        return self._grid("sums", SUMS, rows, (text("portfolio.sums.told", self.lang),))

    def _sum(self, by: str, group: str | None, who: str, parts: Sequence[Sum], sort: str) -> tuple[Entry, ...]:
        lang = self.lang
        words = (
            text("money.not-said", lang)
            if group is None
            else text(f"sourcing.{group}", lang)
            if by == "form"
            else group
        )
        counted, missing = (sum(getattr(one, field) for one in parts) for field in ("counted", "missing"))
        amount = self._amount(sum(int(one.amount) for one in parts) if counted else None, sort)
        numbers = (Entry(str(number), sort, number) for number in (counted, missing))
        return (*(Entry(each, sort) for each in (text(f"portfolio-by.{by}", lang), words, who)), amount, *numbers)

    # --- cells ---

    def _amount(self, amount: int | None, sort: str = "") -> Entry:
        if amount is None:
            return Entry(text("word.unknown", self.lang), "unknown")
        return Entry(number_words(amount, self.lang), sort, amount)

    def _state(self, word: str) -> Entry:
        return Entry(
            text(f"portfolio-membership.{word}", self.lang), "unknown" if word in ("unknown", "unsaid") else ""
        )

    def _verdict(self, one: Checked) -> str:
        return text(f"verdict.{one.verdict.value}", self.lang)

    def _day(self, written: str) -> str:
        return day(date.fromisoformat(written), self.lang)

    def _grid(
        self, key: str, columns: dict[str, int], rows: Sequence[tuple[Entry, ...]], told: tuple[str, ...] = ()
    ) -> Grid:
        titles = tuple(Column(text(f"portfolio-column.{one}", self.lang), width) for one, width in columns.items())
        if len(rows) > MOST_ROWS:
            told = (*told, text("portfolio.more", self.lang, count=len(rows) - MOST_ROWS))
        return Grid(key, text(f"portfolio.{key}", self.lang), told, titles, tuple(rows[:MOST_ROWS]))
