"""Files that a submission only names, rows 36 and 52: never opened, never set into a page, whatever they are."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from kientruc import api
from tests.watch import watched

SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
ROOT = """\
format: kientruc/1
architecture: {{id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}}
organisations: {{tinh: {{name: Tỉnh}}}}
elements: {{a: {{kind: application, name: A}}, b: {{kind: application, name: B}}}}
evidence:
  e1: {{name: Hợp đồng, about: [a], file: "{file}", sha256: "{hash}"}}
  e2: {{name: Biên bản, about: [b], file: "{file}", sha256: "{hash}"}}
"""


@pytest.mark.parametrize("file", ["minh-chung.svg", "../minh-chung.svg", "/etc/passwd", "http://localhost/a.svg"])
def test_row_36_and_52_no_file_that_is_only_named_is_opened_or_shown(tmp_path: Path, file: str) -> None:
    (tmp_path / "trong").mkdir()
    for folder in (tmp_path, tmp_path / "trong"):
        (folder / "minh-chung.svg").write_text(SVG, encoding="utf-8")
    root = tmp_path / "trong" / "architecture.yaml"
    root.write_text(ROOT.format(file=file, hash="0" * 64), encoding="utf-8")  # the hash of no file
    out = tmp_path / "out"
    with watched(tmp_path) as watch:
        loaded = api.load(root)
        assert loaded.architecture is not None and loaded.findings == ()
        reports = api.check_all(loaded)
        made = api.bundle(loaded, root, reports)
        api.write_several([(out / "a.zip", made.data, 4)], out)
    assert watch.deeds == []
    assert not [path for path in watch.opened if path.endswith((".svg", "passwd"))]
    assert b"onload" not in made.data and [*made.manifest.sources] == ["architecture.yaml"]


def test_the_watch_sees_what_must_not_be(tmp_path: Path) -> None:
    inside, outside = tmp_path / "trong", tmp_path / "ngoai"
    inside.mkdir()
    with watched(inside) as watch:
        (inside / "a").write_text("a", encoding="utf-8")
        (inside / "a").replace(inside / "b")
        assert watch.deeds == []
        outside.write_text("a", encoding="utf-8")
        (inside / "b").replace(tmp_path / "b")
        with socket.socket(socket.AF_UNIX) as one, pytest.raises(OSError):
            one.connect(str(tmp_path / "khong-co"))
        os.system("true")
    assert [deed.split()[0] for deed in watch.deeds] == [
        *("open", "os.rename", "socket.__new__", "socket.connect", "os.system")
    ]
