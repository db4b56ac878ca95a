"""LibreOffice opens every DOCX and makes as many pages of it as the PDF has; the PDF's text is the same Vietnamese."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from kientruc import api
from kientruc.loading import load_text
from kientruc.renderers.document import docx, pdf
from kientruc.renderers.document.laid_out import lay_out
from kientruc.renderers.document.parts import Grid, Laid, Line
from kientruc.renderers.document.profile import profiles
from kientruc.views.document import Paragraph, says
from kientruc.views.dossier import NAMES
from tests.cutting.planted import plant
from tests.outside.office import converted, letters, pages, text, words
from tests.papers import ARCHITECTURE, paper

SAMPLE = Path(__file__).parent.parent.parent / "examples" / "tinh-mau"

pytestmark = pytest.mark.outside


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.id)
def test_a_docx_has_as_many_pages_as_the_pdf(tmp_path: Path, profile: object) -> None:
    laid = lay_out(paper(), profile)  # type: ignore[arg-type]
    (tmp_path / "to-trinh.docx").write_bytes(docx.render(laid))
    (tmp_path / "own.pdf").write_bytes(pdf.render(laid))
    assert abs(pages(converted(tmp_path / "to-trinh.docx")) - pages(tmp_path / "own.pdf")) <= 1


@pytest.mark.parametrize("lines", [19, 22, 23])
def test_who_signs_is_never_alone_on_a_page(tmp_path: Path, lines: int) -> None:
    blocks = tuple(Paragraph(says(f"đoạn-{at}")) for at in range(lines))
    today = next(one for one in profiles() if one.id == "nd30-2020")
    (tmp_path / "to-trinh.docx").write_bytes(docx.render(lay_out(paper(annexes=(), blocks=blocks), today)))
    *_, last = text(converted(tmp_path / "to-trinh.docx")).removesuffix("\f").split("\f")
    assert f"đoạn-{lines - 1}./." in last and "Nơi nhận" in last


def test_the_issuer_and_place_with_day_stand_on_one_line_each(tmp_path: Path) -> None:
    today = next(one for one in profiles() if one.id == "nd30-2020")
    (tmp_path / "to-trinh.docx").write_bytes(docx.render(lay_out(paper(annexes=()), today)))
    first = words(converted(tmp_path / "to-trinh.docx"))[0]
    tops = [{one.top for one in first[:40] if one.text in some} for some in (("TRUYỀN", "THÔNG"), ("Tàu,", "năm"))]
    assert [len(one) for one in tops] == [1, 1]


def test_every_paper_of_the_dossier_opens_with_as_many_pages(tmp_path: Path) -> None:
    loaded = load_text(ARCHITECTURE)
    assert loaded.architecture is not None
    api.dossier(loaded.architecture, tmp_path / "out", before=loaded.architecture)
    for name in NAMES:
        own = pages(tmp_path / "out" / f"{name}.pdf")
        assert abs(pages(converted(tmp_path / "out" / f"{name}.docx")) - own) <= 1, name


def test_the_long_papers_of_the_sample_have_as_many_pages(tmp_path: Path) -> None:
    loaded = api.load(SAMPLE / "architecture.yaml")
    before = api.load(SAMPLE / "du-thao" / "lan-2" / "architecture.yaml")
    assert loaded.architecture and before.architecture
    names = ("kien-truc", "bao-cao-thuyet-minh", "bao-cao-chinh-sua")
    made = api.dossier(loaded.architecture, tmp_path / "out", only=names, before=before.architecture)
    assert made.deviations == ()
    for name in names:
        own = pages(tmp_path / "out" / f"{name}.pdf")
        assert abs(pages(converted(tmp_path / "out" / f"{name}.docx")) - own) <= 1, name


def test_the_text_of_the_pdf_is_the_same_vietnamese(tmp_path: Path) -> None:
    hostile = "#let x = 1 {{7*7}} <b> $x$ @ref *đậm* _n_ `raw` \\u{41} // không mất"
    laid = lay_out(paper(abstract=hostile), profiles()[1])
    path = tmp_path / "own.pdf"
    path.write_bytes(pdf.render(laid))
    found = text(path)
    assert unicodedata.is_normalized("NFC", found)
    assert letters(hostile) in letters(found)
    for line in lines(laid):
        assert letters(line) in letters(found), line


def lines(laid: Laid) -> list[str]:
    parts = [part for sheet in laid.sheets for part in sheet.parts]
    cells = [
        "".join(run.text for run in cell.runs) for part in parts if isinstance(part, Grid) for cell in part.heading
    ]
    return [part.text for part in parts if isinstance(part, Line) if part.role != "body"] + cells


def test_page_numbers_stand_where_they_should(tmp_path: Path) -> None:
    laid = lay_out(paper(), next(one for one in profiles() if one.id == "nd30-2020"))
    path = tmp_path / "own.pdf"
    path.write_bytes(pdf.render(laid))
    tops = [(page.strip().splitlines() or [""])[0].strip() for page in text(path).split("\f")][: pages(path)]
    numbers = [one if one.isdigit() else "" for one in tops]
    assert numbers[0] == "" and numbers[1:4] == ["2", "3", "4"]
    assert numbers[-1] == ""  # an annex of one page begins anew


def test_no_canary_is_in_the_text_of_a_public_pdf(tmp_path: Path) -> None:
    canaries = plant(tmp_path / "new", 11, "restricted", sample=False)
    api.dossier(api.cut(api.load(tmp_path / "new" / "architecture.yaml"), "public"), tmp_path / "dossier")
    for path in sorted((tmp_path / "dossier").glob("*.pdf")):
        told = letters(text(path)).casefold()
        assert "bảncôngkhai" in unicodedata.normalize("NFC", told)
        assert [kind for kind, one in canaries.items() if one in told] == []
