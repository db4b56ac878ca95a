"""Nothing that some readers may not read is in anything made for them: canaries, and every output there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kientruc import api
from kientruc.loading import Loaded
from tests.cutting.outputs import outputs, squashed
from tests.cutting.planted import plant


def loaded(folder: Path) -> Loaded:
    found = api.load(folder / "architecture.yaml")
    assert found.architecture, [str(one) for one in found.findings]
    return found


def leaks(found: dict[str, bytes], canaries: frozenset[str]) -> dict[str, list[str]]:
    """Tell which canaries stand in which outputs."""
    there = {name: [one for one in canaries if one in squashed(name, data)] for name, data in found.items()}
    return {name: words for name, words in there.items() if words}


@pytest.mark.parametrize(
    ("seed", "word", "access", "sample", "lang"),
    [
        (1, "restricted", "public", True, "vi"),
        (2, "internal", "public", False, "en"),
        (3, "restricted", "public", False, "vi"),
        (4, "restricted", "internal", False, "en"),
    ],
)
def test_no_canary_is_in_any_output(
    tmp_path: Path, seed: int, word: str, access: str, sample: bool, lang: str
) -> None:
    canaries = plant(tmp_path / "new", seed, word, sample)
    plant(tmp_path / "old", seed, word, sample)
    if access == "internal":  # what only officials read stays, and so does what no word forbids
        kept = ("secret", "person", "writer", "file", "content", "sourcing", "evid", "remark", "about")
        canaries -= {one for one in canaries if one.startswith(kept)}
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
    (told,) = {frozenset(words) for name, words in leaks(found, canaries).items() if name == "build model.json"}
    assert told == canaries
    assert "hạn chế" in api.summary(api.check(new), "vi")[-1]
