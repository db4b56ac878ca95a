"""A review on the command line: languages, exit codes, every format; nothing in a submission reviews itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import html5lib
import jsonschema
import pytest

from kientruc.cli import run
from kientruc.model.architecture import SECTIONS
from kientruc.model.kinds import Kind

from .conftest import TWO, WAIVER, Desk
from .test_answers import answer, sha256

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/findings.schema.json").read_text(encoding="utf-8")))
BOTH = ("--edition", "cpdt-1.0", "--edition", "thu-2.0")


@dataclass
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands at the reviewer's desk."""

    def __init__(self, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        self.desk, self.capsys = desk, capsys

    def __call__(self, *arguments: str) -> Said:
        self.capsys.readouterr()
        code = run([arguments[0], str(self.desk.root), *arguments[1:]])
        said = self.capsys.readouterr()
        return Said(code, said.out, said.err)

    def json(self, *arguments: str) -> dict[str, object]:
        """Give findings.json, which must follow its schema."""
        path = self.desk.own / "out.json"
        path.unlink(missing_ok=True)
        self("check", *arguments, "--format", "json", "--to", str(path))
        data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
        SCHEMA.validate(data)
        return data


@pytest.fixture
def shell(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.delenv("KIENTRUC_LANG", raising=False)
    return Shell(desk, capsys)


def test_two_editions_give_two_verdicts_and_the_worse_decides_the_exit(shell: Shell) -> None:
    waivers = str(shell.desk.keep("w.yaml", WAIVER))
    said = shell("check", *BOTH, "--waivers", waivers, "--lang", "en")
    verdicts = re.findall(
        r"^Verdict by .*?, (version 1.0|trial 2.0) on 13 September 2017: (.*)$", said.out, re.MULTILINE
    )
    assert verdicts == [("version 1.0", "Not met"), ("trial 2.0", "Not enough to assess")]
    assert said.code == 1
    assert shell("check", "--edition", "thu-2.0", "--waivers", waivers).code == 0


def test_the_same_edition_twice_is_told_once(shell: Shell) -> None:
    assert shell("check", "--edition", "thu-2.0", "--edition", "thu-2.0").out.count("Kết luận theo") == 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            ("Miễn trừ mt-01 (C10-AT-01): miễn trừ 2 kết quả; còn 109 ngày.", "Nếu không có miễn trừ: Chưa đáp ứng"),
        ),
        ("en", ("Waiver mt-01 (C10-AT-01): waives 2 outcomes; 109 days left.", "Without waivers: Not met")),
    ],
)
def test_a_waiver_is_told_in_both_languages(shell: Shell, lang: str, words: tuple[str, ...]) -> None:
    waivers = str(shell.desk.keep("w.yaml", WAIVER))
    out = shell("check", "--edition", "thu-2.0", "--waivers", waivers, "--lang", lang).out
    assert [line for line in words if line not in out.splitlines()] == []


def test_a_waiver_without_effect_stands_beside_its_finding(shell: Shell) -> None:
    waivers = str(shell.desk.keep("w.yaml", WAIVER.replace("thu-2.0", "cpdt-1.0")))
    said = shell("check", "--waivers", waivers)
    assert said.out.count("Miễn trừ mt-01 được biết nhưng không có tác dụng: khung không có quy định miễn trừ.") == 2
    assert f"{waivers}:4:14: lưu ý R-NOWAIVERS: " in said.out
    assert said.code == 1


def test_a_request_stands_beside_its_finding(shell: Shell) -> None:
    shell.desk.submit(
        f"{TWO}\nwaiver_requests:\n  dn-01: {{requirement: C10-AT-01, subjects: [a], reason: Xin thêm}}\n"
    )
    said = shell("check")
    assert said.out.count("Hồ sơ đề nghị miễn trừ (dn-01): chỉ là đề nghị, không thay đổi kết quả.") == 1


@pytest.mark.parametrize("command", ["check", "build"])
def test_broken_files_of_the_reviewer_stop_everything_with_exit_2(shell: Shell, command: str) -> None:
    path = str(shell.desk.keep("w.yaml", WAIVER.replace("state: approved", "state: granted")))
    said = shell(command, "--waivers", path, "--lang", "en")
    assert (said.code, said.out) == (2, "")
    assert f"{path}:7:12: error M-VALUE: `state` does not take “granted”" in said.err
    assert said.err.endswith("Mistakes in the reviewer's files: 1. Nothing was checked.\n")


@pytest.mark.parametrize("option", ["--waivers", "--answers", "--baseline"])
def test_a_file_that_is_not_there_is_a_wrong_usage(shell: Shell, option: str) -> None:
    said = shell("check", option, str(shell.desk.own / "nothing.yaml"))
    assert (said.code, "nothing.yaml" in said.err) == (2, True)


