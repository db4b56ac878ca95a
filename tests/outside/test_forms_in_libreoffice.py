"""A form that LibreOffice saved again: keys, names and cells survive, and it is taken in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.consultation.conftest import ROOT, ROUNDS, Province

pytestmark = pytest.mark.outside


def test_a_form_saved_by_libreoffice_is_taken_in_once(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is not installed"
    province = Province(tmp_path)
    province.add("architecture.yaml", ROOT)
    province.add("vong.yaml", ROUNDS)
    form = province.form().head(position="Đồng ý có điều kiện", answer_date="15/08/2017")
    form.put(1, about="lgsp – Nền tảng chia sẻ, tích hợp dữ liệu", text="Một\nhai", date="1/8/2017")
    form.sheet.title = "Ý kiến của Sở"
    path = form.save()
    out = tmp_path / "luu"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    taken = province.take(out / path.name)
    assert (taken.findings, taken.new, taken.answers) == ((), ("gy-v1-so-yt-01",), (("v1", "so-yt"),))
    assert province.comments()["gy-v1-so-yt-01"]["text"] == "Một\nhai"
    assert province.take(path).already == 1
