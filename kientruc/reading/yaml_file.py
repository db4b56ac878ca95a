"""YAML events to values with spans: a stack, never recursion; every trick of YAML that hides meaning is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs forgot it
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kientruc.finding import Finding
from kientruc.reading import problems, scalars
from kientruc.reading.findings import Findings
from kientruc.reading.limits import Limits
from kientruc.reading.refusal import Refusal, refuse
from kientruc.reading.texts import Texts
from kientruc.reading.tree import BITS, Mapping, Sequence, unpack
from kientruc.source import SourceFile, Span

NAMED = 8  # doubled keys of one record that are named
SHORT = 24  # characters; longer text is rarely there twice


def parse(file: SourceFile, limits: Limits) -> tuple[object, Findings]:
    """Read one file's text.

    Returns:
        The root value (a Mapping, Sequence or scalar; None if the file had to be given up) and the findings so far.
    """
    texts = Texts(file, limits)
    if texts.findings.refused:
        return None, texts.findings
    builder = _Builder(file, limits, texts)
    root: object = None
    try:
        root = builder.build()
    except Refusal as refusal:
        builder.tell_duplicates()
        texts.findings.add(refusal.finding)
    else:
        builder.tell_duplicates()
    return root, texts.findings


class _Builder:
    """Builds one file's tree."""

    def __init__(self, file: SourceFile, limits: Limits, texts: Texts) -> None:
        self.file, self.limits, self.texts = file, limits, texts
        self.duplicates: list[tuple[Mapping, str, int]] = []

    def build(self) -> object:
        """Read all events.

        Raises:
            Refusal: the text is not YAML, or uses what is refused at once.
        """
        parser = CParser(self.file.text)
        try:
            return self._consume(parser.get_event)
        except yaml.MarkedYAMLError as error:
            raise Refusal(problems.explain(error, self.file)) from None
        except yaml.YAMLError:
            raise Refusal(Finding("Y-SYNTAX", Span(self.file, 0, 0), {"problem": ""})) from None
        finally:
            parser.dispose()

    def _consume(self, get_event: Callable[[], Any]) -> object:
        """Go once over the events. This loop is most of the time of loading: it asks the rest only where it must."""
        stack: list[Mapping | Sequence | None] = []
        top: Any = None  # the collection being filled; None above the root
        keyed = False  # whether it is a mapping
        key: str | None = None  # the key whose value comes next
        key_at = documents = nodes = 0
        root: object = None
        known_keys: dict[str, str] = {}
        known_texts: dict[str, str] = {}  # plain text that needs no closer look; ids and words come again and again
        file, texts, first, words = self.file, self.texts, scalars.FIRST, scalars.WORDS
        most, longest = self.limits.nodes, self.limits.scalar
        plain_is_clean = texts.plain_is_clean
        tricks = "&" in file.text or "!" in file.text  # without these there are no anchors and no tags
        spans: list[int] = []  # the positions of `top`
        while True:
            event = get_event()
            what = type(event)
            if what is ScalarEvent:
                if tricks and (event.anchor or event.tag):
                    raise self._trick(event)
                value = event.value
                start = event.start_mark.index
                length = event.end_mark.index - start
                style = event.style
                if keyed and key is None:
                    key_at = start << BITS | length
                    key = known_keys.get(value)
                    if key is None:
                        before = texts.findings.total
                        key = texts.key(event, start, start + length)
                        if not style and texts.findings.total == before:
                            known_keys[value] = key
                    continue
                same = None if style else known_texts.get(value)
                if same is not None:
                    value = same
                elif style or value in words or value[0] in first or length > longest or not plain_is_clean:
                    value = texts.value(event, start, start + length, key_at >> BITS if keyed and top.flow else 0)
                elif length <= SHORT:
                    known_texts[value] = value
            elif what is MappingStartEvent or what is SequenceStartEvent:
                if tricks and (event.anchor or event.tag):
                    raise self._trick(event)
                start = event.start_mark.index
                length = 0
                if keyed and key is None:
                    raise Refusal(
                        Finding("Y-KEY", Span(file, start, start + 1), {"found": file.text[start : start + 1]})
                    )
                if len(stack) >= self.limits.depth:
                    raise refuse("Y-DEPTH", file, start, start + 1, limit=str(self.limits.depth))
                value = Mapping(file, start, event.flow_style) if what is MappingStartEvent else Sequence(file, start)
            elif what is MappingEndEvent or what is SequenceEndEvent:
                top.end = event.end_mark.index if top.flow else event.start_mark.index
                top = stack.pop()
                if top is not None:
                    spans, keyed = top.spans, type(top) is Mapping
                continue
            elif what is StreamEndEvent:
                if not documents:
                    raise Refusal(Finding("Y-EMPTY", Span(file, 0, 0)))
                return root
            elif what is DocumentStartEvent:
                documents += 1
                self._document(event, documents)
                continue
            elif what is AliasEvent:
                start = event.start_mark.index
                raise refuse("Y-ALIAS", file, start, event.end_mark.index, found=f"*{event.anchor[:40]}")
            else:
                continue
            nodes += 1
            if nodes > most:
                raise refuse("Y-NODES", file, start, start, limit=str(most))
            if key is not None:
                if key in top:
                    self.duplicates.append((top, key, key_at))
                else:
                    top[key] = value
                    spans += (key_at, start << BITS | length)
                key = None
            elif top is not None:
                top.append(value)
                spans.append(start << BITS | length)
            else:
                root = value
            if what is not ScalarEvent:
                stack.append(top)
                top, spans, keyed = value, value.spans, what is MappingStartEvent

    def _document(self, event: DocumentStartEvent, count: int) -> None:
        start, end = _ends(event)
        if count > 1:
            raise Refusal(Finding("Y-DOCS", Span(self.file, start, end)))
        if event.version or event.tags:
            raise Refusal(Finding("Y-TAG", Span(self.file, 0, 0), {"found": "%"}))

    def _trick(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> Refusal:
        start, end = _ends(event)
        if event.anchor:
            return refuse("Y-ALIAS", self.file, start, start + 1 + len(event.anchor), found=f"&{event.anchor[:40]}")
        return refuse("Y-TAG", self.file, start, end, found=str(event.tag)[:60])

    def tell_duplicates(self) -> None:
        """Report the keys that are there twice, with both places; several of a record at once: its id may be lost."""
        findings = self.texts.findings
        again: dict[int, dict[str, int]] = {}  # by mapping: its doubled keys, and where each is there again
        for mapping, key, packed in self.duplicates:
            again.setdefault(id(mapping), {}).setdefault(key, packed)
        mappings = {id(one): one for one, *_ in self.duplicates}
        joined = {at for at, one in mappings.items() if len(again[at]) > 1 and _is_record(one)}
        told = set[int]()
        for mapping, key, packed in self.duplicates:
            if id(mapping) in told:
                continue
            if findings.full:
                findings.count(1)
                continue
            first = mapping.key_span(key)
            values, places = {"key": key, "line": str(first.line), "doubled": ""}, [first]
            if id(mapping) in joined:
                told.add(id(mapping))
                keys = [*again[id(mapping)]][:NAMED]
                values["doubled"] = ", ".join(keys)
                places += [unpack(self.file, again[id(mapping)][one]) for one in keys[1:]]
            findings.add(Finding("Y-DUP", unpack(self.file, packed), values, tuple(places)))


def _is_record(mapping: Mapping) -> bool:
    """Tell a record from a file, which begins at the left, and from a section, which holds nothing but mappings."""
    is_inner = Span(mapping.file, mapping.start, mapping.start).column > 1
    return is_inner and not all(isinstance(value, Mapping) for value in mapping.values())


def _ends(event: Event) -> tuple[int, int]:
    assert event.start_mark is not None and event.end_mark is not None
    return event.start_mark.index, event.end_mark.index
