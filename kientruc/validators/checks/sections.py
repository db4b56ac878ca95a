"""The document has its parts: the sections they are written from hold something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, model_validator

from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.architecture import SECTIONS, Head
from kientruc.result import Status
from kientruc.validators.check import Check
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import unknown_word


def _section(name: str) -> str:
    if name not in SECTIONS:
        raise unknown_word(name, "section", SECTIONS)
    return name


def _head_field(name: str) -> str:
    if name not in Head.model_fields:
        raise unknown_word(name, "field", Head.model_fields)
    return name


class Part(Late):
    """A part of the document, and where it is written from: any of some sections, or a field of the head.

    `field`: only a record that says something of it counts.
    """

    id: str
    name: Bilingual
    sections: tuple[Annotated[str, AfterValidator(_section)], ...] = ()
    head: Annotated[str, AfterValidator(_head_field)] | None = None
    field: str | None = None

    @model_validator(mode="after")
    def _known_field(self) -> Part:
        for section in self.sections:
            known = SECTIONS[section].model_fields
            if self.field is not None and self.field not in known:
                raise unknown_word(self.field, "field", known)
        return self

    def witness(self, matter: Matter) -> str | None:
        """Give the first record it is written from; None if there is none."""
        if self.head and getattr(matter.architecture.head, self.head):
            return matter.architecture.head.id
        for section in self.sections:
            for id, record in matter.architecture.records[section].items():
                if self.field is None or getattr(record, self.field):
                    return id
        return None

    @property
    def written(self) -> str:
        """Tell where in the files it is written."""
        sections = (f"{name}.{self.field}" if self.field else name for name in self.sections)
        return ", ".join((*sections, *((f"architecture.{self.head}",) if self.head else ())))


class Sections(Check):
    """One outcome for each part, in the order of the document."""

    PLACEHOLDERS: ClassVar[frozenset[str]] = frozenset(("id", "name", "allowed"))

    kind: Literal["sections"]
    parts: tuple[Part, ...]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give nothing while there is no architecture yet."""
        if matter.is_empty:
            return
        for part in self.parts:
            witness = part.witness(matter)
            values = {"id": part.id, "name": part.name.vi, "name_en": part.name.en, "allowed": part.written}
            if witness is not None:
                yield Found(Status.PASS, "written", (part.id,), values, (witness,))
                continue
            yield Found(Status.FAIL, "missing", (part.id,), values, (), matter.architecture.head.span())
