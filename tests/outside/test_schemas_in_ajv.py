"""Our schemas and our JSON in another maker's validator: Ajv, in Node."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.outside
ROOT = Path(__file__).parent.parent.parent
PROGRAM = """
const Ajv = require('ajv/dist/2020'), formats = require('ajv-formats'), fs = require('fs');
const ajv = formats(new Ajv({strict: false, allErrors: true}));
const read = path => JSON.parse(fs.readFileSync(path, 'utf8'));
const check = ajv.compile(read(process.argv[2]));
console.log(JSON.stringify(process.argv.slice(3).map(path => check(read(path)) ? [] : check.errors)));
"""


@pytest.fixture(scope="session")
def ajv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ajv")
    npm = shutil.which("npm")
    assert npm, "Node and npm are needed for this test"
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "ajv@8", "ajv-formats@3"],
        cwd=folder,
        check=True,
        timeout=300,
    )
    (folder / "check.cjs").write_text(PROGRAM, encoding="utf-8")
    return folder


def errors(ajv: Path, schema: Path, *files: Path) -> list[list[object]]:
    result = subprocess.run(
        ["node", "check.cjs", str(schema), *map(str, files)], cwd=ajv, capture_output=True, check=False, timeout=120
    )
    assert result.returncode == 0, result.stderr.decode()
    found: list[list[object]] = json.loads(result.stdout)
    return found


def test_findings_of_the_province_follow_their_schema_and_a_spoiled_one_does_not(
    ajv: Path, out: Path, tmp_path: Path
) -> None:
    spoiled = json.loads((out / "findings.json").read_bytes())
    spoiled["results"][0]["requirements"][0]["status"] = "passed"
    (tmp_path / "spoiled.json").write_text(json.dumps(spoiled), encoding="utf-8")
    good, bad = errors(ajv, ROOT / "docs/findings.schema.json", out / "findings.json", tmp_path / "spoiled.json")
    assert good == []
    assert len(bad) == 1


def test_the_schema_of_the_format_takes_a_good_file_and_refuses_a_misspelt_one(ajv: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kientruc", "schema"]
    schema = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout
    (tmp_path / "schema.json").write_bytes(schema)
    good = {
        "format": "kientruc/1",
        "architecture": {"id": "a", "name": "A", "agency": "b", "edition": "cpdt-1.0", "cut_off": "2017-09-13"},
        "elements": {
            "lgsp": {
                "kind": "platform",
                "name": "LGSP",
                "states": ["nay"],
                "owner": {"unknown": "chưa rõ", "ask": "b"},
                "operator": {"value": "b", "certainty": "assumed"},
                "uses": ["x", {"to": ["y"], "protocol": "https"}],
            }
        },
        "tasks": {"t": {"name": "T", "cost": [{"year": 2018, "fund": "ngân sách tỉnh", "amount": "4,5 tỷ"}]}},
    }
    bad = json.loads(json.dumps(good))
    bad["elements"]["lgsp"]["knd"] = "platform"
    for name, data in (("good", good), ("bad", bad)):
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    taken, refused = errors(ajv, tmp_path / "schema.json", tmp_path / "good.json", tmp_path / "bad.json")
    assert taken == []
    assert refused != []
