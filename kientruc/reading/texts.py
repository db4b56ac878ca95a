"""Keys and scalars of one file that need a closer look: numbers, ambiguous words, escapes, letters of other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from yaml.events import ScalarEvent

from kientruc.finding import Finding, Severity
from kientruc.reading import characters, scalars
from kientruc.reading.findings import Findings
from kientruc.reading.limits import Limits
from kientruc.reading.refusal import refuse
from kientruc.reading.slips import lost_space
from kientruc.source import SourceFile, Span

MOST_CHARACTERS = 20  # one paste from a word processor brings hundreds: so many are shown


class Texts:
    """Turns what libyaml gives into values. Findings that allow going on are gathered; the others are raised."""

    def __init__(self, file: SourceFile, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.findings = Findings(limits.findings)
        self.comma = 0  # where the second half of a number with a decimal comma stands
        usual = characters.is_usual(file.text)
        self.unclean = not usual and characters.needs_nfc(file.text)
        self.strange = not usual and characters.has_strange(file.text)
        self.dirty = not usual and characters.FORBIDDEN.search(file.text) is not None
        if self.dirty:
            self.findings.extend(_bad_characters(file))

    @property
    def plain_is_clean(self) -> bool:
        """Whether plain text of this file is right as it stands."""
        return not (self.unclean or self.strange or self.dirty)

    def find(self, code: str, start: int, end: int, **values: str) -> None:
        """Add a finding."""
        self.findings.add(Finding(code, Span(self.file, start, end), values))

    def key(self, event: ScalarEvent, start: int, end: int) -> str:
        """Give a key.

        Raises:
            Refusal: Y-LONG, Y-MERGE.
        """
        text: str = event.value
        if len(text) > self.limits.key:
            raise refuse("Y-LONG", self.file, start, end, limit=str(self.limits.key))
        if "\n" in text:
            self.find("Y-KEY", start, end, found=text.partition("\n")[0])
        if not event.style:
            if text == "<<":
                raise refuse("Y-MERGE", self.file, start, end)
            if text in scalars.AMBIGUOUS:
                self.find("Y-AMBIG", start, end, found=text)
            elif text in scalars.WORDS or text[0] in scalars.FIRST:
                self._typed_key(text, start, end)
        return self.clean(text, event.style, start, end)

    def _typed_key(self, text: str, start: int, end: int) -> None:
        try:
            if isinstance(scalars.plain(text), str):
                return
        except (scalars.TooLarge, scalars.NoPlainNumber):
            pass
        before = re.search(r"[\s\[:,{]([0-9]+),$", self.file.text[max(0, start - 30) : start])
        if before and text.isdigit():
            at, self.comma = start - len(before[1]) - 1, start
            self.find("Y-COMMA", at, end, found=f"{before[1]},{text}", meant=f"{before[1]}.{text}")
        else:
            self.find("Y-KEY", start, end, found=text)

    def value(self, event: ScalarEvent, start: int, end: int, flow_key_at: int = 0) -> object:
        """Give the value of a scalar.

        Args:
            flow_key_at: where its key stands, if it is a value inside braces: there, nothing is rarely meant.
        Raises:
            Refusal: Y-LONG.
        """
        text: str = event.value
        if len(text) > self.limits.scalar:
            raise refuse("Y-LONG", self.file, start, end, limit=str(self.limits.scalar))
        if not event.style:
            if text in scalars.AMBIGUOUS:
                self.find("Y-AMBIG", start, end, found=text)
                return text
            try:
                value = scalars.plain(text)
            except scalars.TooLarge:
                self.find("Y-INT", start, end, found=text[:30])
                return 0
            except scalars.NoPlainNumber:
                self.find("Y-FLOAT", start, end, found=text[:30])
                return 0
            if not text and flow_key_at and flow_key_at != self.comma:
                key = re.split(r"[,}\n]", self.file.text[flow_key_at : flow_key_at + self.limits.key])[0].strip()
                lost = lost_space(self.file, flow_key_at, key)
                self.findings.add(lost) if lost else self._nothing(flow_key_at, end, key)
            if not isinstance(value, str):
                return value
        return self.clean(text, event.style, start, end)

    def _nothing(self, start: int, end: int, key: str) -> None:
        """Report what has no value inside braces: a comma parted it from a text, or its first key lost its colon."""
        before = self.file.text[max(0, start - self.limits.key) : start]
        if before.rstrip().endswith("{") and re.fullmatch(r"[a-z_]+ \S.*", key):
            self.find("Y-NOCOLON", start, end)
            return
        opened = re.search(r":\s+([“”„][^“”:{}\n]*)$", before)
        closed = re.match(r"[^“”{}\n]*”", self.file.text[start : start + self.limits.key])
        if opened and closed:
            at = start - len(opened[1])
            meant = self.file.text[at + 1 : start + closed.end() - 1]
            self.find("Y-CURLY", at, start + closed.end(), meant=meant)
            return
        self.find("Y-NULL", start, end)

    def clean(self, text: str, style: str | None, start: int, end: int) -> str:
        """Give text in composed form, without what is reported as invisible; escapes bring in what the file has not."""
        escaped = style == '"' and "\\" in self.file.text[start:end]
        if (escaped or self.dirty) and (found := characters.FORBIDDEN.search(text)):
            if escaped:
                self.find("Y-CHAR", start, end, found=characters.name_of(found.group()))
            text = characters.FORBIDDEN.sub("", text)
        if escaped or self.unclean:
            text = characters.nfc(text)
        if self.strange and (odd := characters.lookalike(text)):
            values = {"word": odd[0], "found": characters.name_of(odd[1]), "meant": odd[2]}
            span = Span(self.file, start, end)
            self.findings.add(Finding("T-CONFUSABLE", span, values, severity=Severity.MINOR))
        return text


def _bad_characters(file: SourceFile) -> Iterator[Finding]:
    """Give the characters nobody sees; the first that would stop the YAML scanner alone, as a refusal."""
    stop = characters.STOPS.search(file.text)
    if stop:
        at = stop.start()
        yield Finding("Y-CHAR", Span(file, at, at + 1), {"found": characters.name_of(stop.group())}, refused=True)
        return
    for match in islice(characters.FORBIDDEN.finditer(file.text), MOST_CHARACTERS):
        yield Finding("Y-CHAR", Span(file, *match.span()), {"found": characters.name_of(match.group())})
