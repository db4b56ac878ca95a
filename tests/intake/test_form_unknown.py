"""What is unknown in a form goes out as words and comes back as nothing new, whatever an architecture leaves unsaid."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api

ASKED = (None, "{unknown: chưa rõ, ask: so, by: 2026-12-31}", "{unknown: chưa rõ, ask: tinh}", "{unknown: chưa rõ}")
FIELDS = {
    "owner": (*ASKED, "so"),
    "operator": (*ASKED, "tinh"),
    "scope": (*ASKED, "province"),
    "sharing": (*ASKED, "own", "nation-a"),
    "lifecycle": (*ASKED, "operating"),
    "confirmed_by": (*ASKED, "so"),
    "source": (*ASKED, "ks"),
    "treatment": (*ASKED, "keep"),
    "codes": (None, "{mau03: KT-01}"),
    "states": (None, "[nay]", "[mai]", "{nay: unknown}"),
    "places": (None, "{qgs-1425: t-ntl-1}", "{qgs-1425: x1}", "{qgs-1425: xa-hts1}"),
    "reference": (None, "{issuer: Bộ A}", "{issuer: Bộ A, code: {unknown: chưa có, ask: so}}"),
    "ask": (None, "so"),
    "name": ("Kho", "“Kho”, =1+1"),
}
RELATIONS = (
    None, "uses: [b]", "uses: [{to: b, status: planned}]", "depends_on: [{to: b, over: b, protocol: REST}]",
    *(f"sends: [{{to: b, {field}: {ASKED[1]}}}]" for field in ("status", "payload", "frequency", "sla", "basis")),
    f"reads: [{{to: c, source: {ASKED[1]}}}]",
)  # fmt: skip
TASKS = (
    None, "{name: Làm}", "{name: Làm, covers: [nd]}", "{name: Làm, lead: {unknown: chưa giao, ask: so}}",
    *(f"{{name: Làm, covers: [nd], {field}: {ASKED[1]}}}" for field in ("result", "priority")),
)  # fmt: skip
CONTENTS = ("", f", now: {ASKED[1]}", f", required: {ASKED[1]}")
HEAD = """format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01}
organisations: {tinh: {name: UBND tỉnh}, so: {name: Sở A}}
states: {nay: {name: Nay, role: baseline}, mai: {name: Mai, role: target}}
sources: {ks: {kind: official, title: Phiếu khảo sát}}
elements:
  b: {kind: platform, name: Nền tảng}
  c: {kind: data_store, name: Kho chung}
  a:
    kind: application
"""


@st.composite
def texts(draw: st.DrawFn) -> str:
    said = {key: draw(st.sampled_from(values)) for key, values in FIELDS.items()}
    lines = [f"    {key}: {value}" for key, value in said.items() if value]
    relation, task = draw(st.sampled_from(RELATIONS)), draw(st.sampled_from(TASKS))
    lines += [f"    {relation}"] if relation else []
    lines += ["tasks:", f"  nv: {task}"] if task else []
    lines += ["contents:", f"  nd: {{name: Hoàn thiện{draw(st.sampled_from(CONTENTS))}}}"]
    return HEAD + "\n".join(lines) + "\n"


@given(texts())
@settings(max_examples=60, deadline=None)
def test_what_goes_out_as_unknown_comes_back_as_the_same_unknown(text: str) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "architecture.yaml"
        root.write_text(text, encoding="utf-8")
        loaded = api.load(root)
        assert loaded.architecture is not None, [(one.code, one.values) for one in loaded.findings]
        book = Path(folder) / "mau.xlsx"
        book.write_bytes(api.form_workbook(loaded.architecture))
        found = api.form_changes(loaded, book)
        assert (found.cells, found.new, found.findings, found.patch.files) == (0, (), (), ())
        received = api.receive_form(book)
        assert received.architecture is not None
        assert not received.blocked, [(one.code, one.values) for one in received.findings]
