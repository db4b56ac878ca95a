"""The examples of the documentation that take long: papers, portfolios, all pictures, both READMEs whole."""

import pytest

from tests.doc_examples import ROOT, Reader, events, pages

pytestmark = pytest.mark.outside


@pytest.mark.parametrize("name", pages(outside=True))
def test_a_page_runs_as_it_says(name: str, reader: Reader) -> None:
    for event in events((ROOT / name).read_text(encoding="utf-8")):
        reader.follow(event)
    assert reader.commands
