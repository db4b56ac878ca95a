"""A question that only a person can answer."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from kientruc.frameworks.vocabulary import Bilingual
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check, ids
from kientruc.validators.matter import SHOWN, Found, Matter
from kientruc.validators.requirement import QUESTION
from kientruc.validators.selection import RecordSelection


class Manual(Check):
    """Asks `question`; open until somebody answers it, and what the answer says from then on.

    `guidance` tells the one who answers what to look at. With `when` it is asked only if something is selected, which
    is then what it is about; without, of every architecture that holds anything. Answers come from outside what is
    checked, and each names its requirement and check; they pass, fail or do not apply, with who said so and when.
    Cost: one look at each record of `when`.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT

    kind: Literal["manual"]
    question: Bilingual
    guidance: Bilingual | None = None
    when: RecordSelection | None = None

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give the one question."""
        records = self.when.records(matter) if self.when else ()
        if matter.is_empty or (self.when and not records):
            return
        head = matter.architecture.head
        first = records[0] if records else head
        subjects = tuple(dict.fromkeys(id for record in records[:SHOWN] for id in ids(record)))
        values = {**matter.about(first), "question": self.question.vi, "question_en": self.question.en}
        values |= {
            "guidance": f" {self.guidance.vi}" if self.guidance else "",
            "guidance_en": f" {self.guidance.en}" if self.guidance else "",
        }
        yield Found(Status.MANUAL, QUESTION, subjects, values, subjects or (head.id,), first.span())
