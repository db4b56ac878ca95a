"""Everything the tool writes of one architecture for some readers, by name, as bytes."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from kientruc import api
from kientruc.loading import Loaded
from kientruc.renderers.document import html
from kientruc.renderers.document.laid_out import lay_out
from kientruc.renderers.document.profile import choose
from kientruc.views import dossier as papers
from kientruc.views.grid import Grids
from kientruc.views.network import NetworkPicture
from kientruc.views.picture import LayeredPicture

ROOT = Path("architecture.yaml")


def outputs(loaded: Loaded, earlier: Loaded, access: str, folder: Path, lang: str) -> Iterator[tuple[str, bytes]]:
    """Give what is written but the papers in their formats, which take long."""
    shown, before = api.cut_versions((loaded, earlier), access)
    architecture = shown.architecture
    whole = api.check_all(loaded, ("qgs-1425", "huong-dan-2026"))
    reports = shown.reports(whole)
    yield from _results(shown, reports, lang)
    api.build(shown.loaded, reports, folder / "out", lang)
    for path in sorted((folder / "out").rglob("*.*")):
        yield f"build {path.name}", path.read_bytes()
    for one in api.views(architecture, lang, before.architecture):
        made = api.view(shown.loaded, one.id, lang, before.architecture, lambda: reports)
        for format in ("html", "xlsx") if isinstance(made, Grids) else ("svg", "mermaid"):
            if format != "mermaid" or isinstance(made, LayeredPicture | NetworkPicture):
                for page in api.spell_view(made, format, "slide"):
                    yield f"view {one.id} {format}", page
    for page in api.spell_scenes(api.deck(shown.loaded, "", lang, before.architecture)[0], "svg"):
        yield "deck", page
    yield "mau03", api.form_workbook(architecture, lang=lang)
    for format in ("xlsx", "html"):
        yield f"matrices {format}", api.spell_tables(api.matrices(reports, lang), format)
        yield f"money {format}", api.spell_tables(api.money(reports, lang), format)
    standing = api.status(shown, editions=("qgs-1425",), lang=lang)
    for format in api.STATUS_FORMATS:
        yield f"status {format}", api.spell_status(standing, format, lang).encode()
    yield from _answers(shown, lang)
    for id in ("goi-mo", "goi-hai", "nv-gac", "hop-gac", "y-mo", "mc-gac", "goi", "cu-mo"):
        for format in api.SHOW_FORMATS if architecture.find(id) else ():
            checked = reports[:1] if (id, format) == ("goi-mo", "md") else ()  # in each they are the same lines
            told = api.show(architecture, id, lang, format, checked, (("cũ", before.architecture),))
            yield f"show {id} {format}", told.encode()
    for format in api.COMMENT_FORMATS:
        yield f"comments {format}", api.spell_comments(architecture, "", False, format, lang)
    found = api.diff(before.architecture, architecture)
    for format in api.DIFFERENCE_FORMATS:
        yield f"diff {format}", api.spell_difference(found, before.architecture, architecture, format, lang)
    yield from _papers(shown)


def _results(shown: api.Shown, reports: tuple[api.Report, ...], lang: str) -> Iterator[tuple[str, bytes]]:
    for format in api.RESULT_FORMATS:
        yield f"check {format}", api.spell_results(shown.loaded, reports, format, lang, ROOT)
    for report in reports:
        remarks, _ = api.outcome_remarks(report, lang, 1000)
        yield "check text", "\n".join((*api.terminal(remarks, lang, ROOT), *api.summary(report, lang))).encode()


def _answers(shown: api.Shown, lang: str) -> Iterator[tuple[str, bytes]]:
    asked = api.Questions(shown.architecture, lang)
    answers = [asked.unknown(), asked.uncovered(), asked.owner("goi"), asked.owner("goi-mo"), asked.impact("goi-hai")]
    answers += [asked.reach("goi-mo"), asked.path("goi-mo", "goi-hai"), asked.reach("goi-hai", "dependency", True)]
    for answer in answers:
        for format in api.ANSWER_FORMATS:
            yield f"ask {answer.question} {format}", api.spell_answer(answer, format, lang).encode()


def _papers(shown: api.Shown) -> Iterator[tuple[str, bytes]]:
    """Give every paper as a page, those too that a public copy does not hold."""
    forms = api.edition("huong-dan-2026")
    assert forms.forms
    words = papers.wording(None, "vi")
    about = papers.Dossier(shown.architecture, words, "Khung", None, outline=forms.forms.outline, words=forms.words)
    made, _ = papers.papers(about)
    for paper in made:
        yield f"paper {paper.id}", html.render(lay_out(paper, choose(paper.date, paper.party)))


def squashed(name: str, data: bytes) -> str:
    """Give the letters and digits of everything in a file, whatever packs, marks up or breaks them."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(member + squashed(member, archive.read(member)) for member in archive.namelist())
    if data.startswith(b"%PDF"):
        return _letters(data.decode("latin-1")) + "".join(_letters(one.decode("latin-1")) for one in _streams(data))
    if data.startswith(b"\x89PNG"):
        return _letters(data.decode("latin-1"))
    text = data.decode("utf-8")
    return _letters(text) + _letters(re.sub(r"<[^>]*>", "", text))


def _streams(data: bytes) -> Iterator[bytes]:
    """Unpack what a PDF packs; its text stands in glyphs, and is read in `tests/outside`."""
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        unpacking = zlib.decompressobj()
        try:
            yield unpacking.decompress(packed)
        except zlib.error:
            yield packed


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
