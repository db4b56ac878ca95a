"""One picture in every format: the suffix decides, binary is not printed, what somebody has edited is not replaced."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kientruc import api
from kientruc.cli.common import not_to_terminal
from kientruc.errors import UsageError
from kientruc.loading import load_text

SMALL = """\
format: kientruc/1
architecture: {id: nho, name: Kiến trúc nhỏ, agency: ubnd, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {ubnd: {name: Ủy ban nhân dân}}
components: {chia-se: {name: Chia sẻ, order: 1}}
elements:
  lgsp: {kind: platform, role: lgsp, component: chia-se, name: 'Nền tảng “chia sẻ” <&> [đỏ]'}
"""
BEGINS = {"svg": b"<svg ", "png": b"\x89PNG\r\n", "pdf": b"%PDF-1.7\n", "drawio": b"<?xml ", "pptx": b"PK\x03\x04"}
View = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def view(tmp_path: Path) -> View:
    (tmp_path / "architecture.yaml").write_text(SMALL, encoding="utf-8")

    def command(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "kientruc", "view", "layered", *arguments],
            cwd=tmp_path, env={**os.environ}, capture_output=True, check=False, timeout=120,
        )  # fmt: skip

    return command


def picture(format: str) -> bytes:
    return api.spell_view(api.view(load_text(SMALL), "layered", "vi"), format, "slide")[0]


@pytest.mark.parametrize("format", BEGINS)
def test_the_suffix_decides_and_what_we_wrote_is_written_anew(view: View, tmp_path: Path, format: str) -> None:
    for _ in range(2):
        result = view("--to", f"hinh.{format}")
        assert (result.returncode, result.stdout) == (0, b""), result.stderr.decode()
    data = (tmp_path / f"hinh.{format}").read_bytes()
    assert data == picture(format)
    assert data.startswith(BEGINS[format])


def test_the_name_of_the_element_is_in_every_format_of_text() -> None:
    svg, drawio = (ElementTree.fromstring(picture(format)) for format in ("svg", "drawio"))
    assert any(one.get("aria-label", "").startswith("Nền tảng “chia sẻ” <&> [đỏ]") for one in svg.iter())
    assert any("Nền tảng" in one.get("label", "") for one in drawio.iter("UserObject"))
    slide = zipfile.ZipFile(io.BytesIO(picture("pptx"))).read("ppt/slides/slide1.xml").decode()
    assert "Nền tảng" in slide and "&lt;&amp;&gt;" in slide


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("sua.drawio", b'<mxfile host="app.diagrams.net" agent="x">\n<diagram/></mxfile>'),
        ("sua.drawio", b'<?xml version="1.0" encoding="UTF-8"?>\n<mxfile host="Electron"><diagram/></mxfile>'),
        ("sua.pptx", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00 saved by the program itself"),
        ("sua.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
    ],
)
def test_what_somebody_saved_with_another_program_is_not_replaced(
    view: View, tmp_path: Path, name: str, theirs: bytes
) -> None:
    (tmp_path / name).write_bytes(theirs)
    assert view("--to", name).returncode == 3
    assert (tmp_path / name).read_bytes() == theirs


@pytest.mark.parametrize("arguments", [("--to", "hinh.docx"), ("--format", "gif")])
def test_a_format_that_there_is_not_is_told_with_those_that_there_are(view: View, arguments: tuple[str, ...]) -> None:
    result = view(*arguments)
    assert result.returncode == 2
    assert "svg, png, pdf, drawio, pptx" in result.stderr.decode()


@pytest.mark.parametrize("format", ["png", "pdf", "pptx"])
def test_what_is_no_text_is_not_printed_on_a_terminal(monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(UsageError, match="binary-terminal"):
        not_to_terminal(format, None)
    not_to_terminal("drawio", None)
    not_to_terminal(format, Path("hinh"))


@pytest.mark.parametrize(("format", "module"), [("png", "resvg_py"), ("pdf", "typst"), ("pptx", "pptx")])
def test_a_format_whose_extra_is_not_installed_says_so(
    monkeypatch: pytest.MonkeyPatch, format: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "kientruc.renderers.scene_pptx", raising=False)
    monkeypatch.delattr("kientruc.renderers.scene_pptx", raising=False)
    with pytest.raises(UsageError, match="no-extra"):
        picture(format)
