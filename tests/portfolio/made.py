"""A small portfolio: six made-up submissions of three provinces, one of them refused, two handed in twice."""

from __future__ import annotations

from pathlib import Path

from kientruc import api

FRAME = """\
organisations: {{tinh: {{name: Ủy ban nhân dân tỉnh {name}}}}}
states:
  nay: {{role: baseline, name: Hiện trạng}}
  dich: {{role: target, name: Mục tiêu}}
"""
HEAD = """\
format: kientruc/1
architecture:
  id: {id}
  name: Kiến trúc tỉnh {name}
  agency: tinh
  edition: {edition}
  version: "{version}"
  cut_off: {cut_off}
"""
AN = """\
elements:
  lgsp:
    kind: platform
    role: lgsp
    name: LGSP tỉnh An
    owner: tinh
    security_level: {level}
    states: [nay, dich]
    sends: {{to: ngsp, protocol: HTTPS}}
  ngsp: {{kind: platform, role: ngsp, name: NGSP, reference: {{issuer: Bộ}}, states: [nay, dich]}}
  canh-bao: {{kind: application, name: Hệ thống cảnh báo lũ của tỉnh An, security_level: {level}, states: [dich]}}
tasks:
  xay:
    name: Xây dựng cảnh báo lũ
    delivers: [canh-bao]
    stage: Giai đoạn 1
    cost: [{{year: 2027, fund: tinh, amount: 3 tỷ}}]
sourcing:
  thue: {{of: lgsp, form: lease, amount: 2 tỷ}}
"""
BINH = """\
elements:
  canh-bao-lu: {kind: application, name: Hệ thống cảnh báo lũ, owner: tinh, states: [dich]}
  thu: {kind: application, role: email, name: Thư điện tử của tỉnh, duplicates: [thu-chung], states: [nay, dich]}
  thu-chung: {kind: application, name: Thư điện tử công vụ, sharing: nation-a, reference: {issuer: Trung ương}}
  vneid: {kind: application, role: vneid, name: VNeID, reference: {issuer: Bộ Công an}, states: [nay, dich]}
  cong: {kind: application, role: portal, name: "<script>alert(1)</script>", owner: tinh, states: [nay], uses: [vneid]}
tasks:
  xay: {name: Làm cảnh báo lũ, delivers: [canh-bao-lu], stage: Giai đoạn 1, cost: {unknown: chưa có dự toán}}
sourcing:
  thue: {of: thu, form: lease, amount: {unknown: chưa đàm phán}}
"""
CAT = """\
elements:
  canh-bao: {kind: application, name: Hệ thống cảnh báo LŨ, owner: tinh, security_level: 2, states: [nay, dich]}
"""


def root(id: str, name: str, edition: str = "cpdt-1.0", version: str = "1", cut_off: str = "2017-09-13") -> str:
    """Give the head of an architecture, and its frame."""
    values = {"id": id, "name": name, "edition": edition, "version": version, "cut_off": cut_off}
    return HEAD.format(**values) + FRAME.format(name=name)


def submissions() -> dict[str, bytes]:
    """Give the files of all submissions by path; the workbook is made of one of them."""
    cat = root("tinh-cat", "Cát") + CAT
    made = api.load_text(cat).architecture
    assert made is not None
    texts = {
        "an-1.yaml": root("tinh-an", "An") + AN.format(level="{unknown: chưa có hồ sơ}"),
        "an-2.yaml": root("tinh-an", "An", version="10", cut_off="2018-01-01") + AN.format(level=3),
        "binh/architecture.yaml": root("tinh-binh", "Bình") + "include: [phan/*.yaml]\n",
        "binh/phan/a.yaml": BINH,
        "cat.yaml": cat,
        "xau.yaml": "format: kientruc/1\narchitecture: &neo {id: tinh-xau}\n",
        "doc.txt": "không phải hồ sơ",
    }
    data = {path: text.encode() for path, text in texts.items()}
    return {**data, "dung.xlsx": api.form_workbook(made)}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write them, in the order they are in."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
