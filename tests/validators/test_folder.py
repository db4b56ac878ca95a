"""The register of kinds of check: the folder and the register say the same, and the edition needs each of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

import kientruc.validators.checks as checks
from kientruc.frameworks import edition_ids
from kientruc.validators import edition
from kientruc.validators.check import Check
from kientruc.validators.checks import check_class

KINDS: tuple[type[Check], ...] = tuple(check_class(kind) for kind in checks.KINDS)


def test_each_file_of_the_folder_is_one_name_in_the_register() -> None:
    files = {path.stem for path in Path(str(checks.__file__)).parent.glob("*.py")} - {"__init__"}
    assert sorted(files) == list(checks.KINDS)
    assert files == {kind.model_fields["kind"].annotation.__args__[0] for kind in KINDS}  # type: ignore[union-attr]
    assert files == {kind.__module__.rpartition(".")[2] for kind in KINDS}


def test_each_kind_is_there_because_a_requirement_uses_it() -> None:
    editions = [edition(id) for id in edition_ids()]
    used = {
        type(check) for one in editions for requirement in one.requirements.values() for check in requirement.checks
    }
    assert used <= set(KINDS)
    assert {kind.__module__.rpartition(".")[2] for kind in set(KINDS) - used} == set()


def test_each_kind_tells_what_it_is() -> None:
    assert all(kind.__doc__ and kind.outcomes.__doc__ for kind in KINDS)


def test_an_edition_without_checks_can_be_the_first_that_is_read() -> None:
    assert checks.Reader().of(()).validate_python(()) == ()


def test_only_the_kinds_that_are_named_are_read() -> None:
    reader = checks.Reader()
    manual = {"id": "a", "kind": "manual", "question": {"vi": "Đã làm chưa?", "en": "Is it done?"}}
    (made,) = reader.validate_python((manual,))
    assert type(made).__name__ == "Manual"
    one = reader.of(("manual",))
    assert reader.of(("reach",)) is not one  # now of both
    assert reader.of(("manual",)) is reader.of(("reach",)) is reader.of(("manual", "reach"))


@pytest.mark.parametrize("kind", ["reech", "", "os", "__init__", "../check"])
def test_what_is_no_kind_is_not_imported_but_held_against_all_kinds(kind: str) -> None:
    with pytest.raises(KeyError):
        check_class(kind)
    with pytest.raises(ValidationError) as error:
        checks.Reader().of((kind,)).validate_python(({"id": "a", "kind": kind},))
    (problem,) = error.value.errors()
    assert problem["type"] == "union_tag_invalid"
    assert problem["ctx"]["expected_tags"] == ", ".join(f"'{kind}'" for kind in checks.KINDS)
