"""Seeded mutants of what strangers send, down to bytes: each is used or refused, soon, and nothing else happens.

`KIENTRUC_MUTANTS=10000 pytest tests/test_byte_mutants.py` makes more of them; other numbers of a seed give others.
"""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kientruc import api
from kientruc.bundle.pack import pack
from kientruc.errors import KientrucError
from kientruc.loading import Loaded
from tests.bundle.conftest import PART, edited, forged, made, unpacked
from tests.bundle.conftest import ROOT as BUNDLED
from tests.renderers.test_form_xlsx import TEXT as FORM
from tests.watch import watched

ROOT = Path(__file__).parent.parent
COUNT = int(os.environ.get("KIENTRUC_MUTANTS", "500"))
SEED = 20260701
Use = Callable[[], None]
SECONDS = 10.0  # of the processor, for one; the tenth part would do
NASTY = (
    *(b"&a ", b"*a", b"<<: ", b"!!python/object/apply:os.system [x]", b"[[[[[[[[", b"{", b"]", b'"', b"'", b"? "),
    *(b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\x1b[31m", b"\r", b"---\n", b"..."),
    *(b"../", b"/etc/passwd", b"C:\\", b"http://localhost/", b"9" * 400, b"-1", b"1e999", b".nan", b"null", b"=1+1"),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"</", b"<a>" * 80, b"PK\x01\x02", b"PK\x05\x06", b"%s%n", b"{{7*7}}"),
    *(b"|\n", b"\t", b"&#0;", b"a" * 70_000),
)  # fmt: skip


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Change a few places: bytes flipped, put in, taken out, doubled, moved, or the end cut off."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at, size = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 8, 100))
        match rng.randrange(7):
            case 0 | 1:
                data = data[:at] + bytes(rng.randrange(256) for _ in data[at : at + size]) + data[at + size :]
            case 2 | 3:
                data = data[:at] + rng.choice(NASTY) + data[at:]
            case 4:
                data = data[:at] + data[at + size :]
            case 5:
                data = data[: at + size] + data[at:]
            case _:
                data = data[:at] if rng.random() < 0.3 else data[at:] + data[:at]
    return data  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Submissions:
    return Submissions(tmp_path_factory.mktemp("nguon"))


class Submissions:
    """The sound ones that mutants are made of."""

    def __init__(self, folder: Path) -> None:
        (folder / "phan").mkdir(parents=True)
        (folder / "architecture.yaml").write_text(BUNDLED, encoding="utf-8")
        (folder / "phan" / "a.yaml").write_text(PART, encoding="utf-8")
        self.bundle = made(folder).data
        self.members = unpacked(self.bundle)
        form = folder / "bieu-mau.yaml"
        form.write_text(FORM.lstrip("\n"), encoding="utf-8")
        self.model = api.load(form)
        assert self.model.architecture is not None
        self.workbook = api.form_workbook(self.model.architecture)
        self.parts = unpacked(self.workbook)


def bundle(sound: Submissions, rng: random.Random) -> bytes:
    """Change the bytes of the ZIP, a file in it with its hash, or a value of the manifest, which stays canonical."""
    match rng.randrange(4):
        case 0:
            return mutated(sound.bundle, rng)
        case 1:
            name = rng.choice(sorted(set(sound.members) - {"manifest.json"}))
            return pack(forged(sound.members, name, mutated(sound.members[name], rng)))
        case 2:
            return pack(sound.members | {"manifest.json": mutated(sound.members["manifest.json"], rng)})
        case _:
            values: tuple[object, ...] = (
                None,
                0,
                -1,
                2**53,
                "",
                "../a",
                "\x00",
                [],
                {},
                [[]],
                True,
                "2017-13-45",
                "a" * 1000,
            )
            return pack(edited(sound.members, lambda manifest: replace(manifest, rng.choice(values), rng)))


def replace(node: object, value: object, rng: random.Random) -> None:
    """Put a value somewhere into a tree of JSON."""
    while isinstance(node, dict | list) and node:
        keys = sorted(node) if isinstance(node, dict) else range(len(node))
        key = rng.choice(keys)
        inner = node[key]
        if not (isinstance(inner, dict | list) and inner) or rng.random() < 0.3:
            node[key] = value
            return
        node = inner


def workbook(sound: Submissions, rng: random.Random) -> bytes:
    """Change the bytes of the ZIP, of one XML part, or what stands in some cells."""
    stream = io.BytesIO()
    match rng.randrange(3):
        case 0:
            return mutated(sound.workbook, rng)
        case 1:
            name = rng.choice(sorted(sound.parts))
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                for part, data in sound.parts.items():
                    archive.writestr(part, mutated(data, rng) if part == name else data)
        case _:
            book = load_workbook(io.BytesIO(sound.workbook))
            values = (
                "=1+1",
                "a" * 32_767,
                -1,
                1e300,
                True,
                None,
                "KT-10",
                "\u202ex",
                "../a",
                "31/02/2026",
                "x\ny",
                "{{7*7}}",
            )
            for _ in range(rng.choice((1, 3, 20))):
                sheet = rng.choice(book.worksheets)
                cell = sheet.cell(rng.randrange(1, sheet.max_row + 3), rng.randrange(1, sheet.max_column + 2))
                if type(cell).__name__ == "Cell":  # the others lie under a merged one
                    cell.value = rng.choice(values)
            book.save(stream)
    return stream.getvalue()


def judged(loaded: Loaded, out: Path) -> None:
    """Go on as a reviewer would: tell the findings, check what loaded, write the result."""
    for lang in ("vi", "en"):
        for line in api.terminal(api.form_remarks(loaded.findings, lang)[:20], lang, out):
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", line), line
    if loaded.architecture is not None:
        told = json.dumps([len(report.result.requirements) for report in api.check_all(loaded)]).encode()
        api.write_several([(out / "a.json", told, 0)])


def yaml(folder: Path, out: Path, rng: random.Random) -> Use:
    path = rng.choice(sorted(folder.rglob("*.yaml")))
    whole = path.read_bytes()
    path.write_bytes(mutated(whole, rng))

    def use() -> None:
        try:
            judged(api.load(folder / "architecture.yaml"), out)
        finally:
            path.write_bytes(whole)

    return use


def province(sound: Submissions, folder: Path, rng: random.Random) -> Use:
    return yaml(folder / "tinh", folder / "out", rng)


def sample(sound: Submissions, folder: Path, rng: random.Random) -> Use:
    return yaml(folder / "mau", folder / "out", rng)


def submitted_bundle(sound: Submissions, folder: Path, rng: random.Random) -> Use:
    path = folder / "goi.zip"
    path.write_bytes(bundle(sound, rng))

    def use() -> None:
        api.spell_verification(api.verify(path), path, "json", "vi")
        judged(api.open_submission(path).loaded, folder / "out")

    return use


def submitted_workbook(sound: Submissions, folder: Path, rng: random.Random) -> Use:
    path = folder / "mau-03.xlsx"
    path.write_bytes(workbook(sound, rng))

    def use() -> None:
        judged(api.open_submission(path, cut_off=date(2026, 9, 1)).loaded, folder / "out")
        api.form_changes(sound.model, path).patch.diff()

    return use


Trial = Callable[[Submissions, Path, random.Random], Use]
SHARES: dict[Trial, float] = {submitted_bundle: 0.62, submitted_workbook: 0.2, province: 0.17, sample: 0.01}
SLICE = 50  # mutants of one test, so that workers share them
CASES = [(trial, number) for trial, share in SHARES.items() for number in range(-(-round(COUNT * share) // SLICE))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the province and the sample to spoil, and one to write into."""
    folder = tmp_path_factory.mktemp("ban")
    (folder / "out").mkdir()
    shutil.copytree(ROOT / "architecture", folder / "tinh" / "architecture")
    shutil.copy(ROOT / "architecture.yaml", folder / "tinh")
    shutil.copytree(ROOT / "examples" / "tinh-mau", folder / "mau")
    return folder


@pytest.mark.parametrize(("trial", "number"), CASES, ids=lambda case: getattr(case, "__name__", str(case)))
def test_no_mutant_crashes_hangs_or_reaches_out(trial: Trial, number: int, sound: Submissions, desk: Path) -> None:
    rng = random.Random(f"{SEED}-{trial.__name__}-{number}")
    faults = []
    for one in range(min(SLICE, round(COUNT * SHARES[trial]) - number * SLICE)):
        use = trial(sound, desk, rng)
        start = time.process_time()
        with watched(desk) as watch:
            try:
                use()
            except KientrucError as error:  # a sentence for the user
                assert error.key
            except Exception as error:
                faults.append(f"#{one}: {type(error).__name__}: {error}"[:300])
        faults += [f"#{one}: {deed}" for deed in watch.deeds]
        if (seconds := time.process_time() - start) > SECONDS:
            faults.append(f"#{one}: {seconds:.1f} s")
    assert faults == []
