"""The schema beside an architecture: made, kept fresh by `check`, never over what is not ours, never through a link."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kientruc import api
from kientruc.cli import run
from tests.plain_yaml import plain

TEXT = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: "Tỉnh ![x](https://e.vn/a.png)", name_en: Province}}
elements:
  lgsp: {kind: platform, name: Nền tảng, owner: tinh}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "architecture.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def schema_of(root: Path) -> Path:
    return root.parent / api.SCHEMA_FILE


def made(root: Path, lang: str = "vi") -> Path:
    """Let the command write the schema of an architecture."""
    assert run(["schema", str(root), "--to", str(schema_of(root)), "--lang", lang]) == 0
    return schema_of(root)


def ids(schema: Path, section: str) -> list[str]:
    found: list[str] = json.loads(schema.read_bytes())["$defs"][f"ids.{section}"]["enum"]
    return found


def test_the_command_offers_the_ids_of_the_architecture_with_names_that_are_no_markup(root: Path) -> None:
    schema = json.loads(made(root).read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$defs"]["ids.organisations"] == {
        "enum": ["tinh"],
        "markdownEnumDescriptions": [r"Tỉnh !\[x\](https\://e.vn/a.png)"],
        "errorMessage": (
            "Không có cơ quan, đơn vị mang mã này. Gõ Ctrl+Space để chọn một mã trong organisations; "
            "mã mới khai báo được nhận ra sau lần `kientruc check` tới."
        ),
    }


def test_without_an_architecture_any_id_may_stand_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["schema", "--lang", "en"]) == 0
    rules = jsonschema.Draft202012Validator(json.loads(capsys.readouterr().out))
    assert list(rules.iter_errors(plain(TEXT.replace("owner: tinh", "owner: nobody")))) == []
    assert len(list(rules.iter_errors(plain(TEXT.replace("owner: tinh", "ownr: tinh"))))) == 1


def test_in_the_folder_of_an_architecture_it_is_the_one_that_is_meant(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root.parent)
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$defs"]["ids.elements"]["enum"] == ["lgsp"]


def test_check_writes_it_anew_in_its_own_language_and_only_when_it_changes(root: Path) -> None:
    schema = made(root, "en")
    before = schema.stat().st_mtime_ns
    run(["check", str(root)])
    assert schema.stat().st_mtime_ns == before
    root.write_text(f"{TEXT}  sso: {{kind: platform, name: Đăng nhập}}\n", encoding="utf-8")
    run(["check", str(root), "--lang", "vi"])
    assert ids(schema, "elements") == ["lgsp", "sso"]
    assert json.loads(schema.read_bytes())["$comment"].startswith("kientruc/1 en: written by kientruc")


def test_check_makes_none_where_there_is_none_and_leaves_a_foreign_one(root: Path) -> None:
    run(["check", str(root)])
    assert not schema_of(root).exists()
    schema_of(root).write_text('{"title": "of somebody else"}', encoding="utf-8")
    run(["check", str(root)])
    assert schema_of(root).read_text(encoding="utf-8") == '{"title": "of somebody else"}'


def test_a_model_that_is_wrong_still_gives_its_new_ids_and_a_file_nobody_can_read_takes_none_away(root: Path) -> None:
    schema = made(root)
    root.write_text(f"{TEXT}  sso: {{knd: platform, name: Đăng nhập}}\n", encoding="utf-8")
    assert run(["check", str(root)]) == 1
    assert ids(schema, "elements") == ["lgsp", "sso"]
    root.write_text(f"{TEXT}  sso: {{knd: platform, name: Đăng nhập\n", encoding="utf-8")
    assert run(["check", str(root)]) == 1
    assert ids(schema, "elements") == ["lgsp", "sso"]


@pytest.mark.parametrize("text", ["elements: {", "elements:\n  a: {kind: platform, name: A}\n"])
def test_of_what_cannot_be_read_or_is_no_root_the_command_gives_the_general_schema_and_says_so(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    root.write_text(text, encoding="utf-8")
    assert run(["schema", str(root)]) == 0
    out, err = capsys.readouterr()
    assert not any(name.startswith("ids.") for name in json.loads(out)["$defs"])
    assert err.startswith("Có tệp chưa đọc được, hoặc tệp nêu ra không phải tệp gốc")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_check_does_not_write_through_a_link_and_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = root.parent / "outside.json"
    made(root).rename(outside)
    before = outside.read_bytes()
    schema_of(root).symlink_to(outside)
    root.write_text(f"{TEXT}  sso: {{kind: platform, name: Đăng nhập}}\n", encoding="utf-8")
    code = run(["check", str(root), "--fail-on", "never"])
    assert (code, outside.read_bytes()) == (0, before)
    assert str(schema_of(root)) in capsys.readouterr().err


def test_a_disk_that_refuses_is_told_and_no_error_of_the_check(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise PermissionError(13, "no", str(path))

    before = made(root).read_bytes()
    monkeypatch.setattr("kientruc.atomic.flush", refuse)
    root.write_text(f"{TEXT}  sso: {{kind: platform, name: Đăng nhập}}\n", encoding="utf-8")
    assert run(["check", str(root), "--fail-on", "never"]) == 0
    assert api.SCHEMA_FILE in capsys.readouterr().err
    assert schema_of(root).read_bytes() == before


def test_codes_that_the_edition_knows_are_proposed_and_others_may_stand_there() -> None:
    text = TEXT.replace("cpdt-1.0", "qgs-1425").replace("owner: tinh", "owner: tinh, codes: {pl2: a01, khac: x}")
    loaded = api.load_text(text)
    assert loaded.architecture is not None
    for found in (loaded, api.load_text(text.replace("kind:", "knd:"))):  # also while the model is wrong
        schema = json.loads(api.schema_text("vi", found))
        element = schema["$defs"]["Element"]["properties"]["codes"]
        line, codes = schema["$defs"][element["$ref"].removeprefix("#/$defs/")]["anyOf"][0]["properties"]["pl2"][
            "anyOf"
        ]
        assert line == {"$ref": "#/$defs/Line"}
        told = dict(zip(codes["enum"], codes["markdownEnumDescriptions"], strict=True))
        assert told["a01"] == "Nền tảng điện toán đám mây trong Trung tâm dữ liệu quốc gia"
        for code in ("a01", "x99"):
            data = plain(text.replace("a01", code))
            assert jsonschema.Draft202012Validator(schema).is_valid(data)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_plain_file_is_left_alone_and_does_not_hold_up_the_check(root: Path) -> None:
    os.mkfifo(schema_of(root))
    assert run(["check", str(root), "--fail-on", "never"]) == 0


def test_a_folder_in_its_place_is_left_alone(root: Path) -> None:
    schema_of(root).mkdir()
    assert run(["check", str(root), "--fail-on", "never"]) == 0
    assert schema_of(root).is_dir()


def test_a_schema_that_cannot_be_read_is_told_and_no_error_of_the_check(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(root)
    opened = Path.open

    def refuse(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == api.SCHEMA_FILE:
            raise PermissionError(13, "no", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refuse)
    assert run(["check", str(root), "--fail-on", "never"]) == 0
    assert api.SCHEMA_FILE in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", "# yaml-language-server: $schema=../s.json\na: 1\n"),
        ("# lời\r\na: 1\r\n", "# yaml-language-server: $schema=../s.json\r\n# lời\r\na: 1\r\n"),
        ("\ufeffa: 1\n", "\ufeff# yaml-language-server: $schema=../s.json\na: 1\n"),
        ("", "# yaml-language-server: $schema=../s.json\n"),
        ("# lời\n\n# yaml-language-server: $schema=x\na: 1\n", "# lời\n\n# yaml-language-server: $schema=x\na: 1\n"),
        ("# $schema: x\na: 1\n", "# $schema: x\na: 1\n"),
        ("a: 1\n# $schema: x\n", "# yaml-language-server: $schema=../s.json\na: 1\n# $schema: x\n"),
    ],
)
def test_the_first_line_names_the_schema_once(text: str, expected: str) -> None:
    assert api.with_modeline(text, "../s.json") == expected
    assert api.with_modeline(expected, "../s.json") == expected


def test_a_name_in_the_language_that_was_asked_for_also_of_a_record_that_is_wrong() -> None:
    text = TEXT + '  sso: {knd: platform, name: {value: Đăng nhập, certainty: assumed}, name_en: "Sign-on"}\n'
    loaded = api.load_text(text)
    assert loaded.architecture is None
    for lang, names in (("vi", ["Nền tảng", "Đăng nhập"]), ("en", ["Nền tảng", "Sign-on"])):
        schema = json.loads(api.schema_text(lang, loaded))
        assert schema["$defs"]["ids.elements"]["markdownEnumDescriptions"] == names
