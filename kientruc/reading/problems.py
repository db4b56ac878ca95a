"""What the YAML scanner stumbled over, in the words of somebody who edits the file."""

from __future__ import annotations

import re

import yaml

from kientruc.finding import Finding
from kientruc.reading.slips import slip
from kientruc.source import SourceFile, Span

_SIGN = re.compile(r"\s*(?:- )?([a-z_]+):\s+([?-])\s*")  # a sign for "nobody knows", which YAML takes for its own
NEAR = 20  # lines looked at, above the one the scanner stumbled over
BLIND = ("Y-INDENT", "Y-NOCOLON", "Y-SYNTAX")  # what the scanner says when it noticed a slip too late


def explain(error: yaml.MarkedYAMLError, file: SourceFile) -> Finding:
    """Turn a scanner's error into one finding with the place to look at and the likeliest cause."""
    found = _explained(error, file)
    return (slip(file, found.span.start) if found.code in BLIND and found.span else None) or found


def _explained(error: yaml.MarkedYAMLError, file: SourceFile) -> Finding:
    problem, context = error.problem or "", error.context or ""
    mark, opened = error.problem_mark, error.context_mark
    at = min(mark.index if mark else 0, len(file.text))
    begin = opened.index if opened else at
    here, line = file.text[at : at + 1], file.line_text(file.line_of(at))
    before = line[: file.column_of(at) - 1]
    if line.startswith("%"):
        return _finding("Y-TAG", file, at, found="%")
    if "\t" in (here, before[:1]) or (not before.strip() and "\t" in before):
        return _finding("Y-TAB", file, at)
    if quote := _runaway(file, at):
        return _finding("Y-UNCLOSED", file, quote, found=file.text[quote])
    if sign := _SIGN.fullmatch(line):
        place = at - len(before) + sign.start(2)
        return Finding("M-UNKNOWN", Span(file, place, place + 1), {"field": sign[1], "found": sign[2]})
    if "mapping values are not allowed" in problem:
        return _colon(file, at, before)
    if "quoted scalar" in context and "unexpected end" in problem:
        return _finding("Y-UNCLOSED", file, begin, found=file.text[begin : begin + 1])
    if "flow" in context and here == ":" and re.search(r":\s[^,{\[]*$", before):
        return _second_colon(file, at, before)
    if "flow" in context:
        return _finding("Y-UNCLOSED", file, begin, found=file.text[begin : begin + 1])
    if "quoted scalar" in context:
        return _finding("Y-ESCAPE", file, at, found=file.text[begin : at + 2][-12:])
    if "cannot start any token" in problem and line.lstrip().startswith("```"):
        return _finding("Y-FENCE", file, at, found="```")
    if "cannot start any token" in problem:
        return _finding("Y-START", file, at, found=here)
    if here in ("}", "]") and "did not find expected" in problem:
        return _finding("Y-EXTRA", file, at, found=here)
    if "did not find expected" in problem and "scanning" not in context:
        if before.rstrip().endswith(("'", '"')):
            return _finding("Y-QUOTE", file, at)
        return _finding("Y-INDENT", file, at)
    if "could not find expected ':'" in problem:
        return _finding("Y-NOCOLON", file, begin)
    return _finding("Y-SYNTAX", file, at, problem=problem)


def _runaway(file: SourceFile, at: int) -> int:
    """Find a quote that ran on, over line ends, to the next quote just before this place; 0 if there is none."""
    end = len(file.text[:at].rstrip()) - 1
    mark = file.text[end : end + 1]
    if mark not in ('"', "'") or file.line_of(end) != file.line_of(at):
        return 0
    start = file.text.rfind(mark, 0, end)
    return start if start > 0 and file.line_of(start) < file.line_of(end) else 0


def _second_colon(file: SourceFile, at: int, before: str) -> Finding:
    """Tell a comma that was lost before the next key from a colon in a text: a key is one word of plain letters."""
    key = re.search(r"\s([a-z][a-z_]*)$", before)
    if not key:
        return _finding("Y-COLON", file, at)
    return _finding("Y-FLOWCOMMA", file, at - len(key.group(1)), found=key.group(1))


def _colon(file: SourceFile, at: int, before: str) -> Finding:
    if brace := re.match(r" *(?:- )?[A-Za-z_][\w.-]* +(?=\{)", before):
        return _finding("Y-NOCOLON", file, at - len(before) + len(brace[0].rstrip()))
    lost = _without_colon(file, file.line_of(at))
    if lost is not None:
        return _finding("Y-NOCOLON", file, lost)
    if re.search(r":\s", before) or "- " in before.strip()[2:]:
        return _finding("Y-COLON", file, at)
    start = at - len(before.lstrip())
    return _finding("Y-INDENT", file, start)


def _without_colon(file: SourceFile, line: int) -> int | None:
    """Find the first line of a block, right above this one, that is a key or an id without its colon."""
    written = [
        (number, text)
        for number in range(max(1, line - NEAR), line)
        if (text := file.line_text(number)).strip() and not text.lstrip().startswith("#")
    ]
    if len(written) < 2:
        return None
    (_, opener), (number, first) = written[-2:]
    indent = len(first) - len(first.lstrip(" "))
    is_first = opener.partition(" #")[0].rstrip().endswith(":") and indent > len(opener) - len(opener.lstrip(" "))
    if not is_first or not re.fullmatch(r" *[A-Za-z_][\w.-]*(?: +[^:{\[]*)?", first):
        return None
    return sum(len(one) for one in file.text.split("\n")[: number - 1]) + number - 1 + indent


def _finding(code: str, file: SourceFile, at: int, **values: str) -> Finding:
    return Finding(code, Span(file, at, min(at + 1, len(file.text))), values)
