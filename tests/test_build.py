"""The whole main job on the real province: same bytes, no network, valid files, nothing invented."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import jsonschema
import pytest

ROOT = Path(__file__).parent.parent


def build(folder: Path, out: str = "out", **environment: str) -> Path:
    shutil.copytree(ROOT / "architecture", folder / "architecture")
    shutil.copy(ROOT / "architecture.yaml", folder)
    result = subprocess.run(
        [sys.executable, "-m", "kientruc", "build", "-o", out],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()
    return folder / out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("province"))


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_under_other_seeds_folders_languages_and_zones_give_the_same_bytes(
    out: Path, tmp_path: Path
) -> None:
    deeper = tmp_path / "một thư mục khác" / "sâu hơn"
    deeper.mkdir(parents=True)
    other = build(deeper, "kết quả", PYTHONHASHSEED="4242", LC_ALL="C", TZ="Pacific/Auckland")
    assert hashes(other) == hashes(out)


def test_the_manifest_tells_the_hash_of_everything(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_bytes())
    found = hashes(out)
    found.pop("manifest.json")
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == found
    assert (
        manifest["inputs"]["architecture.yaml"] == hashlib.sha256((ROOT / "architecture.yaml").read_bytes()).hexdigest()
    )


def test_findings_follow_their_published_schema(out: Path) -> None:
    schema = json.loads((ROOT / "docs" / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads((out / "findings.json").read_bytes()))


def test_the_report_has_no_script_no_handler_no_foreign_address(out: Path) -> None:
    text = (out / "bao-cao.html").read_text(encoding="utf-8")
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    assert not list(tree.iter("iframe"))
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not str(name).lower().startswith("on"), name
            assert str(name) != "style", element.tag
            if str(name) in ("href", "src"):
                assert str(value).startswith(("#", "http://", "https://")), value
    policy = next(meta.attrib["content"] for meta in tree.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_every_link_inside_the_report_has_its_target_and_ids_are_unique(out: Path) -> None:
    text = (out / "bao-cao.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted({id for id in ids if ids.count(id) > 1})
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert targets <= set(ids), sorted(targets - set(ids))


def test_the_report_tells_ranks_counts_and_what_a_pass_rests_on(out: Path) -> None:
    text = (out / "bao-cao.html").read_text(encoding="utf-8")
    assert '<span class="about">Đồng hạng 17.</span>' in text
    assert '<span class="note">8 trạm</span>' in text
    assert "Đáp ứng: 5 (2 chỉ dựa trên điều giả định hoặc còn nghi vấn)" in text
    assert "Gồm 7 phần, đều mới giả định theo mẫu, chưa phần nào ghi cấp độ" in text
    found = json.loads((out / "findings.json").read_bytes())["results"][0]["requirements"]
    rests = {one["id"]: [each["rests_on"] for each in one["outcomes"] if each["rests_on"]] for one in found}
    assert {id: told for id, told in rests.items() if told} == {"C10-TP-01": ["doubtful", "doubtful"]}


def test_every_element_of_a_component_stands_in_the_register_and_most_in_the_picture(out: Path) -> None:
    from kientruc.api import load

    architecture = load(ROOT / "architecture.yaml").architecture
    assert architecture is not None
    text = (out / "bao-cao.html").read_text(encoding="utf-8")
    for id in architecture.elements:
        assert f'<tr id="at-{id}">' in text, id
    picture = (out / "pictures" / "layered-observed-a3.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r' id="layered-observed-(?:b|group)-([^"]+)"', picture))
    assert {element.id for element in architecture.elements.values() if element.component} <= drawn


@pytest.mark.parametrize("name", ["layered-slide", "layered-a3", "layered-observed-slide", "layered-observed-a3"])
def test_pictures_are_xml_and_png(out: Path, name: str) -> None:
    root = ElementTree.fromstring((out / "pictures" / f"{name}.svg").read_bytes())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (out / "pictures" / f"{name}.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_no_output_names_a_day_of_today_or_a_path_of_the_machine(out: Path) -> None:
    from datetime import date

    for path in out.rglob("*"):
        if path.suffix in (".html", ".json", ".svg"):
            text = path.read_text(encoding="utf-8")
            assert date.today().isoformat() not in text
            assert str(out.parent) not in text


@pytest.mark.thorough
def test_the_report_of_another_language_stays_as_long_as_it_tells_of_the_same(tmp_path: Path) -> None:
    out = build(tmp_path)

    def again(lang: str) -> str:
        command = [sys.executable, "-m", "kientruc", "build", "-o", "out", "--lang", lang]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout.decode()

    vietnamese = (out / "bao-cao.html").read_bytes()
    assert "Removed" not in again("en")
    assert (out / "bao-cao.html").read_bytes() == vietnamese
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert {"bao-cao.html", "report.html"} <= set(manifest["files"])
    again("en")
    assert json.loads((out / "manifest.json").read_bytes()) == manifest
    root = tmp_path / "architecture.yaml"
    root.write_text(root.read_text(encoding="utf-8") + "# sửa\n", encoding="utf-8")
    assert "bao-cao.html" in again("en")
    assert not (out / "bao-cao.html").exists()
