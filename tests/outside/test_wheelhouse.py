"""The wheelhouse: made with this machine's pip, then installed where pip knows no index and no setting, and used."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.make_sbom import LOCK
from tools.make_wheelhouse import PYTHONS, SUMS, SYSTEMS, make, pins

pytestmark = pytest.mark.outside
ROOT = Path(__file__).resolve().parent.parent.parent
OLDEST, NEWEST = PYTHONS[0], PYTHONS[-1]  # those between have been tried by hand
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
TEXT = re.compile(r"\.(sh|ps1|md|txt)$|^SHA256SUMS$")


@pytest.fixture(scope="module")
def linux(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the one for this machine: of this Python only."""
    return make(SYSTEMS["linux-x64"], (HERE,), tmp_path_factory.mktemp("linux"))


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(SYSTEMS["windows-x64"], (OLDEST, NEWEST), tmp_path_factory.mktemp("windows"))


def install(folder: Path, home: Path) -> subprocess.CompletedProcess[bytes]:
    """Install as a person does whose machine has no index: what is set here would be asked if anything were."""
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHON": sys.executable,
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    return subprocess.run(["sh", str(folder / "install.sh")], env=environment, capture_output=True, timeout=600)


def used(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [home / ".local" / "bin" / "kientruc", *arguments],
        cwd=home,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        timeout=300,
    )


def test_it_installs_without_an_index_and_works(linux: Path, tmp_path: Path) -> None:
    home = tmp_path / "người dùng"
    result = install(linux, home)
    assert result.returncode == 0, result.stderr.decode()
    assert result.stdout.decode().startswith("kientruc ")
    assert str(home / ".local" / "bin") in result.stderr.decode()  # is not on PATH, and that is said
    shutil.copytree(ROOT / "architecture", home / "architecture")
    shutil.copy(ROOT / "architecture.yaml", home)
    checked = used(home, "check", "--fail-on", "never")
    assert checked.returncode == 0, checked.stderr.decode()
    built = used(home, "view", "layered", "--format", "png", "--to", "hinh.png")  # an extra
    assert (built.returncode, (home / "hinh.png").exists()) == (0, True), built.stderr.decode()


def test_a_flipped_byte_is_refused_by_the_sums_and_by_pip(linux: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(linux, folder)
    wheel = next(folder.glob("idna-*.whl"))
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    result = install(folder, tmp_path / "home")
    assert result.returncode == 3
    assert b"idna" in result.stdout + result.stderr
    assert not (tmp_path / "home" / ".local").exists()
    sums = (folder / SUMS).read_text(encoding="utf-8")
    (folder / SUMS).write_text(
        "".join(f"{line}\n" for line in sums.splitlines() if "idna" not in line), encoding="utf-8"
    )
    result = install(folder, tmp_path / "home")
    assert result.returncode != 0
    assert b"DO NOT MATCH THE HASHES" in result.stderr
    assert not (tmp_path / "home" / ".local" / "bin").exists()


@pytest.mark.parametrize("name", ["linux", "windows"])
def test_every_pin_has_its_wheel_and_every_wheel_its_pin(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    system = SYSTEMS[f"{name}-x64"]
    lock = LOCK.read_text(encoding="utf-8")
    wheels = {one: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.glob("*.whl")}
    taken: set[Path] = set()
    for python in (HERE,) if name == "linux" else (OLDEST, NEWEST):
        major, minor = map(int, python.split("."))
        of_python = ((major, minor), f"cp{major}{minor}", system.tags)
        tags = {*cpython_tags((major, minor), platforms=system.tags), *compatible_tags(*of_python)}
        for pin in pins(lock, system, python):
            requirement, *hashes = pin.split()
            project, _, version = requirement.partition("==")
            fit = [
                one
                for one, hash in wheels.items()
                if (about := parse_wheel_filename(one.name))[0] == canonicalize_name(project)
                and str(about[1]) == version
                and about[3] & tags
                and f"--hash=sha256:{hash}" in hashes
            ]
            assert fit, f"{requirement} has no wheel for {name} and Python {python}"
            taken.update(fit)
    assert [one.name for one in wheels if one not in taken and not one.name.startswith("kientruc-")] == []
    assert any(one.name.startswith("colorama-") for one in wheels) == (name == "windows")


@pytest.mark.parametrize("name", ["linux", "windows"])
def test_it_names_no_index_and_no_machine_and_sums_every_file(name: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    sums = [line.split("  ")[1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()]
    assert set(sums) == {one.name for one in folder.iterdir()} - {SUMS}
    for file in filter(lambda one: TEXT.search(one.name), folder.iterdir()):
        words = file.read_text(encoding="utf-8")
        assert "://" not in words
        assert re.search(r"@\w+@", words) is None
    script = (folder / SYSTEMS[f"{name}-x64"].script).read_bytes()
    assert script.startswith(b"\xef\xbb\xbf") == (name == "windows")  # or Windows PowerShell 5.1 reads it as cp1252
