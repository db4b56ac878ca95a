"""What holds for any writing of an architecture: order, line ends and composition mean nothing; every span is true."""

from __future__ import annotations

import random
import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kientruc.loading import Loaded, load, load_text
from kientruc.reading.limits import DEFAULT
from kientruc.reading.tree import Mapping, Sequence, unpack
from kientruc.reading.yaml_file import parse
from kientruc.renderers import model_json
from kientruc.source import SourceFile, Span

ROOT = Path(__file__).parent.parent.parent
GENERATED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def province() -> dict[str, str]:
    """Give the files of the real province by path."""
    paths = [ROOT / "architecture.yaml", *sorted((ROOT / "architecture").glob("*.yaml"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@cache
def model() -> bytes:
    loaded = load(ROOT / "architecture.yaml")
    assert loaded.architecture is not None
    return model_json.render(loaded.architecture)


def load_files(folder: Path, files: dict[str, str | bytes]) -> Loaded:
    (folder / "architecture").mkdir(exist_ok=True)
    for old in (folder / "architecture").iterdir():
        old.unlink()
    for path, text in files.items():
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(folder / "architecture.yaml")


def shuffled(text: str, rng: random.Random, indents: tuple[int, ...] = (0, 2, 4)) -> str:
    """Write the entries of block mappings in another order; what stands below an entry goes along."""
    if not indents:
        return text
    line = re.compile(rf"^ {{{indents[0]}}}[^\s#].*", re.MULTILINE)
    lines = list(line.finditer(text))
    if not all(re.match(r"\s*[^\s:-]+:(\s|$)", match.group()) for match in lines) or not lines:
        return text  # a list, or text over several lines
    starts = [match.start() for match in lines]
    parts = [text[begin:end] for begin, end in pairwise([*starts, len(text)])]
    if not all(part.endswith("\n") for part in parts):
        return text
    parts = [shuffled(part, rng, indents[1:]) for part in parts]
    rng.shuffle(parts)
    return text[: starts[0]] + "".join(parts)


@given(st.integers(0, 2**32))
@GENERATED
def test_the_order_of_sections_records_and_keys_means_nothing(tmp_path_factory: Any, seed: int) -> None:
    rng = random.Random(seed)
    files: dict[str, str | bytes] = {path: shuffled(text, rng) for path, text in province().items()}
    loaded = load_files(tmp_path_factory.mktemp("order"), files)
    assert loaded.architecture is not None, [str(finding) for finding in loaded.findings]
    assert model_json.render(loaded.architecture) == model()


@given(st.permutations(range(22)))
@GENERATED
def test_the_names_and_so_the_order_of_files_mean_nothing(tmp_path_factory: Any, order: list[int]) -> None:
    root, *rest = province().items()
    files: dict[str, str | bytes] = dict([root])
    files |= {f"architecture/f{order[n % 22]:02}-{n:02}.yaml": text for n, (_, text) in enumerate(rest)}
    loaded = load_files(tmp_path_factory.mktemp("files"), files)
    assert loaded.architecture is not None
    assert model_json.render(loaded.architecture) == model()


@given(st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.sampled_from(["NFC", "NFD"]))
@GENERATED
def test_line_ends_byte_order_marks_and_composition_mean_nothing(
    tmp_path_factory: Any, end: str, bom: bool, form: Any
) -> None:
    files: dict[str, str | bytes] = {
        path: (b"\xef\xbb\xbf" if bom else b"") + unicodedata.normalize(form, text).replace("\n", end).encode()
        for path, text in province().items()
    }
    loaded = load_files(tmp_path_factory.mktemp("bytes"), files)
    assert loaded.findings == ()
    assert loaded.architecture is not None
    assert model_json.render(loaded.architecture) == model()


def check_spans(node: object, file: SourceFile) -> int:
    """See that each span of a tree lies in its file and holds what was read; give the number of plain scalars."""
    seen, stack = 0, [node]
    while stack:
        inner = stack.pop()
        if isinstance(inner, Mapping):
            pairs = zip([*inner.keys(), *inner.values()], [*inner.spans[::2], *inner.spans[1::2]], strict=True)
        elif isinstance(inner, Sequence):
            pairs = zip(inner, inner.spans, strict=True)
        else:
            continue
        for value, packed in pairs:
            span = unpack(file, packed)
            assert 0 <= span.start <= span.end <= len(file.text)
            assert (span.line, span.column) == position(span)
            if isinstance(value, Mapping | Sequence):
                stack.append(value)
            elif isinstance(value, str) and "\n" not in span.text and span.text[:1] not in ("'", '"', "|", ">"):
                assert unicodedata.normalize("NFC", span.text) == value
                seen += 1
    return seen


def position(span: Span) -> tuple[int, int]:
    before = span.file.text[: span.start]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@given(st.sampled_from(sorted(province())), st.sampled_from(["\n", "\r\n"]))
@GENERATED
def test_every_span_of_the_province_holds_what_was_read(path: str, end: str) -> None:
    file = SourceFile(path, province()[path].replace("\n", end))
    top, findings = parse(file, DEFAULT)
    assert not list(findings)
    assert check_spans(top, file) > 5


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30)


@given(st.dictionaries(TEXT, st.one_of(TEXT, st.integers(), st.lists(TEXT, max_size=3)), max_size=5))
@settings(max_examples=150, deadline=None)
def test_every_span_of_any_text_lies_in_its_file(data: dict[str, Any]) -> None:
    import json

    lines = [f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value)}\n" for key, value in data.items()]
    file = SourceFile("a.yaml", "".join(lines))
    top, _ = parse(file, DEFAULT)
    check_spans(top, file)


SNIPPETS = [" ", "  ", "\t", "\n", "\r", ": ", "- ", "---\n", "&a ", "\u202e", "\x00", "e\u0301", *":{}[],\"'|>*!#%?@"]
SNIPPETS += ["null", "no", "1e9", "unknown", "value", "to", "id", "states", "kind", "in_state"]


@given(st.integers(0, 2**32), st.integers(1, 6))
@settings(max_examples=150, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])
def test_no_change_of_a_few_characters_crashes_or_hangs(seed: int, changes: int) -> None:
    """Whatever is written over a valid file: it loads, or findings say why, each with its place."""
    rng = random.Random(seed)
    text = ROOT_TEXT + rng.choice([text for path, text in sorted(province().items()) if path != "architecture.yaml"])
    for _ in range(changes):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice([*SNIPPETS, ""]) + text[at + rng.choice((0, 0, 1, 3, 20)) :]
    loaded = load_text(text)
    assert loaded.architecture is not None or loaded.findings
    for finding in loaded.findings:
        assert finding.span is not None
        assert 1 <= finding.span.line <= text.count("\n") + text.count("\r") + 1


@given(st.integers(0, 2**32))
@GENERATED
def test_no_change_of_bytes_crashes_or_hangs(tmp_path_factory: Any, seed: int) -> None:
    rng = random.Random(seed)
    path = rng.choice(sorted(province()))
    data = bytearray(province()[path].encode())
    for _ in range(rng.randrange(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    loaded = load_files(tmp_path_factory.mktemp("bytes"), {**province(), path: bytes(data)})
    assert loaded.architecture is not None or loaded.findings


ROOT_TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
"""
