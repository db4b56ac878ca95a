"""The Python API as somebody meets it: names that stay, examples that run, pages and a notebook that are true."""

from __future__ import annotations

import doctest
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from kientruc import api
from kientruc.api.stable import STABLE
from kientruc.errors import KientrucError
from tools import make_api_page, make_notebook

ROOT = Path(__file__).resolve().parent.parent
NAMES = [name for names in STABLE.values() for name in names]
TESTED = [name for name in NAMES if inspect.isfunction(getattr(api, name)) or name == "Questions"]
SMALL = """\
format: kientruc/1
architecture: {id: nho, name: Kiến trúc nhỏ, agency: ubnd, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {ubnd: {name: Ủy ban nhân dân}}
components: {chia-se: {name: Chia sẻ, order: 1}}
states: {nay: {name: Hiện trạng, role: baseline}}
elements: {lgsp: {kind: platform, name: Nền tảng, component: chia-se, owner: ubnd, states: [nay]}}
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """Give what the examples may name: the province, loaded and checked, and a folder with a small architecture."""
    folder = tmp_path_factory.mktemp("api")
    (folder / "architecture.yaml").write_text(SMALL, encoding="utf-8")
    root = ROOT / "architecture.yaml"
    loaded = api.load(root)
    small = api.load(folder / "architecture.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield {
            **{"api": api, "json": json, "Path": Path, "KientrucError": KientrucError},
            **{"root": root, "loaded": loaded, "report": api.check(loaded), "small": small, "folder": folder},
        }


@pytest.mark.parametrize("name", TESTED)
def test_every_example_is_true(name: str, names: dict[str, object]) -> None:
    thing = getattr(api, name)
    parser = doctest.DocTestParser()
    test = parser.get_doctest(inspect.getdoc(thing) or "", dict(names), name, None, 0)
    assert test.examples, f"{name} has no example"
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=told.append)
    assert told == [], "".join(told)


def test_the_page_is_up_to_date() -> None:
    assert make_api_page.PAGE.read_text(encoding="utf-8") == make_api_page.page(), "run: make pages"


def test_the_names_that_stay_have_stayed() -> None:
    """A change here is one that users must be told of: write it into the changelog, then into the file."""
    held = (ROOT / "tests" / "api_signatures.txt").read_text(encoding="utf-8").splitlines()
    assert list(make_api_page.signatures()) == held


def test_the_names_that_stay_are_told_and_typed() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert set(NAMES) <= set(api.__all__)
    assert (ROOT / "kientruc" / "py.typed").is_file()
    for name in NAMES:
        thing = getattr(api, name)
        assert inspect.getdoc(thing), name
        if inspect.isfunction(thing):
            found = inspect.signature(thing)
            assert found.return_annotation is not found.empty, name
            assert all(one.annotation is not one.empty for one in found.parameters.values()), name


def test_every_name_is_one_of_the_door_and_in_order() -> None:
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
    constants, rest = ([name for name in api.__all__ if name.isupper() is upper] for upper in (True, False))
    assert constants == sorted(constants)
    assert rest == sorted(rest, key=lambda name: (name[0].islower(), name))


def test_a_folder_or_a_text_names_an_architecture_too(names: dict[str, object]) -> None:
    folder = names["folder"]
    assert isinstance(folder, Path)
    loaded = [api.load(folder), api.load(str(folder)), api.load(folder / "architecture.yaml")]
    assert [one.architecture is not None and one.architecture.head.id for one in loaded] == ["nho"] * 3


def test_the_notebook_is_as_it_is_made_and_holds_no_run() -> None:
    written = make_notebook.NOTEBOOK.read_text(encoding="utf-8")
    assert written == make_notebook.notebook(), "run: make pages"
    book = json.loads(written)
    nbformat.validate(book)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert len(code) >= 6
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