def test_a_partial_run_claims_nothing_and_says_so_first(shell: Shell) -> None:
    said = shell("check", "--only", "C10-AT-02", "--lang", "en")
    heading = re.search(r"^Partial run \(1 of \d+ requirements\): no conformity claim\.\nVerdict by ", said.out, re.M)
    assert heading is not None
    assert said.code == 0
    data = shell.json("--only", "C10-AT-02")["results"]
    assert isinstance(data, list)
    assert (data[0]["partial"], data[0]["verdict"]) == (True, "undetermined")
    assert data[0]["counts"]["not-evaluated"] == len(data[0]["requirements"]) - 1


def test_a_requirement_that_is_not_there_cannot_be_the_only_one(shell: Shell) -> None:
    said = shell("check", "--only", "C10-AT-011", "--lang", "en")
    assert said.code == 2
    assert "Did you mean “C10-AT-01”?" in said.err


def test_every_requirement_named_is_a_whole_run(shell: Shell) -> None:
    results = shell.json()["results"]
    assert isinstance(results, list)
    everything = [argument for one in results[0]["requirements"] for argument in ("--only", one["id"])]
    assert shell.json(*everything) == shell.json()


def test_a_baseline_counts_only_what_is_new(shell: Shell) -> None:
    earlier = shell.desk.own / "earlier.json"
    shell("check", "--format", "json", "--to", str(earlier))
    said = shell("check", "--baseline", str(earlier), "--lang", "en")
    assert said.code == 0
    (told,) = re.findall(r"Against the baseline \((\d+) findings\): 0 new, (\d+) unchanged, 0 gone\.", said.out)
    assert told[0] == told[1]
    assert said.out.count("was in the baseline") == int(told[0]) >= 2
    shell.desk.submit(TWO + "  c: {kind: application, name: C, owner: so}\n")
    said = shell("check", "--baseline", str(earlier))
    assert said.code == 1
    assert said.out.count("mới so với lần trước") == 1


def test_a_baseline_of_an_older_form_is_refused(shell: Shell) -> None:
    path = shell.desk.keep("old.json", json.dumps({"format": "kientruc-findings/1", "requirements": []}))
    said = shell("check", "--baseline", str(path))
    assert (said.code, "R-FORMAT" in said.err) == (2, True)


def test_json_tells_everything_that_decided_the_result(shell: Shell) -> None:
    waivers, answers = shell.desk.keep("w.yaml", WAIVER), shell.desk.keep("a.yaml", answer(sha256(shell.desk)))
    earlier = shell.desk.own / "earlier.json"
    shell("check", *BOTH, "--format", "json", "--to", str(earlier))
    given = ("--waivers", str(waivers), "--answers", str(answers), "--baseline", str(earlier))
    data = shell.json(*BOTH, *given, "--on", "2017-10-01")
    results, reviewer, architecture = data["results"], data["reviewer"], data["architecture"]
    assert isinstance(results, list)
    assert isinstance(reviewer, dict)
    assert isinstance(architecture, dict)
    assert [(one["edition"]["id"], one["on"]) for one in results] == [
        ("cpdt-1.0", "2017-10-01"),
        ("thu-2.0", "2017-10-01"),
    ]
    assert all(re.fullmatch("[0-9a-f]{64}", value) for value in reviewer.values())
    assert len(set(reviewer.values())) == 3
    assert (architecture["relations"], architecture["kinds"]["application"], architecture["kinds"]["data_store"]) == (
        0,
        2,
        0,
    )
    assert results[1]["verdict_without_waivers"] == "not-met"
    assert [one["effective"] for one in results[1]["waivers"]] == [True]
    assert results[0]["baseline"]["new"] == 0


def test_an_architecture_that_cannot_be_read_still_follows_the_schema(shell: Shell) -> None:
    shell.desk.submit(TWO.replace("owner: so}", "owner: nobody}"))
    earlier = shell.desk.own / "earlier.json"
    shell("check", "--format", "json", "--to", str(earlier))
    data = shell.json(*BOTH, "--baseline", str(earlier))
    results, loading = data["results"], data["loading"]
    assert isinstance(results, list)
    assert isinstance(loading, list)
    assert [one["verdict"] for one in results] == ["not-evaluated", "not-evaluated"]
    assert {one["change"] for one in loading} == {"unchanged"}
    assert shell("check", "--baseline", str(earlier)).code == 1  # what cannot be read is never excused


