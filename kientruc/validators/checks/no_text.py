"""Nothing that must not be told stands in any text: passwords, keys, addresses of an inner network."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from kientruc.frameworks.vocabulary import Bilingual, Late
from kientruc.model.record import Record
from kientruc.model.values import Id
from kientruc.result import Status
from kientruc.validators.check import ELEMENT, Check
from kientruc.validators.conditions import Pattern
from kientruc.validators.matter import Found, Matter
from kientruc.validators.words import FIELDS, several, unknown_word

Path = tuple[str | int, ...]


def _section(name: str) -> str:
    if name not in FIELDS:
        raise unknown_word(name, "section", FIELDS)
    return name


class Forbidden(Late):
    """One sort of text that must not be there: how it looks, anywhere within a text, and what messages call it.

    What `unless` finds is cut out before, such as a version number that looks like an address.
    """

    id: Id
    pattern: Pattern
    says: Bilingual
    unless: Annotated[tuple[Pattern, ...], BeforeValidator(several)] = ()

    def stays(self, text: str) -> bool:
        """Tell whether what was found in a text is still there without what `unless` finds."""
        import re2

        for unless in self.unless:
            text = re2.sub(unless, " ", text)
        return not self.unless or re2.search(self.pattern, text) is not None


class NoText(Check):
    """No text of the sections, `extra` and the relations among them, holds anything that one of the patterns finds.

    In `extra` and the like a key is read with its value, as in `password: …`.

    All sections are searched unless some are named, but those of `not_in`. Patterns are RE2, found anywhere in a text.
    What is found is never repeated: `{found}` says of what sort it is, `{field}` where it stands. What is only assumed
    fails as well, for what is written is written. Passes: once for the whole, with the architecture as witness. Fails:
    once for each text and sort, at the place of the text. Cost: each text is read once, whatever the number of
    patterns.
    """

    PLACEHOLDERS: ClassVar[frozenset[str]] = ELEMENT | {"found", "field"}
    EVEN_ASSUMED: ClassVar[bool] = True

    kind: Literal["no_text"]
    sections: tuple[Annotated[str, AfterValidator(_section)], ...] = ()
    not_in: tuple[Annotated[str, AfterValidator(_section)], ...] = ()
    patterns: Annotated[tuple[Forbidden, ...], Field(min_length=1)]

    def outcomes(self, matter: Matter) -> Iterator[Found]:
        """Give one outcome for each text and sort, or one for the whole where there is none."""
        if matter.is_empty:
            return
        import re2  # only the editions that use patterns pay for it

        patterns = re2.Set.SearchSet()
        for forbidden in self.patterns:
            patterns.Add(forbidden.pattern)
        patterns.Compile()
        seen: dict[str, tuple[int, ...]] = {}
        clean = True
        for record in self._records(matter):
            told: set[tuple[Path, int]] = set()
            for path, text in _texts(record):
                if text not in seen:
                    met = sorted(patterns.Match(text) or ())
                    seen[text] = tuple(index for index in met if self.patterns[index].stays(text))
                for index in seen[text]:
                    clean = False
                    if (path, index) in told:
                        continue
                    told.add((path, index))
                    yield self._judge(record, path, self.patterns[index], matter)
        if clean:
            head = matter.architecture.head
            yield Found(Status.PASS, "clean", (head.id,), {}, (head.id,), head.span())

    def _records(self, matter: Matter) -> Iterator[Record]:
        for section in (one for one in self.sections or FIELDS if one not in self.not_in):
            yield from matter.architecture.relations if section == "relations" else matter.records(section)

    def _judge(self, record: Record, path: Path, forbidden: Forbidden, matter: Matter) -> Found:
        owner = matter.architecture.find(getattr(record, "source_id", "")) or record
        values = {**matter.about(owner), "found": forbidden.says.vi, "found_en": forbidden.says.en}
        values |= matter.fields((".".join(map(str, path)),), "field")
        return Found(Status.FAIL, "forbidden-text", (owner.id,), values, (owner.id,), record.span(*path))


def _texts(record: Record) -> Iterator[tuple[Path, str]]:
    """Give every text of a record with its path, in order; words of fixed lists are none."""
    wave: list[tuple[Path, Any]] = [((name.rstrip("_"),), value) for name, value in _fields(record)]
    while wave:
        path, value = wave.pop()
        if type(value) is str:
            yield path, value
        elif isinstance(value, dict):
            wave.extend(((*path, str(name)), one) for name, one in reversed(value.items()))
            plain = ((name, one) for name, one in value.items() if isinstance(one, str | int | float))
            wave.extend(((*path, str(name)), f"{name}: {one}") for name, one in plain)
            wave.extend(((*path, str(name)), str(name)) for name in value)
        elif isinstance(value, tuple | list):
            wave.extend(((*path, index), one) for index, one in reversed([*enumerate(value)]))
        elif isinstance(value, BaseModel):
            wave.extend(((*path, name.rstrip("_")), one) for name, one in _fields(value))


def _fields(model: BaseModel) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in reversed(list(model)) if name != "origin"]
