"""The real province, built once for all tests against other people's programs, and a browser for them."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent.parent
WAIVERS = """\
format: kientruc-waivers/1
waivers:
  mt-01:
    edition: qgs-1425
    requirement: Q1425-AT-01
    subjects: [trung-tam-thdl, nowhere]
    state: approved
    reason: Đang lập hồ sơ cấp độ.
    basis: {number: 1/BKHCN, date: 2026-09-01}
    requested_by: Sở Khoa học và Công nghệ
    approved_by: {name: Nguyễn Văn A, role: người thẩm định, date: 2026-09-01}
    expires: 2026-12-31
"""


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    shutil.copytree(ROOT / "architecture", folder / "architecture")
    shutil.copy(ROOT / "architecture.yaml", folder)
    subprocess.run(
        [sys.executable, "-m", "kientruc", "build", "-o", "out"], cwd=folder, check=True, capture_output=True
    )
    return folder / "out"


@pytest.fixture(scope="session")
def two(out: Path) -> Path:
    """Build the province against two editions, with a waiver that one of them does not know."""
    folder = out.parent
    (folder / "reviewer").mkdir()
    waivers = folder / "reviewer" / "waivers.yaml"
    waivers.write_text(WAIVERS, encoding="utf-8")
    editions = ("--edition", "cpdt-1.0", "--edition", "qgs-1425", "--on", "2026-11-23")
    subprocess.run(
        [sys.executable, "-m", "kientruc", "build", *editions, "--waivers", str(waivers), "-o", "two"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder / "two"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "no Chromium: `make outside` installs one"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()
