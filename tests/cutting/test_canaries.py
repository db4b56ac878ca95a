"""Nothing that some readers may not read is in anything made for them: canaries, and every output there is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.loading import Loaded
from kientruc.renderers import model_json
from tests.cutting.outputs import outputs, squashed
from tests.cutting.planted import plant

HIDDEN = (("restricted", "internal"), ("restricted", "public"), ("internal", "public"))  # the word, and from whom
OFFICIALS = frozenset(("secret", "VPERSON", "VWRITER", "VFILE"))  # what nobody in public reads, and officials do


def loaded(folder: Path) -> Loaded:
    found = api.load(folder / "architecture.yaml")
    assert found.architecture, [str(one) for one in found.findings]
    return found


def leaks(found: dict[str, bytes], canaries: dict[str, str]) -> dict[str, list[str]]:
    """Tell the traces of which things stand in which outputs."""
    plain = {name: squashed(name, data) for name, data in found.items()}
    there = {name: [kind for kind, one in canaries.items() if one in text] for name, text in plain.items()}
    return {name: kinds for name, kinds in there.items() if kinds}


@pytest.mark.parametrize(
    ("seed", "word", "access", "sample", "lang"),
    [
        pytest.param(1, "restricted", "public", True, "vi", marks=pytest.mark.thorough),  # all that the sample gives
        (2, "internal", "public", False, "en"),
        (3, "restricted", "public", False, "vi"),
        (4, "restricted", "internal", False, "en"),
    ],
)
def test_no_canary_is_in_any_output(tmp_path: Path, seed: int, word: str, access: str, sample: bool, lang: str) -> None:
    canaries = plant(tmp_path / "new", seed, word, sample)
    plant(tmp_path / "old", seed, word, sample)
    if access == "internal":  # what only officials read stays, and so does what no word forbids
        canaries = {kind: one for kind, one in canaries.items() if kind not in OFFICIALS}
    old = tmp_path / "old" / "kien-truc" / next(p.name for p in (tmp_path / "old" / "kien-truc").glob("zz-*"))
    text = old.read_text(encoding="utf-8")
    old.write_text(text.replace("treatment: upgrade", "treatment: keep").replace("Ứng dụng mở", "Tên cũ"), "utf-8")
    new, before = loaded(tmp_path / "new"), loaded(tmp_path / "old")
    found = dict(outputs(new, before, access, tmp_path, lang))
    assert len(found) > 60
    assert leaks(found, canaries) == {}
    assert "Ứng dụng mở".encode() in found["build model.json"]


def test_whoever_may_read_all_gets_all(tmp_path: Path) -> None:
    canaries = plant(tmp_path / "new", 5, "restricted", sample=False)
    new = loaded(tmp_path / "new")
    found = dict(outputs(new, new, "restricted", tmp_path, "vi"))
    assert leaks(found, canaries)["build model.json"] == [*canaries]
    assert "hạn chế" in api.summary(api.check(new), "vi")[-1]


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from((("restricted", "internal"), ("restricted", "public"), ("internal", "public"))),
)
def test_no_canary_is_in_what_every_output_is_made_of(seed: int, words: tuple[str, str]) -> None:
    word, access = words
    with tempfile.TemporaryDirectory() as folder:
        canaries = plant(Path(folder) / "new", seed, word, sample=False)
        new = loaded(Path(folder) / "new")
    canaries = {kind: one for kind, one in canaries.items() if access == "public" or kind not in OFFICIALS}
    shown = api.cut(new, access)
    reports = shown.reports(api.check_all(new, ("qgs-1425",)))
    found = {
        "model": model_json.render(shown.architecture),
        "results": api.findings_json(shown.loaded, reports).encode(),
    }
    assert leaks(found, canaries) == {}


def test_no_canary_is_in_the_papers_that_are_handed_in(tmp_path: Path) -> None:
    canaries = plant(tmp_path / "new", 7, "restricted", sample=False)
    shown = api.cut(loaded(tmp_path / "new"), "public")
    made = api.dossier(shown, tmp_path / "dossier")
    assert [name for name, _ in made.papers] == ["quyet-dinh", "kien-truc"]
    found = {path.name: path.read_bytes() for path in (tmp_path / "dossier").iterdir()}
    assert leaks(found, canaries) == {}
    assert json.loads(found["manifest.json"])["access"] == "public"
    assert "BẢN CÔNG KHAI" in found["kien-truc.html"].decode()
