"""A folder to install from without a network: kientruc's wheel, and every wheel that requirements.lock pins, by hash.

One for each system, each for all versions of Python we cover, with a script that installs it for one user. Where the
wheels come from is the business of this machine's pip; the hashes of the lock decide what is taken.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.markers import Marker

from kientruc import __version__
from tools.make_sbom import HASH, LOCK, PIN, ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PARTS = Path(__file__).parent / "wheelhouse"
SUMS = "SHA256SUMS"
_GLIBC = 28  # manylinux_2_28: Debian 10, Ubuntu 20.04, RHEL 8 and later
_MANYLINUX = (
    *(f"manylinux_2_{minor}_x86_64" for minor in range(_GLIBC, 4, -1)),
    *(f"manylinux{name}_x86_64" for name in ("2014", "2010", "1")),
)


@dataclass(frozen=True)
class System:
    """A system to install on: its tags of wheels, what markers ask of it, and its script."""

    name: str
    tags: tuple[str, ...]
    markers: Mapping[str, str] = field(hash=False)
    script: str


SYSTEMS = {
    one.name: one
    for one in (
        System(
            "windows-x64",
            ("win_amd64",),
            {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
            "install.ps1",
        ),
        System(
            "linux-x64",
            _MANYLINUX,
            {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": "x86_64"},
            "install.sh",
        ),
    )
}


def pins(lock: str, system: System, python: str) -> Iterator[str]:
    """Give the lines of a lock file that hold on a system and for a version of Python, without their markers."""
    found = list(PIN.finditer(lock))
    ends = [*(pin.start() for pin in found[1:]), len(lock)]
    about = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for pin, end in zip(found, ends, strict=True):
        name, version, marker = pin.groups()
        if not marker or Marker(marker).evaluate(about):
            hashes = " ".join(f"--hash=sha256:{one}" for one in HASH.findall(lock, pin.end(), end))
            yield f"{name}=={version} {hashes}"


def download(system: System, python: str, into: Path) -> None:
    """Fetch every wheel for a system and a version of Python.

    Raises:
        CalledProcessError: there is none for a pin, or none of the lock's hashes fits; pip has said which.
    """
    tags = [part for tag in system.tags for part in ("--platform", tag)]
    about = ["--python-version", python, "--implementation", "cp", "--only-binary", ":all:", "--no-deps"]
    with TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text("\n".join(pins(LOCK.read_text(encoding="utf-8"), system, python)), encoding="utf-8")
        _pip("download", "--quiet", "--require-hashes", *about, *tags, "-r", str(wanted), "-d", str(into))


def own_wheel(into: Path) -> Path:
    """Build kientruc's wheel."""
    _pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(into), str(ROOT))
    return next(into.glob(f"kientruc-{__version__}-*.whl"))


def make(system: System, pythons: Sequence[str], out: Path) -> Path:
    """Make the folder of one system anew; nothing stands under its name before it is whole."""
    folder = out / f"wheelhouse-{system.name}"
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out) as work:
        made = Path(work) / "made"
        made.mkdir()
        own = own_wheel(made)
        for python in pythons:
            download(system, python, made)
        lock = LOCK.read_text(encoding="utf-8")
        (made / "requirements.txt").write_text(
            f"kientruc[all]=={__version__} \\\n    --hash=sha256:{_sha256(own)}\n{lock}", encoding="utf-8", newline="\n"
        )
        for name in ("README.md", system.script):
            _fill(PARTS / name, made / name, {"version": __version__, "pythons": " ".join(pythons)})
        _write(made / SUMS, (f"{_sha256(one)}  {one.name}" for one in sorted(made.iterdir())))
        shutil.rmtree(folder, ignore_errors=True)
        made.rename(folder)
    return folder


def _fill(part: Path, to: Path, values: Mapping[str, str]) -> None:
    words = re.sub(r"@(\w+)@", lambda found: values[found[1]], part.read_text(encoding="utf-8"))
    # Windows PowerShell 5.1 takes a script without a mark for one in the old code page.
    to.write_text(words, encoding="utf-8-sig" if to.suffix == ".ps1" else "utf-8", newline="\n")
    if to.suffix == ".sh":
        to.chmod(0o755)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments], check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.make_wheelhouse", description=__doc__)
    parser.add_argument("--system", choices=tuple(SYSTEMS), action="append", help="all of them by default")
    parser.add_argument("--python", action="append", metavar="3.N", help=f"{', '.join(PYTHONS)} by default")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    given = parser.parse_args(arguments)
    for name in given.system or SYSTEMS:
        try:
            folder = make(SYSTEMS[name], given.python or PYTHONS, given.out)
        except subprocess.CalledProcessError as error:
            return int(error.returncode) or 1
        files = list(folder.iterdir())
        size = sum(one.stat().st_size for one in files) / 1e6
        print(f"{folder.name}: {sum(one.suffix == '.whl' for one in files)} wheels, {size:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
