"""`kientruc review`: twenty strangers in one command, thirteen appraised, seven refused by name, nothing touched."""

from __future__ import annotations

import io
import json
import os
import shutil
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import html5lib
import pytest
from openpyxl import load_workbook

from kientruc import api
from kientruc.api.appraising import appraised
from kientruc.api.isolated import Reply
from kientruc.api.isolated_worker import USUAL, Budget, End
from kientruc.api.reviewing import FILES, NAME, QUESTIONS, Outcome, Reviewing, appraise_all, read_reply
from kientruc.cli import FAILED, FINDINGS, FINE, USAGE, run
from kientruc.linting import lint_docx
from kientruc.renderers.document.profile import profiles
from tests.renderers.test_form_xlsx import TEXT

EXAMPLES = Path(__file__).parent.parent
SMALL = """\
format: kientruc/1
architecture:
  id: tinh-{number}
  name: Kiến trúc tỉnh {number}
  agency: ubnd-tinh
  edition: cpdt-1.0
  version: "{version}"
  cut_off: 2017-09-13
organisations:
  ubnd-tinh: {{name: Ủy ban nhân dân tỉnh}}
elements:
  mot-cua:
    kind: application
    name: Một cửa điện tử
    owner: ubnd-tinh
{more}"""
FIFTEEN = "\n".join(f"a{level}: [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 10))
HOSTILE: dict[str, tuple[str, str]] = {
    "bom": (f"a0: &a0 [x]\n{FIFTEEN}\n", "Y-ALIAS"),
    "sau": ("format: kientruc/1\narchitecture: " + "[" * 5_000 + "\n", "Y-DEPTH"),
    "ra-ngoai": ("", "I-PATH"),
    "the": ("format: kientruc/1\narchitecture: !!python/object/apply:os.system [id]\n", "Y-TAG"),
}


def small(number: int = 1, version: str = "1", more: str = "") -> str:
    return SMALL.format(number=number, version=version, more=more)


def workbook(folder: Path, name: str, edit: Callable[[object], None] | None = None) -> Path:
    """Write a workbook as an agency sends it: nothing but the form."""
    (folder / "form").mkdir(exist_ok=True)
    root = folder / "form" / "architecture.yaml"
    root.write_text(TEXT.lstrip("\n"), encoding="utf-8")
    api.assign_codes(api.load(root)).patch.write(root.parent)
    architecture = api.load(root).architecture
    assert architecture is not None
    book = load_workbook(io.BytesIO(api.form_workbook(architecture)))
    if edit:
        edit(book)
    book.save(folder / name)
    shutil.rmtree(folder / "form")
    return folder / name


def bundled(source: Path, bundle: Path, swap: tuple[bytes, bytes] = (b"", b"")) -> Path:
    """Write a submission as a bundle; with a swap, one whose sources were changed after it was packed."""
    assert run(["bundle", str(source), "-o", str(bundle)]) == FINE
    with zipfile.ZipFile(bundle) as archive:
        entries = [(entry, archive.read(entry).replace(*swap)) for entry in archive.infolist()]
    if swap != (b"", b""):
        with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as archive:
            for entry, data in entries:
                archive.writestr(entry, data)
    return bundle


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty submissions: seven hostile, each in its own way; four of them workbooks, two of them bundles."""
    folder = tmp_path_factory.mktemp("nhan")
    good = []
    for number in range(8):
        (folder / f"tinh-{number}.yaml").write_text(small(number), encoding="utf-8")
        good.append(folder / f"tinh-{number}.yaml")
    good[0] = bundled(good[0], folder / "goi.zip")
    good += [EXAMPLES / "examples" / "tinh-mau", EXAMPLES / "architecture.yaml"]
    good += [workbook(folder, f"bang-{number}.xlsx") for number in range(3)]
    bad = []
    for name, (words, _) in HOSTILE.items():
        text = words or small(more="include: ['../../../etc/passwd']\n")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        bad.append(folder / f"{name}.yaml")
    swap = ("Một cửa".encode(), "Một cử1".encode())
    bad.append(bundled(folder / "tinh-1.yaml", folder / "goi-sua.zip", swap))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", bytes(200 * 1024 * 1024))
    (folder / "bom-nen.xlsx").write_bytes(bomb.getvalue())
    bad.append(folder / "bom-nen.xlsx")
    target = folder / "lien-ket"
    target.mkdir()
    if sys.platform == "win32":
        (target / "architecture.yaml").write_bytes(b"\xff\xfe\0")
    else:
        os.mkfifo(target / "architecture.yaml")
    bad.append(target)
    return [one for pair in zip(good, [*bad, *[None] * 6], strict=True) for one in pair if one is not None]


@pytest.mark.thorough
def test_thirteen_are_appraised_and_seven_refused_in_one_command_and_again_with_the_same_bytes(
    twenty: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(twenty) == 20
    assert run(["review", *map(str, twenty), "-o", str(tmp_path / "a"), "--workers", "2"]) == FAILED
    told = capsys.readouterr().out
    states = {}
    for folder in (tmp_path / "a").iterdir():
        data = json.loads((folder / f"{NAME}.json").read_text(encoding="utf-8"))
        states[folder.name] = (data["state"], [one["code"] for one in data["reasons"]][:1])
    assert sum(state == "appraised" for state, _ in states.values()) == 13
    refused = {name: codes for name, (state, codes) in states.items() if state != "appraised"}
    fifo = "Y-ENC" if sys.platform == "win32" else "I-TYPE"
    codes = {name: [code] for name, (_, code) in HOSTILE.items()}
    assert refused == codes | {"goi-sua": ["B-HASH"], "bom-nen": ["X-BOMB"], "lien-ket": [fifo]}
    for name, (code,) in refused.items():
        assert code in told and name in told
    assert run(["review", *map(str, twenty), "-o", str(tmp_path / "b"), "--workers", "1"]) == FAILED
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def one(path: Path, **decided: object) -> Outcome:
    (found,) = appraise_all([path], Reviewing(**{"formats": ("json", "html"), **decided}))  # type: ignore[arg-type]
    return found


def data_of(outcome: Outcome) -> dict[str, object]:
    found: dict[str, object] = json.loads(outcome.files[f"{NAME}.json"])
    return found


def test_nothing_a_submission_brings_changes_its_appraisal(tmp_path: Path) -> None:
    for where in ("a", "b"):
        (tmp_path / where / "ho-so").mkdir(parents=True)
        (tmp_path / where / "ho-so" / "architecture.yaml").write_text(small(), encoding="utf-8")
    brought = tmp_path / "b" / "ho-so"
    for name in ("kientruc.yaml", ".kientruc.yaml", "waivers.yaml", "answers.yaml", "findings.json", "pyproject.toml"):
        (brought / name).write_text("format: kientruc-waivers/1\nwaivers: {}\n")
    for name in ("sitecustomize.py", "conftest.py", "kientruc.py", "resource.py"):
        (brought / name).write_text("import pathlib\npathlib.Path('ran').write_text('x')\n")
    shutil.copytree(EXAMPLES / "kientruc" / "frameworks" / "editions" / "cpdt-1.0", brought / "editions" / "cpdt-1.0")
    first, second = (one(tmp_path / where / "ho-so") for where in ("a", "b"))
    assert first.state == "appraised" and dict(first.files) == dict(second.files)
    assert not (brought / "ran").exists()


def test_the_reviewers_waivers_answers_editions_and_day_decide(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small(), encoding="utf-8")
    assert one(path).verdicts == (("cpdt-1.0", "not-met"),)
    assert one(path, on="2016-06-30").reached == ("info", "minor")
    assert [edition for edition, _ in one(path, editions=("qgs-1425", "cpdt-2.0")).verdicts] == ["qgs-1425", "cpdt-2.0"]


WAIVER = """\
format: kientruc-waivers/1
waivers:
  mt-01:
    edition: cpdt-1.0
    requirement: C10-AT-01
    subjects: [mot-cua]
    state: approved
    reason: Sẽ được thay.
    reason_en: To be replaced.
    basis: {number: 12/BTTTT-THH, date: 2017-09-01}
    requested_by: Sở A
    approved_by: {name: Nguyễn Văn A, role: người thẩm định, date: 2017-09-01}
    expires: 2017-12-31
"""
COURSE = """\
rounds:
  d1: {name: Đợt 1, opened: 2017-08-01, bodies: [ubnd-tinh]}
conditions:
  dk-1: {round: d1, from: ubnd-tinh, text: Lập hồ sơ cấp độ, by: 2017-12-01}
hearings:
  h1: {name: Cuộc họp, order: 1, date: 2017-08-10, conclusions: {kl-1: {text: Rà soát lại, by: 2017-09-01}}}
waiver_requests:
  xin-1: {requirement: C10-AT-01, subjects: [mot-cua], reason: Đang lập hồ sơ, until: 2018-06-30}
"""


def test_conditions_conclusions_waivers_and_requests_stand_with_their_days(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small(more=COURSE), encoding="utf-8")
    (tmp_path / "mien-tru.yaml").write_text(WAIVER, encoding="utf-8")
    found = data_of(one(path, waivers=str(tmp_path / "mien-tru.yaml"), lang="en"))
    conditions: list[dict[str, Any]] = found["conditions"]  # type: ignore[assignment]
    assert [(each["sort"], each["id"], each["due"], each["late"]) for each in conditions] == [
        ("Open conclusion", "kl-1", "by 1 September 2017, overdue", True),
        ("Condition not met", "dk-1", "by 1 December 2017", False),
        ("Waiver", "mt-01", "31 December 2017", False),
        ("Waiver requested", "xin-1", "30 June 2018", False),
    ]
    assert conditions[2]["words"].startswith("A waiver without effect:")  # this edition knows none
    assert conditions[0]["place"] == "a.yaml:21:72"


def test_what_fails_leads_to_the_element_its_line_and_back(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small(), encoding="utf-8")
    found = data_of(one(path))
    failing = {
        outcome["at"]["line"]: (requirement["id"], outcome["subjects"])
        for requirement in found["result"]["results"][0]["requirements"]  # type: ignore[index]
        for outcome in requirement["outcomes"]
        if requirement["id"] == "C10-AT-01"
    }
    assert failing == {12: ("C10-AT-01", ["mot-cua"])}
    (subject,) = [each for each in found["subjects"] if each["id"] == "mot-cua"]  # type: ignore[attr-defined]
    assert subject["at"] == "a.yaml:12:3"
    assert {"edition": "cpdt-1.0", "id": "C10-AT-01", "status": "fail"} in subject["requirements"]
    page = one(path).files[f"{NAME}.html"].decode()
    assert 'href="#r-C10-AT-01"' in page and 'id="r-C10-AT-01"' in page
    assert 'href="#at-mot-cua"' in page and '<tr id="at-mot-cua">' in page


def test_what_fails_in_a_workbook_leads_to_its_sheet_and_cell(tmp_path: Path) -> None:
    found = data_of(one(workbook(tmp_path, "bang.xlsx")))
    assert found["state"] == "appraised"
    at = {each["id"]: each["at"] for each in found["subjects"]}  # type: ignore[attr-defined]
    assert at["kt-02"] == "bang.xlsx [DM_DOITUONG!A3]"
    assert at["nv-01"] == "bang.xlsx [HOANTHIEN_NV!H3]"
    lists = {each["edition"]: len(each["lines"]) for each in found["check_lists"]}  # type: ignore[attr-defined]
    assert lists == {"huong-dan-2026": 10}
    assert [len(each["lines"]) for each in found["check_lists"]] == [12, 10]  # type: ignore[attr-defined]


def test_a_fault_in_a_workbook_is_told_by_its_cell(tmp_path: Path) -> None:
    def twice(book: object) -> None:
        sheet = book["DM_DOITUONG"]  # type: ignore[index]
        sheet.cell(4, 1).value = sheet.cell(3, 1).value

    outcome = one(workbook(tmp_path, "bang.xlsx", twice))
    assert outcome.state == "unread" and "DM_DOITUONG!A4" in outcome.reasons[0]


def test_what_was_asked_then_and_is_answered_now_is_told(tmp_path: Path) -> None:
    (tmp_path / "truoc.yaml").write_text(small(), encoding="utf-8")
    mended = small(version="2", more="    security_level: 2\n")
    (tmp_path / "nay.yaml").write_text(mended, encoding="utf-8")
    (tmp_path / "khac.yaml").write_text(small(7), encoding="utf-8")
    previous = (str(tmp_path / "khac.yaml"), str(tmp_path / "truoc.yaml"))
    since = data_of(one(tmp_path / "nay.yaml", previous=previous))["since"]
    assert since["version"] == "1"  # type: ignore[index]
    (trend,) = since["trends"]  # type: ignore[index]
    assert "C10-AT-01" in [each["requirement"] for each in trend["answered"]]
    assert trend["asked"] == len(trend["answered"]) + trend["still"]
    other = data_of(one(tmp_path / "nay.yaml", previous=previous[:1], lang="en"))
    assert other["since"] is None and "nothing is compared" in other["remarks"][0]  # type: ignore[index]


def test_reuse_is_a_hint_with_its_evidence(tmp_path: Path) -> None:
    more = """\
  dinh-danh: {kind: platform, name: Nền tảng định danh và xác thực điện tử, owner: ubnd-tinh, treatment: add}
  ndxp: {kind: platform, name: NDXP, codes: {pl2: a08}, reference: {issuer: Bộ Khoa học và Công nghệ}}
  mot-cua-2: {kind: application, name: Một cửa điện tử, owner: ubnd-tinh, own_because: Theo đề án riêng}
"""
    path = tmp_path / "a.yaml"
    path.write_text(small(more=more).replace("cpdt-1.0", "qgs-1425").replace("2017-09-13", "2026-10-01"), "utf-8")
    outcome = one(path)
    found = data_of(outcome)["reuse"]
    doubts = [(each["id"], each["beside"], each["said"], each["planned"], each["at"]) for each in found["doubts"]]  # type: ignore[index]
    assert doubts == [
        ("dinh-danh", ["A06"], None, True, "a.yaml:16:3"),
        ("mot-cua-2", ["mot-cua"], "Theo đề án riêng", False, "a.yaml:18:3"),
    ]
    assert [(each["id"], each["platform"]) for each in found["reused"]] == [("ndxp", "A08")]  # type: ignore[index]
    assert "A08" not in found["unused"] and "A06" in found["unused"]  # type: ignore[index]


def test_open_questions_become_a_file_of_answers_bound_to_the_model(tmp_path: Path) -> None:
    path = workbook(tmp_path, "bang.xlsx")
    outcome = one(path)
    questions = outcome.files[QUESTIONS].decode()
    assert data_of(outcome)["result"]["architecture"]["model_sha256"] in questions  # type: ignore[index]
    filled = questions.replace("answers: {}", "answers:").replace(
        "status:       # pass | fail | not-applicable", "status: pass"
    )
    lines = [line[1:] if line.startswith("#  ") else line for line in filled.splitlines()]
    filled = (
        "\n".join(lines)
        .replace("by:", "by: Trần Thị B")
        .replace("date:", "date: 2026-11-20")
        .replace("note:", "note: x")
    )
    (tmp_path / "tra-loi.yaml").write_text(filled + "\n", encoding="utf-8")
    answered = one(path, answers=str(tmp_path / "tra-loi.yaml"))
    assert QUESTIONS not in answered.files
    assert waiting(answered) == waiting(outcome) - questions.count("check:") < waiting(outcome)


def waiting(outcome: Outcome) -> int:
    results = data_of(outcome)["result"]["results"]  # type: ignore[index]
    return sum(
        each["status"] == "manual"
        for one in results
        for each in (o for r in one["requirements"] for o in r["outcomes"])
    )


def test_exit_codes_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, broken = tmp_path / "a.yaml", tmp_path / "b.yaml"
    good.write_text(small(), encoding="utf-8")
    broken.write_text(small(more="    owned: x\n"), encoding="utf-8")
    out = str(tmp_path / "out")
    assert run(["review", str(good), "-o", out, "--on", "2016-06-30"]) == FINE
    assert run(["review", str(good), "-o", out]) == FINDINGS
    assert run(["review", str(good), "-o", out, "--fail-on", "never"]) == FINE
    assert {path.name for path in (tmp_path / "out" / "a").iterdir()} == {*FILES - {QUESTIONS}, "manifest.json"}
    assert run(["review", str(broken), "-o", out]) == FINDINGS
    assert "b.yaml:16:5: M-KEY" in capsys.readouterr().out
    assert run(["review", str(tmp_path / "none.yaml"), "-o", out]) == USAGE
    assert run(["review", str(good), "-o", out, "--edition", "cpdt-9"]) == USAGE
    (tmp_path / "out" / "a" / f"{NAME}.html").write_text("sửa tay", encoding="utf-8")
    assert run(["review", str(good), "-o", out]) == FAILED


def test_an_edition_nobody_knows_is_named_and_nothing_is_concluded(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small().replace("cpdt-1.0", "khung-rieng"), encoding="utf-8")
    outcome = one(path)
    assert outcome.state == "unread" and "khung-rieng" in outcome.reasons[0]
    assert one(path, editions=("cpdt-1.0",)).verdicts == ()


def test_names_and_words_of_a_stranger_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    name = "<script>alert(1)</script> {{ 7*7 }} [red]"
    path.write_text(small(more=f"  x: {{kind: application, name: '{name}', owner: ubnd-tinh}}\n"), encoding="utf-8")
    outcome = appraised(Reviewing(formats=("json", "html")), path, "a")
    page = outcome.files[f"{NAME}.html"].decode()
    assert "<script" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} [red]" in page


def test_the_paper_keeps_the_format_of_official_papers_and_leaves_their_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small(), encoding="utf-8")
    outcome = one(path, formats=("docx", "pdf"), issuer="Cục Chuyển đổi số quốc gia")
    profile = next(each for each in profiles() if each.id == "nd30-2020")
    assert lint_docx(outcome.files[f"{NAME}.docx"], profile) == ()
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(outcome.files[f"{NAME}.docx"])).paragraphs]
    assert any("không theo mẫu do bộ ban hành" in each for each in words)
    assert outcome.files[f"{NAME}.pdf"].startswith(b"%PDF-")


def test_a_page_allows_nothing_from_outside_and_every_link_in_it_leads_somewhere(tmp_path: Path) -> None:
    page = one(workbook(tmp_path, "bang.xlsx")).files[f"{NAME}.html"].decode()
    tree = html5lib.HTMLParser(strict=True).parse(page)
    elements = list(tree.iter())
    ids = {each.get("id") for each in elements}
    links = {each.get("href") for each in elements if each.tag.endswith("}a")}
    assert links and all(link.startswith("#") and link[1:] in ids for link in links)
    (policy,) = [each.get("content") for each in elements if each.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "<script" not in page


def test_a_line_of_the_check_list_with_an_unread_part_is_never_met() -> None:
    (found,) = appraise_all([EXAMPLES / "examples" / "tinh-mau"], Reviewing(formats=("json",)))
    lines: list[dict[str, Any]] = data_of(found)["check_lists"][0]["lines"]  # type: ignore[index]
    for line in lines:
        statuses = set(line["requirements"].values())
        if "fail" in statuses:
            assert line["status"] == "fail"
        elif line["unread"] or statuses & {"manual", "error", "not-evaluated"}:
            assert line["status"] == "manual"
        else:
            assert line["status"] in ("pass", "not-applicable")
    assert any(line["unread"] for line in lines)


def test_one_whose_result_is_too_large_is_refused_with_its_reason_and_the_next_is_appraised(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(small(), encoding="utf-8")
    paths = [EXAMPLES / "examples" / "tinh-mau", path]
    large, good = appraise_all(paths, Reviewing(lang="en"), 1, Budget(result=1_000_000))
    assert (large.state, good.state) == ("refused", "appraised")
    assert large.reasons == ("The result of this submission is larger than a result may be.",)
    assert json.loads(large.files[f"{NAME}.json"])["state"] == "refused"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0\x02{}",
        b"\xff\xff\xff\xff{}",
        struct.pack(">I", 40_000) + b"[" * 40_000,
        *(
            struct.pack(">I", len(head)) + head
            for head in (
                b'{"state":"appraised","verdicts":[],"reached":[],"reasons":[],"files":[["../x",0]]}',
                b'{"state":"appraised","verdicts":[],"reached":[],"reasons":[],"files":[["cau-hoi.yaml",9]]}',
                b'{"state":"excused","verdicts":[],"reached":[],"reasons":[],"files":[]}',
            )
        ),
    ],
)
def test_what_a_child_gives_is_read_like_a_strangers_bytes(data: bytes) -> None:
    outcome = read_reply(Path("a.yaml"), "a", Reply(End.DONE, data), Reviewing(lang="en"), USUAL)
    assert outcome.state == "refused" and outcome.reasons == ("The process that read this submission died (protocol).",)
