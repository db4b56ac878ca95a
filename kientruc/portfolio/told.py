"""What is kept of one submission: one small result, spelt as canonical JSON, read back with every bound held."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kientruc.canonical import canonical
from kientruc.model.kinds import Kind
from kientruc.result import Status, Verdict

FORMAT: Literal["kientruc-portfolio-result/1"] = "kientruc-portfolio-result/1"
MOST_BYTES = 32 * 1024 * 1024  # of one result; whatever is larger was not written by us
MOST_HELD = 20_000  # things of one sort that are kept of one submission, the rest are counted

Short = Annotated[str, Field(max_length=1_000)]
Prose = Annotated[str, Field(max_length=70_000)]
Sha256 = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Dong = Annotated[str, Field(pattern=r"^\d{1,40}$")]  # whole đồng as text: some sums pass what JSON numbers hold exactly
Membership = Literal["present", "absent", "unknown", "unsaid"]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())


class Refusal(_Told):
    """Why a submission cannot be used: the code of the first finding, or what stopped the run, in both languages."""

    code: Short
    message: dict[Literal["vi", "en"], Prose]
    at: Short = ""
    findings: Count = 0
    lasting: bool = True  # whether the same bytes are refused again; not so where time ran out

    def said(self, lang: str) -> str:
        """Give the reason in a language."""
        return self.message.get("en" if lang == "en" else "vi", "")


class Head(_Told):
    """Which architecture it is."""

    id: Short
    name: Short
    name_en: Short = ""
    agency: Short
    version: Short = ""
    cut_off: Day
    edition: Short
    model_sha256: Sha256
    elements: Count
    relations: Count
    sample: bool = False
    readers: Literal["", "public", "internal", "restricted"] = ""  # for whom it is, where that is not the usual


class Checked(_Told):
    """What came of one edition: the verdict, and what became of each requirement."""

    edition: Short
    sha256: Sha256
    on: Day
    verdict: Verdict
    requirements: dict[Short, Status]


class Held(_Told):
    """A thing of the architecture: where it is written, and whether it is in the baseline and in the target."""

    id: Short
    name: Short
    at: Short
    before: Membership
    after: Membership


class Bearer(Held):
    """A thing with a role."""

    role: Short


class Place(_Told):
    """How many things stand at a place of an edition in the baseline, in the target, and without a word of states."""

    edition: Short
    place: Short
    before: Count
    after: Count
    unsaid: Count


class Link(_Told):
    """How the architecture is linked to something national, told by its role.

    `id` names it, `via` what of one's own the link begins or ends at; both are "" where there is none.
    """

    role: Short
    state: Literal["present", "planned", "unknown", "unsaid", "missing"]
    id: Short = ""
    name: Short = ""
    via: Short = ""
    at: Short = ""


class Duplicate(Held):
    """A thing of one's own that does what a shared national platform does.

    `platform` is the code in the edition's lists, `group` the list; `how` tells by what it is known. `reason`: what is
    said of why it is one's own, in the words of `why`.
    """

    platform: Short
    group: Literal["A", "B", ""]
    how: Literal["code", "relation", "name"]
    reason: Literal["stated", "unknown", "none"]
    why: Prose = ""
    successor: Short = ""


class Work(_Told):
    """A task that delivers a thing; the amount in đồng, None where any of it is unknown."""

    id: Short
    name: Short
    amount: Dong | None


class Offer(Held):
    """A thing of one's own that others may have too; `key` is its name as names are compared."""

    kind: Kind
    role: Short = ""
    key: Short
    new: bool
    tasks: tuple[Work, ...] = ()


class Sum(_Told):
    """A sum of money by one sort of group; how many records are in it, and how many are not, for nobody knows."""

    by: Literal["form", "phase", "year"]
    group: Short | None
    amount: Dong
    counted: Count
    missing: Count


class Told(_Told):
    """The result of one submission. If it is refused, only why."""

    format: Literal["kientruc-portfolio-result/1"] = FORMAT
    kind: Literal["bundle", "folder", "file", "workbook"]
    submission_sha256: Sha256 = ""
    refusal: Refusal | None = None
    head: Head | None = None
    checked: tuple[Checked, ...] = ()
    bearers: tuple[Bearer, ...] = ()
    places: tuple[Place, ...] = ()
    links: tuple[Link, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    offers: tuple[Offer, ...] = ()
    offers_more: Count = 0
    sums: tuple[Sum, ...] = ()

    @property
    def lasting(self) -> bool:
        """Whether the same input gives it again, so that it may stand for a later run."""
        return self.refusal is None or self.refusal.lasting

    def spelt(self) -> bytes:
        """Give its bytes: canonical JSON (RFC 8785), nothing that is as it is by default."""
        return canonical({"format": FORMAT, **self.model_dump(mode="json", exclude_defaults=True)})


class NotTold(Exception):
    """Bytes that are no result, or not one of ours."""


def parse(data: bytes) -> Told:
    """Read a result; what is not spelt exactly as we spell it is none.

    Raises:
        NotTold: it is none.
    """
    if len(data) > MOST_BYTES:
        raise NotTold("size")
    try:
        told = Told.model_validate_json(data)
    except (ValidationError, RecursionError) as error:
        raise NotTold(str(error)[:200]) from None
    if told.spelt() != data or (told.refusal is None) == (told.head is None):
        raise NotTold("spelling")
    return told


def sha256(data: bytes) -> str:
    """Name bytes by their content."""
    return hashlib.sha256(data).hexdigest()
