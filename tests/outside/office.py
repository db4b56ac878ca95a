"""LibreOffice and poppler: office files made PDF with our fonts alone, and what is on the pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from kientruc.renderers.png import FONTS

CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>
"""


def program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is needed (LibreOffice Writer, poppler-utils)"
    return found


def converted(path: Path) -> Path:
    """Let LibreOffice make a PDF, with Tinos in the place of Times New Roman, as wide letter by letter."""
    folder = path.parent / "converted"
    config = path.parent / "fonts.conf"
    config.write_text(CONFIG.format(fonts=FONTS, cache=path.parent / "cache"), encoding="utf-8")
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = (program("soffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path))
    environment = {"FONTCONFIG_FILE": str(config), "HOME": str(path.parent), "PATH": "/usr/bin:/bin"}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    return folder / f"{path.stem}.pdf"


def pages(path: Path) -> int:
    told = subprocess.run((program("pdfinfo"), str(path)), check=True, capture_output=True, text=True).stdout
    return int(re.findall(r"Pages:\s+(\d+)", told)[0])


def text(path: Path) -> str:
    return subprocess.run((program("pdftotext"), str(path), "-"), check=True, capture_output=True).stdout.decode()


def letters(words: str) -> str:
    """Leave out what lines and pages do to a text: spaces, and nothing else."""
    return re.sub(r"\s+", "", words)


class Word(NamedTuple):
    """A word of a page and its rectangle. Unit: pt."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words(path: Path) -> list[list[Word]]:
    """Give the words of each page."""
    told = subprocess.run((program("pdftotext"), "-bbox", str(path), "-"), check=True, capture_output=True).stdout
    found = []
    for page in ElementTree.fromstring(told).iter("{http://www.w3.org/1999/xhtml}page"):
        sides = ("xMin", "yMin", "xMax", "yMax")
        found.append([Word(one.text or "", *(float(one.get(side, "")) for side in sides)) for one in page])
    return found
