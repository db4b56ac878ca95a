"""Write made-up provinces, each in several rounds: `python -m benchmarks.provinces 34 1000 FOLDER [ROUNDS]`.

Same numbers and seed, same bytes. Each is an architecture of `generate`, under a name of its own, with what provinces
have or plan alike: a platform of their own or not, links to the nation, things that duplicate shared platforms, tasks
and sourcing with money known and unknown. From round to round more levels are stated and more is linked.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import generate

EDITION = "qgs-1425"
NATIONAL = ("ndxp", "ndop", "vneid", "national_portal", "nas", "national_cloud")
# name, role, the code of the shared platform it duplicates
WANTED = (
    ("Hệ thống thư điện tử công vụ", "email", ""),
    ("Trung tâm điều hành thông minh", "ioc", ""),
    ("Kho dữ liệu dùng chung", "data_warehouse", ""),
    ("Nền tảng phân tích dữ liệu", "analytics_platform", ""),
    ("Hệ thống cảnh báo lũ", "", ""),
    ("Nền tảng giám sát đô thị", "iot_platform", "b15"),
    ("Trợ lý ảo cho cán bộ", "ai_platform", ""),
    ("Hệ thống họp trực tuyến", "", "a05"),
)
PLACES = {"ha-tang-ky-thuat": "t-hts-1", "ung-dung-csdl": "t-dl-1", "chia-se-tich-hop": "t-ntl-1"}
PHASES = ("2026–2027", "2028–2030")
FORMS = ("invest", "lease", "socialise", "in-house")


def write(folder: Path, provinces: int, elements: int, rounds: int = 1, seed: int = 1) -> Path:
    """Write a folder for each province and round; give the folder they lie in."""
    for number in range(1, provinces + 1):
        for turn in range(1, rounds + 1):
            for path, text in files(number, elements, turn, seed):
                place = folder / f"tinh-{number:03}-vong-{turn}" / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8", newline="\n")
    return folder


def files(number: int, elements: int, turn: int = 1, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Give the paths and texts of one province in one round."""
    yield "architecture.yaml", _root(number, turn)
    for path, text in generate.files(max(40, elements - 20), seed * 1_000 + number):
        if path != "architecture.yaml":
            yield path, _later(text, number, turn)
    yield "architecture/tinh.yaml", "\n".join(_own(random.Random(seed * 7_919 + number), turn)) + "\n"


def _root(number: int, turn: int) -> str:
    return (
        f"format: kientruc/1\narchitecture:\n  id: tinh-{number:03}\n"
        f"  name: Kiến trúc chính quyền số tỉnh Mẫu {number:03}\n  name_en: Digital architecture of Mẫu {number:03}\n"
        f'  agency: ubnd\n  edition: {EDITION}\n  version: "{turn}"\n  cut_off: 2026-{8 + turn:02}-01\n'
        "  source: khao-sat\ninclude: [architecture/*.yaml]\n"
    )


def _later(text: str, number: int, turn: int) -> str:
    """Name the province, and state from round to round what was unknown before."""
    text = text.replace("name: Ủy ban nhân dân tỉnh}", f"name: Ủy ban nhân dân tỉnh Mẫu {number:03}}}")
    for place, now in PLACES.items():
        text = text.replace(f"maps: {{cpdt-1.0: [{place}]}}", f"maps: {{cpdt-1.0: [{place}], {EDITION}: [{now}]}}")
    return text if turn == 1 else text.replace("{unknown: chưa có hồ sơ đề xuất cấp độ}", "2")


def _own(source: random.Random, turn: int) -> Iterator[str]:
    yield "elements:"
    for role in NATIONAL:
        yield f"  {role.replace('_', '-')}:"
        yield f"    {{kind: platform, role: {role}, name: {role.upper()}, reference: {{issuer: Trung ương}}, "
        yield "     states: [hien-trang, muc-tieu]}"
    if source.random() < 0.6:
        links = [role.replace("_", "-") for role in NATIONAL if source.random() < 0.3 + 0.3 * turn]
        yield "  ldop: {kind: platform, role: ldop, name: Nền tảng LDOP của tỉnh, component: chia-se-tich-hop,"
        yield f"    owner: co-quan-0, states: [muc-tieu], uses: [{', '.join(links)}]}}"
    wanted = [one for one in enumerate(WANTED) if source.random() < 0.6] or [(0, WANTED[0])]
    for at, (name, role, code) in wanted:
        yield from _thing(at, name, role, code, source)
    yield "tasks:"
    for at, (name, _, _) in wanted:
        amount = f"{source.randint(1, 80)} tỷ" if source.random() < 0.7 else "{unknown: chưa có dự toán}"
        yield f"  nv-{at}: {{name: Xây dựng {name.lower()}, lead: co-quan-0, delivers: [chung-{at}],"
        yield f"    stage: Giai đoạn {source.choice(PHASES)},"
        yield f"    cost: [{{year: {source.randint(2026, 2030)}, fund: ngan-sach-tinh, amount: {amount}}}]}}"
    yield "sourcing:"
    for at, _ in wanted:
        amount = f"{source.randint(1, 80)} tỷ" if source.random() < 0.7 else "{unknown: chưa có dự toán}"
        yield f"  ht-{at}: {{of: chung-{at}, form: {source.choice(FORMS)}, amount: {amount}}}"


def _thing(at: int, name: str, role: str, code: str, source: random.Random) -> Iterator[str]:
    states = source.choice(("[hien-trang, muc-tieu]", "[muc-tieu]", "[muc-tieu]"))
    yield f"  chung-{at}:"
    yield "    kind: platform" if "Nền tảng" in name else "    kind: application"
    yield from ([f"    role: {role}"] if role else [])
    yield from ([f"    codes: {{pl2: {code}}}"] if code else [])
    yield f"    name: {name} của tỉnh"
    yield "    component: ung-dung"
    yield "    owner: co-quan-0"
    yield f"    states: {states}"
    if code and source.random() < 0.5:
        yield "    own_because: Nền tảng chung chưa phục vụ được nghiệp vụ của tỉnh"


if __name__ == "__main__":
    print(write(Path(sys.argv[3]), *map(int, (*sys.argv[1:3], *sys.argv[4:]))))