CONFIGURES = {
    ".kientruc.yaml": "fail_on: never\nedition: thu-2.0\nwaivers: waivers.yaml\n",
    "kientruc.yaml": "only: []\n",
    "waivers.yaml": WAIVER.replace("thu-2.0", "cpdt-1.0"),
    "waivers/w.yaml": WAIVER.replace("thu-2.0", "cpdt-1.0"),
    "baseline.json": '{"format": "kientruc-findings/2"}',
    "pyproject.toml": "[tool.kientruc]\nfail_on = 'never'\n",
    "setup.cfg": "[kientruc]\nfail_on = never\n",
    "conftest.py": "raise SystemExit('ran')\n",
    "sitecustomize.py": "raise SystemExit('ran')\n",
    "kientruc/__init__.py": "raise SystemExit('ran')\n",
    "frameworks/editions/cpdt-1.0/edition.yaml": "id: cpdt-1.0\n",
    "editions/cpdt-1.0/requirements/C10-AT-01.yaml": "id: C10-AT-01\n",
    "packs/p/edition.yaml": "id: p\n",
    ".git/hooks/post-checkout": "#!/bin/sh\nexit 1\n",
    ".env": "KIENTRUC_LANG=en\n",
    "templates/report.html.jinja": "{{ 7 * 7 }}\n",
}


def test_nothing_in_a_submission_configures_its_own_check(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shell.desk.root.parent
    monkeypatch.chdir(folder)
    outputs = {}
    for turn in ("bare", "dressed"):
        if turn == "dressed":
            given = {**CONFIGURES, "answers.yaml": answer(sha256(shell.desk))}
            for name, text in given.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")
        out = shell.desk.own / turn
        said, built = shell("check"), shell("build", "-o", str(out))
        assert (said.code, built.code) == (1, 0)
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        outputs[turn] = (said.out, files)
    assert outputs["bare"] == outputs["dressed"]
    assert "findings.json" in outputs["bare"][1]


def test_what_nothing_is_declared_of_is_told(shell: Shell) -> None:
    architecture = shell.json()["architecture"]
    assert isinstance(architecture, dict)
    assert (architecture["sections"]["tasks"], architecture["kinds"]["data_store"]) == (0, 0)
    assert set(architecture["kinds"]) == {kind.value for kind in Kind}
    assert set(architecture["sections"]) == set(SECTIONS)
    out = shell.desk.own / "out"
    shell("build", "-o", str(out), "--lang", "en")
    text = (out / "report.html").read_text(encoding="utf-8")
    (told,) = re.findall(r"The architecture declares no element of these kinds: (.*?)\.</p>", text)
    assert told.split(", ") == [kind.en for kind in Kind if kind is not Kind.APPLICATION]


def test_an_ignore_comment_ignores_nothing(shell: Shell) -> None:
    plain = shell.json()["results"]
    shell.desk.submit(TWO.replace("owner: so}", "owner: so}  # noqa  # kientruc: ignore=C10-AT-01  # checkov:skip=all"))
    assert shell.json()["results"] == plain


def test_the_report_shows_two_editions_with_every_link_in_its_place(shell: Shell) -> None:
    waivers = str(shell.desk.keep("w.yaml", WAIVER))
    out = shell.desk.own / "out"
    said = shell("build", *BOTH, "--waivers", waivers, "--lang", "en", "-o", str(out))
    assert said.code == 0, said.err
    text = (out / "report.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids)), sorted({id for id in ids if ids.count(id) > 1})
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    table = next(one for one in tree.iter("table") if one.get("class") == "side")
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")]
    assert [row for row in rows if row[0] == "Verdict"] == [
        ["Verdict", "Not met", "Not enough to assessWithout waivers: Not met"]
    ]
    assert "Waiver mt-01: granted by Nguyễn Văn A (Cục Tin học hóa), through 31 December 2017." in text
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert [one["id"] for one in manifest["editions"]] == ["cpdt-1.0", "thu-2.0"]
    assert (manifest["on"], list(manifest["reviewer"])) == ("2017-09-13", ["waivers"])


def test_one_edition_has_no_table_of_editions_and_no_register(shell: Shell) -> None:
    out = shell.desk.own / "out"
    assert shell("build", "-o", str(out)).code == 0
    text = (out / "bao-cao.html").read_text(encoding="utf-8")
    for id in ("side-by-side", "waivers"):
        assert f'id="{id}"' not in text
    assert 'id="r-C10-AT-01"' in text


@pytest.mark.parametrize("format", ["sarif", "junit", "md", "csv", "xlsx"])
def test_every_format_takes_a_reviewed_result(shell: Shell, format: str) -> None:
    waivers = str(shell.desk.keep("w.yaml", WAIVER))
    path = shell.desk.own / f"out.{format}"
    said = shell("check", *BOTH, "--waivers", waivers, "--only", "C10-AT-01", "--format", format, "--to", str(path))
    assert (said.code, path.stat().st_size > 500) == (1, True), said.err
    if format == "sarif":
        results = [one for run in json.loads(path.read_text(encoding="utf-8"))["runs"] for one in run["results"]]
        excused = [one["suppressions"][0]["justification"] for one in results if "suppressions" in one]
        assert len(excused) == 2
        assert all(one.startswith("Miễn trừ mt-01: Nguyễn Văn A") for one in excused)
