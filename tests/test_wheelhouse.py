"""What the wheelhouse asks pip for: the lock, as it holds on a system and for a Python. It is made in tests/outside."""

from __future__ import annotations

import re

import pytest

from tools.make_sbom import LOCK
from tools.make_wheelhouse import PYTHONS, SYSTEMS, pins

TEXT = """\
one==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
two==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
three==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:{a}
three==3.1 ; python_full_version >= '3.12' \\
    --hash=sha256:{b}
""".format(a="a" * 64, b="b" * 64)


@pytest.mark.parametrize(
    ("system", "python", "wanted"),
    [
        ("windows-x64", "3.11", ["one==1.0", "two==2.0", "three==3.0"]),
        ("windows-x64", "3.14", ["one==1.0", "two==2.0", "three==3.1"]),
        ("linux-x64", "3.12", ["one==1.0", "three==3.1"]),
    ],
)
def test_markers_are_those_of_the_computer_to_install_on(system: str, python: str, wanted: list[str]) -> None:
    found = list(pins(TEXT, SYSTEMS[system], python))
    assert [line.split()[0] for line in found] == wanted
    assert found[0].split()[1:] == [f"--hash=sha256:{'a' * 64}", f"--hash=sha256:{'b' * 64}"]


@pytest.mark.parametrize("system", list(SYSTEMS))
@pytest.mark.parametrize("python", PYTHONS)
def test_every_pin_of_the_lock_is_asked_for_once(system: str, python: str) -> None:
    lock = LOCK.read_text(encoding="utf-8")
    found = list(pins(lock, SYSTEMS[system], python))
    names = [line.partition("==")[0] for line in found]
    assert sorted(names) == sorted(set(names))
    everything = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert everything - set(names) == (set() if system == "windows-x64" else {"colorama"})
    assert all("--hash=sha256:" in line for line in found)
