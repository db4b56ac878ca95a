"""YAML events to values with spans: a stack, never recursion; every trick of YAML that hides meaning is refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from sys import intern
from typing import Any

import yaml
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kientruc.finding import Finding, Severity
from kientruc.reading import characters, problems, scalars
from kientruc.reading.limits import Limits
from kientruc.reading.refusal import Refusal, refuse
from kientruc.reading.tree import BITS, Mapping, Sequence, unpack
from kientruc.source import SourceFile, Span


class _Builder:
    """Builds one file's tree. Findings that allow going on are gathered; the others end the file as a Refusal."""

    def __init__(self, file: SourceFile, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.findings: list[Finding] = []
        self.unclean = characters.needs_nfc(file.text)
        self.strange = characters.has_strange(file.text)
        self.root: object = None

    def finding(self, code: str, start: int, end: int, also: tuple[Span, ...] = (), **values: str) -> None:
        if len(self.findings) < self.limits.findings_per_file:
            self.findings.append(Finding(code, Span(self.file, start, end), values, also))

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
        stack: list[Mapping | Sequence] = []
        top: Any = None
        key: str | None = None
        key_at = documents = nodes = 0
        file, text_of, first, most = self.file, self._text, scalars.FIRST, self.limits.nodes
        plain_only = not (self.unclean or self.strange)
        longest = self.limits.scalar
        while True:
            event = get_event()
            what = type(event)
            if what is ScalarEvent:
                if event.anchor or event.tag:
                    self._trick(event)
                value, start, end = event.value, event.start_mark.index, event.end_mark.index
                if key is None and type(top) is Mapping:
                    key = self._key(event, start, end)
                    key_at = start << BITS | end - start
                    continue
                style = event.style
                if style or not value or value[0] in first or len(value) > longest or value in scalars.AMBIGUOUS:
                    value = text_of(event, start, end, top)
                elif not plain_only:
                    value = self._clean(value, style, start, end)
            elif what is MappingStartEvent or what is SequenceStartEvent:
                if event.anchor or event.tag:
                    self._trick(event)
                start = end = event.start_mark.index
                if key is None and type(top) is Mapping:
                    found = file.text[start : start + 1]
                    raise Refusal(Finding("Y-KEY", Span(file, start, start + 1), {"found": found}))
                if len(stack) >= self.limits.depth:
                    raise refuse("Y-DEPTH", file, start, start + 1, limit=str(self.limits.depth))
                value = Mapping(file, start, event.flow_style) if what is MappingStartEvent else Sequence(file, start)
            elif what is MappingEndEvent or what is SequenceEndEvent:
                top.end = event.end_mark.index if top.flow else event.start_mark.index
                top = stack.pop()
                continue
            elif what is StreamEndEvent:
                if not documents:
                    raise Refusal(Finding("Y-EMPTY", Span(file, 0, 0)))
                return self.root
            elif what is DocumentStartEvent:
                documents += 1
                self._document(event, documents)
                continue
            elif what is AliasEvent:
                start, end = event.start_mark.index, event.end_mark.index
                raise refuse("Y-ALIAS", file, start, end, found=f"*{event.anchor[:40]}")
            else:
                continue
            nodes += 1
            if nodes > most:
                raise refuse("Y-NODES", file, start, start, limit=str(most))
            if key is not None:
                if key in top:
                    self._duplicate(top, key, key_at)
                else:
                    top[key] = value
                    top.spans += (key_at, start << BITS | end - start)
                key = None
            elif top is not None:
                top.append(value)
                top.spans.append(start << BITS | end - start)
            else:
                self.root = value
            if what is not ScalarEvent:
                stack.append(top)
                top = value

    def _document(self, event: DocumentStartEvent, count: int) -> None:
        start = event.start_mark.index
        if count > 1:
            raise Refusal(Finding("Y-DOCS", Span(self.file, start, event.end_mark.index)))
        if event.version or event.tags:
            raise Refusal(Finding("Y-TAG", Span(self.file, 0, 0), {"found": "%"}))

    def _duplicate(self, top: Mapping, key: str, key_at: int) -> None:
        first, at = top.key_span(key), unpack(self.file, key_at)
        self.finding("Y-DUP", at.start, at.end, (first,), key=key, line=str(first.line))

    def _key(self, event: ScalarEvent, start: int, end: int) -> str:
        text: str = event.value
        if len(text) > self.limits.key:
            raise refuse("Y-LONG", self.file, start, end, limit=str(self.limits.key))
        if not event.style:
            if text == "<<":
                raise refuse("Y-MERGE", self.file, start, end)
            if text in scalars.AMBIGUOUS:
                self.finding("Y-AMBIG", start, end, found=text)
            elif not text or text[0] in scalars.FIRST:
                self._typed_key(text, start, end)
        return intern(self._clean(text, event.style, start, end))

    def _typed_key(self, text: str, start: int, end: int) -> None:
        try:
            if isinstance(scalars.plain(text), str):
                return
        except scalars.TooLarge:
            pass
        self.finding("Y-KEY", start, end, found=text)

    def _text(self, event: ScalarEvent, start: int, end: int, top: Mapping | Sequence | None) -> object:
        """Give the value of a scalar that needs a closer look."""
        text: str = event.value
        if len(text) > self.limits.scalar:
            raise refuse("Y-LONG", self.file, start, end, limit=str(self.limits.scalar))
        if not event.style:
            if text in scalars.AMBIGUOUS:
                self.finding("Y-AMBIG", start, end, found=text)
                return text
            try:
                value = scalars.plain(text)
            except scalars.TooLarge:
                self.finding("Y-INT", start, end, found=text[:30])
                return 0
            if value is None and not text and type(top) is Mapping and top.flow:
                self.finding("Y-NULL", start, end)
            if not isinstance(value, str):
                return value
        return self._clean(text, event.style, start, end)

    def _clean(self, text: str, style: str, start: int, end: int) -> str:
        if style == '"' and "\\" in self.file.text[start:end]:
            found = characters.FORBIDDEN.search(text)
            if found:
                self.finding("Y-CHAR", start, end, found=characters.name_of(found.group()))
                return characters.FORBIDDEN.sub("", text)
            text = characters.nfc(text)
        elif self.unclean:
            text = characters.nfc(text)
        if self.strange and (odd := characters.lookalike(text)):
            self._warn("T-CONFUSABLE", start, end, word=odd[0], found=characters.name_of(odd[1]), meant=odd[2])
        return text

    def _warn(self, code: str, start: int, end: int, **values: str) -> None:
        if len(self.findings) < self.limits.findings_per_file:
            self.findings.append(Finding(code, Span(self.file, start, end), values, severity=Severity.MINOR))

    def _trick(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        start = event.start_mark.index
        if event.anchor:
            raise refuse("Y-ALIAS", self.file, start, start + 1 + len(event.anchor), found=f"&{event.anchor[:40]}")
        raise refuse("Y-TAG", self.file, start, event.end_mark.index, found=str(event.tag)[:60])


def parse(file: SourceFile, limits: Limits) -> tuple[object, list[Finding]]:
    """Read one file's text.

    Returns:
        The root value (a Mapping, Sequence or scalar; None if the file had to be given up) and the findings so far.
    """
    findings = list(_bad_characters(file))
    if any(found.refused for found in findings):
        return None, findings
    builder = _Builder(file, limits)
    try:
        root = builder.build()
    except Refusal as refusal:
        return None, findings + builder.findings + [refusal.finding]
    return root, findings + builder.findings


def _bad_characters(file: SourceFile) -> list[Finding]:
    if not characters.FORBIDDEN.search(file.text):
        return []
    stop = characters.STOPS.search(file.text)
    if stop:
        at = stop.start()
        return [Finding("Y-CHAR", Span(file, at, at + 1), {"found": characters.name_of(stop.group())}, refused=True)]
    return [
        Finding("Y-CHAR", Span(file, match.start(), match.end()), {"found": characters.name_of(match.group())})
        for match in islice(characters.FORBIDDEN.finditer(file.text), 20)
    ]
