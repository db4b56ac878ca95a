"""YAML events to values with spans: a stack, never recursion; every trick of YAML that hides meaning is refused."""

from __future__ import annotations

from sys import intern

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
from kientruc.reading.tree import Mapping, Sequence, pack
from kientruc.source import SourceFile, Span

_NO_KEY = "\0"


class _Builder:
    """Builds one file's tree. Findings that allow going on are gathered; the others end the file as a Refusal."""

    def __init__(self, file: SourceFile, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.findings: list[Finding] = []
        self.unclean = characters.needs_nfc(file.text)
        self.strange = characters.has_strange(file.text)
        self.root: object = None
        self.nodes = 0

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

    def _consume(self, get_event: object) -> object:
        stack: list[Mapping | Sequence] = []
        keys: list[str] = []
        top: Mapping | Sequence | None = None
        key, key_at, documents, file = _NO_KEY, 0, 0, self.file
        while True:
            event = get_event()  # type: ignore[operator]
            what = type(event)
            if what is ScalarEvent:
                if event.anchor or event.tag:
                    self._trick(event)
                start, end = event.start_mark.index, event.end_mark.index
                if type(top) is Mapping and key is _NO_KEY:
                    key, key_at = self._key(top, event, start, end), pack(start, end)
                    continue
                value: object = self._scalar(event, start, end, top)
            elif what is MappingStartEvent or what is SequenceStartEvent:
                if event.anchor or event.tag:
                    self._trick(event)
                start = event.start_mark.index
                if type(top) is Mapping and key is _NO_KEY:
                    raise Refusal(Finding("Y-KEY", Span(file, start, start + 1), {"found": file.text[start : start + 1]}))
                if top is not None:
                    stack.append(top)
                    keys.append(key)
                    if len(stack) >= self.limits.depth:
                        raise refuse("Y-DEPTH", file, start, start + 1, limit=str(self.limits.depth))
                child = Mapping(file, start, event.flow_style) if what is MappingStartEvent else Sequence(file, start)
                if type(top) is Mapping:
                    self._put(top, key, key_at, child, start, start)
                elif top is not None:
                    top.append(child)
                    top.spans.append(pack(start, start))
                else:
                    self.root = child
                top, key = child, _NO_KEY
                self._count(start)
                continue
            elif what is MappingEndEvent or what is SequenceEndEvent:
                top.end = event.end_mark.index if what is SequenceEndEvent or top.flow else event.start_mark.index  # type: ignore[union-attr]
                top = stack.pop() if stack else None
                key = _NO_KEY
                if keys:
                    keys.pop()
                continue
            elif what is StreamEndEvent:
                if not documents:
                    raise Refusal(Finding("Y-EMPTY", Span(file, 0, 0)))
                return self.root
            elif what is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    start = event.start_mark.index
                    raise Refusal(Finding("Y-DOCS", Span(file, start, event.end_mark.index)))
                if event.version or event.tags:
                    raise Refusal(Finding("Y-TAG", Span(file, 0, 0), {"found": "%"}))
                continue
            elif what is AliasEvent:
                self._alias(event)
            else:
                continue
            self._count(start)
            if type(top) is Mapping:
                self._put(top, key, key_at, value, start, end)
                key = _NO_KEY
            elif top is not None:
                top.append(value)
                top.spans.append(pack(start, end))
            else:
                self.root = value

    def _count(self, start: int) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            raise refuse("Y-NODES", self.file, start, start, limit=str(self.limits.nodes))

    def _put(self, top: Mapping, key: str, key_at: int, value: object, start: int, end: int) -> None:
        if key in top:
            first = top.key_span(key)
            at = key_at >> 25
            self.finding("Y-DUP", at, at + len(key), (first,), key=key, line=str(first.line))
            return
        top[key] = value
        top.spans.append(key_at)
        top.spans.append(pack(start, end))

    def _key(self, top: Mapping, event: ScalarEvent, start: int, end: int) -> str:
        text: str = event.value
        if not event.style:
            if text == "<<":
                raise refuse("Y-MERGE", self.file, start, end)
            if text in scalars.AMBIGUOUS:
                self.finding("Y-AMBIG", start, end, found=text)
            elif not text or text[0] in "-+0123456789nNtTfF~":
                self._typed_key(text, start, end)
        if len(text) > self.limits.key:
            raise refuse("Y-LONG", self.file, start, end, limit=str(self.limits.key))
        return intern(self._clean(text, event, start, end))

    def _typed_key(self, text: str, start: int, end: int) -> None:
        try:
            if isinstance(scalars.plain(text), str):
                return
        except scalars.TooLarge:
            pass
        self.finding("Y-KEY", start, end, found=text)

    def _scalar(self, event: ScalarEvent, start: int, end: int, top: Mapping | Sequence | None) -> object:
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
        return self._clean(text, event, start, end)

    def _clean(self, text: str, event: ScalarEvent, start: int, end: int) -> str:
        if event.style == '"' and "\\" in self.file.text[start:end]:
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

    def _alias(self, event: AliasEvent) -> None:
        start = event.start_mark.index
        raise refuse("Y-ALIAS", self.file, start, event.end_mark.index, found=f"*{event.anchor[:40]}")


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
    stop = characters.STOPS.search(file.text)
    if stop:
        at = stop.start()
        return [Finding("Y-CHAR", Span(file, at, at + 1), {"found": characters.name_of(stop.group())}, refused=True)]
    found = (match for match, _ in zip(characters.FORBIDDEN.finditer(file.text), range(20), strict=False))
    return [
        Finding("Y-CHAR", Span(file, match.start(), match.end()), {"found": characters.name_of(match.group())})
        for match in found
    ]
