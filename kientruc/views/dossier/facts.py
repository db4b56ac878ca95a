"""What every paper of the dossier needs of an architecture, in the words of papers; blanks where nobody knows."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kientruc.frameworks.forms import Heading
from kientruc.frameworks.vocabulary import Words
from kientruc.model.approval import Hearing
from kientruc.model.architecture import Architecture
from kientruc.model.legal import LegalDocument
from kientruc.model.organisation import Organisation, OrganisationType, Person
from kientruc.model.record import Record, Unknown
from kientruc.model.values import Certainty
from kientruc.views.access_marks import access_mark
from kientruc.views.conformance import Conformance
from kientruc.views.difference import DifferenceView
from kientruc.views.document import BLANK, Document, Figure, HeadBlock, Inline, says
from kientruc.views.dossier.wording import COMMON, Wording
from kientruc.views.words import label, name, number_words

OVERALL = 3  # pages that a picture of the whole may take in a paper beside the Architecture
VI = "vi"  # official papers are in Vietnamese, whatever language the tool speaks
SKIPPED = frozenset(("và", "của", "về", "-", "–"))
# The sort of a legal text as the end of its number tells it. Source: the symbols of NĐ 30/2020, Phụ lục III.
SORTS = (
    ("NĐ-CP", "Nghị định"),
    ("NQ-", "Nghị quyết"),
    ("NQ/", "Nghị quyết"),
    ("QĐ-", "Quyết định"),
    ("/TTLT", "Thông tư liên tịch"),
    ("/TT-", "Thông tư"),
    ("/QH", "Luật"),
    ("/TB-", "Thông báo"),
    ("/CT-", "Chỉ thị"),
    ("/KH-", "Kế hoạch"),
)
_NUMBERED = re.compile(r"\d[^\s/]*/")
_YEAR = re.compile(r"/(\d{4})/")  # of issue, as the numbers of laws, decrees and circulars hold it
_ARTICLE = re.compile(r"Điều (\S+?)(?: khoản (\S+?))?(?: điểm (\S+?))?")
TWO_LEVELS = datetime.date(2025, 7, 1)  # from then there are provinces and communes, and no districts
PASSAGE = re.compile(r"(Mục|Phụ lục) ([IVX]+(?:\.\d+)*|\d+)(?:, .*)?")  # as departments name what they comment on
DONE = "đã sửa"  # an answer that says no more than that something was changed
_OF = r"( tỉnh| thành phố)? {}$"  # the end of a body's name that says of which province
_SEAT = re.compile(r"\s(?:tỉnh|thành phố|TP\.?)\s+(\S.*)$", re.IGNORECASE)
_COMMITTEE = re.compile(r"^Ủy ban nhân dân\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram that the architecture declares, by its id, drawn on as many pages as it takes."""

    id: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """An architecture at one hearing, or without one, with the words to use and the drawing of the whole."""

    architecture: Architecture
    wording: Wording
    edition: str
    hearing: Hearing | None = None
    checked: Conformance | None = None  # what the check against the declared edition found
    party: bool = False  # whether the report to the Party's board bears the Party's head
    chairman: bool = False  # whether the chairman issues the decision, not the People's Committee as a body
    before: Architecture | None = None  # an earlier version
    compared: DifferenceView | None = None  # what changed since that version
    outline: Mapping[str, Heading] | None = None  # that of the declared edition, where it prescribes one
    words: Words | None = None  # of the edition that has a list for each code, to spell them
    figures: tuple[Figure, ...] = ()  # the whole in as many drawings as it takes, where it declares no diagram
    diagrams: tuple[Diagram, ...] = ()  # those it declares, in the order of their codes

    @property
    def committee(self) -> Organisation:
        """The People's Committee: the agency, or the body it is part of."""
        above = self.architecture.organisations.get(self.agency.part_of or "")
        committee = above is not None and above.type is OrganisationType.PEOPLES_COMMITTEE
        return above if above is not None and committee else self.agency

    @property
    def overall(self) -> tuple[Figure, ...]:
        """The first diagram, or the whole: what a leader sees first; nothing where that takes too many pages."""
        figures = self.diagrams[0].figures if self.diagrams else self.figures
        return figures if len(figures) <= OVERALL else ()

    @property
    def date(self) -> datetime.date:
        """The day the papers speak of: that of the hearing, else the data's."""
        return self.hearing.date if self.hearing else self.architecture.cut_off

    @property
    def author(self) -> Organisation:
        """Who hands the dossier in: the first author, else the agency itself."""
        head = self.architecture.head
        return self.architecture.organisations[next(iter(head.authors), head.agency)]

    @property
    def agency(self) -> Organisation:
        """Whose architecture it is."""
        return self.architecture.organisations[self.architecture.head.agency]

    def say(self, document: str, key: str, **values: str) -> str:
        """Fill a text with what every paper knows and what this place knows."""
        return self.wording.say(document, key, {**self.facts(), **values})

    def facts(self) -> Mapping[str, str]:
        """Give what every text may name."""
        agency, author = self.agency.name, self.author.name
        return {
            "architecture": self.architecture.head.name,
            "agency": agency,
            "author": author,
            "committee": self.committee.name,
            "cut_off": self.day(self.architecture.cut_off),
            "edition": self.edition,
            "symbol": self.short(self.author),
            "below": self.wording.texts[COMMON]["below" if self.date >= TWO_LEVELS else "below_then"],
            "unknown": self.wording.texts[COMMON]["unknown"],
            "blank": BLANK,
        }

    @property
    def unknown(self) -> str:
        """The words for what nobody knows."""
        return self.wording.texts[COMMON]["unknown"]

    @property
    def not_applicable(self) -> str:
        """The words for what nobody asks of such a thing."""
        return self.wording.texts[COMMON]["not_applicable"]

    @property
    def mark(self) -> str:
        """The mark of made-up data and of an edition for some readers; "" where there is neither."""
        sample = self.say(COMMON, "sample") if self.architecture.is_sample else ""
        return " · ".join(filter(None, (sample, access_mark(self.architecture, "vi"))))

    def unless_cut(self, nothing: str, left_out: str) -> str:
        """Choose the text that says nothing is there: in a cut architecture it may only be left out."""
        return left_out if self.architecture.left_out else nothing

    def day(self, value: datetime.date | Unknown | None) -> str:
        """Write a day as papers do: 05/3/2020."""
        if not isinstance(value, datetime.date):
            return self.unknown
        day, month = two(value)
        return self.wording.say(COMMON, "day", {"day": day, "month": month, "year": str(value.year)})

    def money(self, amount: int) -> str:
        """Write an amount of đồng."""
        return self.wording.say(COMMON, "money", {"amount": number_words(amount, VI)})

    def who(self, value: str | Unknown | None) -> str:
        """Name a body."""
        return label(self.architecture, value, VI) if isinstance(value, str) else self.unknown

    def person(self, value: Person | Unknown | None) -> str:
        """Name somebody with the office."""
        if isinstance(value, Person):
            return f"{value.title} {value.name}" if value.title else value.name
        return self.unknown

    def short(self, body: Organisation) -> str:
        """Give the letters of a body in a symbol: as the province says, else those its name begins its words with."""
        return self.wording.abbreviations.get(body.id) or abbreviation(body.name)

    def head(self, symbol: str, body: Organisation | None = None, draft: bool = False) -> HeadBlock:
        """Make the head of a paper of the author, or of another body."""
        issuer = body or self.author
        above = self.architecture.organisations.get(issuer.part_of or "")
        committee = bool(above and above.type is OrganisationType.PEOPLES_COMMITTEE)
        superior = brief(above.name) if above and committee else above.name if above else ""
        own = self.without_place(issuer.name) if superior else issuer.name  # the line above tells the place
        named = _COMMITTEE.sub(lambda match: f"{match[0]}\n", own).replace("\n ", "\n")
        return HeadBlock(named, superior, symbol, self.short(issuer), self.place(), draft)

    def paper(self, id: str, head: HeadBlock | None = None, **values: str) -> Document:
        """Begin a paper with what its own texts say of it: symbol, sort, title and abstract; it holds nothing yet."""
        return Document(
            id=id,
            title=self.say(id, "title", **values),
            date=self.date,
            head=head or self.head(self.say(id, "symbol")),
            blocks=(),
            type_name=self.say(id, "type_name"),
            abstract=self.say(id, "abstract", **values),
            mark=self.mark,
        )

    def place(self) -> str:
        """Give the place as provincial bodies write it: the name of the province; "" where the name does not tell."""
        match = _SEAT.search(self.agency.name)
        return match[1] if match else ""

    def without_place(self, name: str) -> str:
        """Give the name of a body without the province that it is of."""
        return re.sub(_OF.format(re.escape(self.place())), "", name) if self.place() else name

    def bases(self) -> tuple[Inline, ...]:
        """Give the bases in the order in which the architecture names them."""
        legal = self.architecture.legal
        return tuple(says(self.basis(legal[id])) for id in self.architecture.head.basis)

    def basis(self, text: LegalDocument) -> str:
        """Write one basis; a day that is not known is left blank."""
        day, month = two(text.date) if text.date else (BLANK, BLANK)
        numbered = _YEAR.search(text.number)
        year = str(text.date.year) if text.date else numbered[1] if numbered else BLANK
        when = {"day": day, "month": month, "year": year}
        if "QH" in text.number.rpartition("/")[2]:
            return self.wording.say(COMMON, "basis_law", {**when, "title": text.title})
        sort = sort_of(text.number)
        title = text.title
        if sort and title.lower().startswith(sort.lower()):
            title = title[len(sort) :].strip()
        issuer = self.wording.say(COMMON, "of_issuer", {"issuer": text.issuer}) if text.issuer else ""
        if title.startswith("của "):  # it names its issuer itself
            issuer = ""
        elif not title.startswith("về "):
            title = f"về {title[:1].lower()}{title[1:]}" if sort else f"về {title}"
        values = {"type": f"{sort} " if sort else "Văn bản ", "number": text.number, "issuer": issuer, "title": title}
        return self.wording.say(COMMON, "basis", {**values, **when})

    def cite(self, number: str, article: str = "") -> str:
        """Name a legal text inside a sentence: “Điểm b khoản 5 Điều 23 Nghị định số 224/2026/NĐ-CP”."""
        sort = sort_of(number) or self.say(COMMON, "text")
        named = f"{sort} {self.say(COMMON, 'number_of', number=number)}" if _NUMBERED.match(number) else number
        found = _ARTICLE.fullmatch(article)
        if not found:
            return f"{named} ({article})" if article else named
        parts = zip(("điểm", "khoản", "Điều"), (found[3], found[2], found[1]), strict=True)
        return " ".join((*(f"{word} {which}" for word, which in parts if which), named))

    @property
    def bases_unsure(self) -> bool:
        """Tell whether somebody must still confirm the bases."""
        head = self.architecture.head
        return head.certainty_of("basis") is not Certainty.STATED

    def known(self, record: Record) -> bool:
        """Tell whether a fact was known on the day of the papers: what was seen later must not stand in them."""
        if record.as_of:
            return record.as_of <= self.date
        known = self.architecture.records["sources"]
        days = [known[id].date for id in record.sources if id in known]
        return not days or any(day is None or day <= self.date for day in days)

    def coded(self, list: str, value: object) -> str:
        """Spell a code by a list of the edition; the unknown as papers say it."""
        if isinstance(value, Unknown):
            return self.unknown
        if value is None:
            return ""
        words = self.words.lists[list].words if self.words else {}
        return words[str(value)].vi if str(value) in words else str(value)

    @property
    def dots(self) -> str:
        """What stands where the office writes something in."""
        return self.wording.texts[COMMON]["dots"]

    def names(self, ids: Iterable[str]) -> str:
        """Name several things."""
        return "; ".join(label(self.architecture, id, VI) for id in ids)

    def named(self, record: Record) -> str:
        """Name one thing. How sure it is stands on the drafter's sheet: no paper that is signed says it."""
        return name(record, VI)


def sort_of(number: str) -> str:
    """Tell the sort of a legal text by its number; "" where that does not tell."""
    return next((word for sign, word in SORTS if sign in number), "")


def two(value: datetime.date) -> tuple[str, str]:
    """Give day and month with the zero that papers put before days below 10 and the months 1 and 2."""
    return f"{value.day:02}", f"{value.month:02}" if value.month < 3 else str(value.month)


def brief(words: str) -> str:
    """Shorten the name of a People's Committee as heads of papers do."""
    return _COMMITTEE.sub("UBND", words)


def abbreviation(words: str) -> str:
    """Give the first letters of the words of a body's name, without marks and without its place: STTTT, UBND."""
    own = _SEAT.sub("", words)
    letters = "".join(word[0] for word in own.split() if word.lower() not in SKIPPED).upper()
    return "".join(one for one in unicodedata.normalize("NFD", letters) if not unicodedata.combining(one))
