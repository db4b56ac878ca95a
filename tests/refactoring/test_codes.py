"""Local codes: the prefix that fits, the next number, and nothing else of a file changes."""

from pathlib import Path

from kientruc import api

TEXT = """\
format: kientruc/1
architecture: {id: mau, name: Mẫu, agency: tinh, edition: qgs-1425, cut_off: 2026-09-01}
organisations: {tinh: {name: Tỉnh}}
elements:
  co-ma: {kind: application, name: A, codes: {mau03: KT-07}}   # mã cũ, số 1 đến 6 đã bỏ
  dan: {kind: user_group, name: Người dân}
  khac: {kind: application, name: B, codes: {nas: N1}}
  qg:
    kind: data_store
    name: C    # của quốc gia
    sharing: nation-b
    reference: {issuer: Bộ}
  ngoai: {kind: platform, name: D, reference: {issuer: Bộ}, sharing: {unknown: chưa rõ}}
contents:
  nd: {name: E}
tasks:
  nv: {name: F}
"""


def test_each_record_without_a_code_gets_the_next_of_its_prefix(tmp_path: Path) -> None:
    root = tmp_path / "architecture.yaml"
    root.write_text(TEXT, encoding="utf-8")
    coded = api.assign_codes(api.load(root))
    assert coded.codes == (("khac", "KT-08"), ("ngoai", "LQ-01"), ("nd", "ND-01"), ("nv", "NV-01"), ("qg", "QG-01"))
    coded.patch.write(tmp_path)
    written = root.read_text(encoding="utf-8")
    assert "codes: {nas: N1, mau03: KT-08}}" in written
    assert "    reference: {issuer: Bộ}\n    codes: {mau03: QG-01}\n" in written
    assert [line for line in TEXT.splitlines() if line not in written] == [
        line for line in TEXT.splitlines() if line.startswith(("  khac", "  ngoai", "  nd", "  nv"))
    ]
    assert api.assign_codes(api.load(root)).codes == ()
