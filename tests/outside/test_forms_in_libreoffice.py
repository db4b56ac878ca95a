"""Forms that LibreOffice saved again: keys, names and cells survive, and they are taken in."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kientruc import api
from tests.consultation.conftest import ROOT, ROUNDS, Province
from tests.intake.survey import Province as Surveyed
from tests.renderers.test_form_template import template
from tests.renderers.test_form_xlsx import TEXT

pytestmark = pytest.mark.outside


def saved_again(path: Path, folder: Path) -> Path:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    out = folder / "luu"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / path.name


def test_a_form_saved_by_libreoffice_is_taken_in_once(tmp_path: Path) -> None:
    province = Province(tmp_path)
    province.add("architecture.yaml", ROOT)
    province.add("vong.yaml", ROUNDS)
    form = province.form().head(position="Đồng ý có điều kiện", answer_date="15/08/2017")
    form.put(1, about="lgsp – Nền tảng chia sẻ, tích hợp dữ liệu", text="Một\nhai", date="1/8/2017")
    form.sheet.title = "Ý kiến của Sở"
    path = form.save()
    taken = province.take(saved_again(path, tmp_path))
    assert (taken.findings, taken.new, taken.answers) == ((), ("gy-v1-so-yt-01",), (("v1", "so-yt"),))
    assert province.comments()["gy-v1-so-yt-01"]["text"] == "Một\nhai"
    assert province.take(path).already == 1


def test_a_survey_saved_by_libreoffice_says_what_it_said_and_what_was_filled_in(tmp_path: Path) -> None:
    province = Surveyed.made(tmp_path)
    taken = province.take(saved_again(province.form().save("nguyen.xlsx"), tmp_path))
    assert (taken.findings, taken.patch.files) == ((), ())
    form = province.form().put("systems", "benh-an", realised_from=date(2020, 5, 1), quantity=40, unit="giường")
    form.put("questions", "tasks/nang-cap/due", answer=date(2027, 6, 30)).sheets["systems"].title = "Của Sở Y tế"
    taken = province.take(saved_again(form.save("da-dien.xlsx"), tmp_path))
    assert (taken.findings, taken.changed) == ((), 3)


def test_a_filled_template_opens_in_libreoffice_and_is_computed_anew(tmp_path: Path) -> None:
    architecture = api.load_text(TEXT.lstrip("\n")).architecture
    assert architecture
    path = tmp_path / "da-ghi.xlsx"
    path.write_bytes(api.form_in_template(architecture, template(tmp_path)).data)
    book = load_workbook(saved_again(path, tmp_path), data_only=True)
    assert book["DM_DOITUONG"].cell(5, 20).value == "KT-02"
    assert book["BIA"]["B1"].value == 3  # from the sixth row on, as its formula counts: a code, two not known
