"""Write a made-up but lifelike architecture of any size: `python -m benchmarks.generate 10000 FOLDER`.

Same size and seed, same bytes. 12 kinds, about 8 fields and 2.5 relations an element, Vietnamese text with English
beside, 60 bodies, 10 components, 3 states; national databases reached through both platforms, directly with a reason,
and directly without one; security levels stated, unknown and left out. It loads without a finding; the requirements of
an edition find in it what they find in life: much that is fine, something that is not.
"""

from __future__ import annotations

import random
import sys
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

PER_FILE = 500  # people write smaller ones
BODIES = 60
# id, name, English name, its place in edition cpdt-1.0
COMPONENTS = (
    ("nguoi-su-dung", "Người sử dụng", "Users", "nguoi-su-dung"),
    ("kenh-truy-cap", "Kênh truy cập", "Access channels", "kenh-truy-cap"),
    ("cong-thong-tin", "Dịch vụ cổng thông tin điện tử", "Portal services", "dich-vu-cong-thong-tin"),
    ("dich-vu-cong", "Dịch vụ công trực tuyến", "Online public services", "dich-vu-cong-truc-tuyen"),
    ("ung-dung", "Ứng dụng nghiệp vụ", "Business applications", "ung-dung-csdl"),
    ("chia-se-tich-hop", "Dịch vụ chia sẻ và tích hợp", "Sharing and integration services", "chia-se-tich-hop"),
    ("dung-chung", "Dịch vụ dùng chung", "Shared services", "chia-se-tich-hop"),
    ("co-so-du-lieu", "Cơ sở dữ liệu", "Databases", "ung-dung-csdl"),
    ("ha-tang", "Hạ tầng kỹ thuật", "Technical infrastructure", "ha-tang-ky-thuat"),
    ("chi-dao", "Quản lý, chỉ đạo", "Direction and management", "quan-ly-chi-dao"),
)
# kind, how many of 40, component, Vietnamese and English beginning of its name
KINDS = (
    ("application", 10, "ung-dung", "Hệ thống thông tin quản lý nghiệp vụ", "Business information system for"),
    ("public_service", 8, "dich-vu-cong", "Thủ tục cấp phép trực tuyến", "Online licensing procedure for"),
    ("data_store", 6, "co-so-du-lieu", "Cơ sở dữ liệu chuyên ngành", "Sector database of"),
    ("interface", 4, "chia-se-tich-hop", "Giao diện kết nối", "Programming interface of"),
    ("node", 4, "ha-tang", "Cụm máy chủ", "Server cluster for"),
    ("shared_service", 2, "dung-chung", "Dịch vụ dùng chung", "Shared service for"),
    ("portal_service", 1, "cong-thong-tin", "Dịch vụ trên cổng", "Portal service for"),
    ("channel", 1, "kenh-truy-cap", "Kênh tiếp nhận", "Access channel for"),
    ("platform", 1, "chia-se-tich-hop", "Nền tảng số", "Digital platform for"),
    ("infra_service", 1, "ha-tang", "Dịch vụ hạ tầng", "Infrastructure service for"),
    ("network", 1, "ha-tang", "Mạng nội bộ", "Local network of"),
    ("site", 1, "ha-tang", "Phòng máy chủ", "Server room of"),
)
FIELDS = (
    ("đất đai", "land"),
    ("hộ tịch và chứng thực", "civil status"),
    ("giáo dục phổ thông", "schools"),
    ("khám bệnh, chữa bệnh", "health care"),
    ("đăng ký kinh doanh", "business registration"),
    ("lao động, việc làm", "employment"),
    ("xây dựng, quy hoạch", "building and planning"),
    ("giao thông vận tải", "transport"),
    ("tài nguyên nước và biển", "water and sea"),
    ("du lịch", "tourism"),
)
NATIONAL = ("dân cư", "đất đai", "đăng ký doanh nghiệp", "thống kê dân số", "tài chính", "bảo hiểm")
ROLES = ("document_management", "portal", "one_stop", "online_services", "email", "sso")
STATES = ("[hien-trang, muc-tieu]", "[muc-tieu]", "{hien-trang: present, muc-tieu: unknown}")
CORE = """\
elements:
  lgsp:
    kind: platform
    role: lgsp
    name: Nền tảng tích hợp, chia sẻ dữ liệu cấp tỉnh
    name_en: Local government service platform
    component: chia-se-tich-hop
    owner: co-quan-0
    scope: province
    security_level: 3
    states: [hien-trang, muc-tieu]
    sends: {to: ngsp, over: [wan], protocol: HTTPS, format: XML}
    hosted_on: trung-tam-du-lieu
  ngsp:
    kind: platform
    role: ngsp
    name: Nền tảng tích hợp, chia sẻ dữ liệu quy mô quốc gia
    name_en: National government service platform
    access: public
    reference: {issuer: bo-tttt}
    states: [hien-trang, muc-tieu]
  trung-tam-du-lieu:
    kind: site
    role: data_centre
    name: Trung tâm tích hợp dữ liệu tỉnh
    name_en: Provincial data centre
    component: ha-tang
    owner: co-quan-0
    scope: province
    security_level: 3
    states: [hien-trang, muc-tieu]
    treatment: upgrade
  wan:
    kind: network
    role: wan
    name: Mạng truyền số liệu chuyên dùng của tỉnh
    name_en: Provincial wide area network
    component: ha-tang
    owner: co-quan-0
    scope: province
    security_level: {unknown: đang lập hồ sơ đề xuất cấp độ, ask: co-quan-0, by: 2017-12-31}
    states: [hien-trang, muc-tieu]
    connects: trung-tam-du-lieu
"""


def files(elements: int, seed: int = 1, per_file: int = PER_FILE) -> Iterator[tuple[str, str]]:
    """Give the paths and texts of an architecture with about this many elements; small ones have at least 34."""
    yield "architecture.yaml", _root(elements)
    yield "architecture/khung.yaml", "".join(f"{line}\n" for line in _frame())
    core = CORE + "".join(_national(number, name) for number, name in enumerate(NATIONAL))
    yield "architecture/nen-tang.yaml", f"defaults: {{source: khao-sat}}\n{core}"
    rest = max(elements - 4 - len(NATIONAL), 2 * len(KINDS))
    kinds = _kinds(rest, seed)
    of = {kind[0]: [index for index in range(rest) if kinds[index] == kind[0]] for kind in KINDS}
    source = random.Random(seed + 1)
    for start in range(0, rest, per_file):
        lines = ["defaults: {source: khao-sat, ask: co-quan-0, by: 2017-12-31}", "elements:"]
        for index in range(start, min(start + per_file, rest)):
            lines.extend(_element(index, kinds[index], of, source))
        yield f"architecture/phan-{start // per_file:03}.yaml", "\n".join(lines) + "\n"


def write(folder: Path, elements: int, seed: int = 1, per_file: int = PER_FILE) -> Path:
    """Write it; give the root file."""
    for path, text in files(elements, seed, per_file):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return folder / "architecture.yaml"


def _root(elements: int) -> str:
    return (
        f"format: kientruc/1\narchitecture:\n  id: mau-{elements}\n"
        f"  name: Kiến trúc sinh ra để đo, {elements} phần tử\n"
        "  agency: ubnd\n  edition: cpdt-1.0\n  cut_off: 2017-09-13\n  basis: [tt-13-2017, nd-85-2016]\n"
        "  source: khao-sat\ninclude: [architecture/*.yaml]\n"
    )


def _frame() -> Iterator[str]:
    yield from ("sources:", "  khao-sat: {kind: sample, title: Số liệu sinh ra để đo}")
    yield "legal:"
    yield "  tt-13-2017: {number: 13/2017/TT-BTTTT, title: Yêu cầu kỹ thuật kết nối, from: 2017-08-15}"
    yield "  nd-85-2016: {number: 85/2016/NĐ-CP, title: An toàn hệ thống thông tin theo cấp độ, from: 2016-07-01}"
    yield from ("organisations:", "  ubnd: {type: peoples_committee, name: Ủy ban nhân dân tỉnh}")
    yield "  bo-tttt: {type: ministry, name: Bộ Thông tin và Truyền thông}"
    for number in range(BODIES):
        yield f"  co-quan-{number}: {{type: department, name: Sở số {number}, part_of: ubnd}}"
    yield "components:"
    for order, (id, vi, en, place) in enumerate(COMPONENTS):
        side = ", side: true" if id == "chi-dao" else ""
        yield f"  {id}: {{order: {order + 1}, name: '{vi}', name_en: {en}, maps: {{cpdt-1.0: [{place}]}}{side}}}"
    yield from ("states:", "  hien-trang: {role: baseline, name: Hiện trạng, until: 2017-09-13}")
    yield "  chuyen-tiep: {role: transition, name: Giai đoạn chuyển tiếp}"
    yield "  muc-tieu: {role: target, name: Mục tiêu, until: 2020-12-31}"


def _national(number: int, name: str) -> str:
    return (
        f"  csdlqg-{number}:\n    kind: data_store\n    role: national_database\n"
        f"    name: Cơ sở dữ liệu quốc gia về {name}\n"
        "    access: public\n    reference: {issuer: bo-tttt}\n    states: [hien-trang, muc-tieu]\n"
    )


def _kinds(count: int, seed: int) -> list[str]:
    """Mix the kinds in blocks of 40; two of each come first, so that everybody has somebody else to point at."""
    order = random.Random(seed)
    kinds = [kind[0] for kind in KINDS] * 2
    while len(kinds) < count:
        block = [kind[0] for kind in KINDS for _ in range(kind[1])]
        order.shuffle(block)
        kinds.extend(block)
    return kinds[:count]


def _element(index: int, kind: str, of: dict[str, list[int]], source: random.Random) -> Iterator[str]:
    component, vi, en = next(row[2:] for row in KINDS if row[0] == kind)
    field_vi, field_en = FIELDS[source.randrange(len(FIELDS))]
    chance = source.random()
    yield f"  e-{index}:"
    yield f"    kind: {kind}"
    if kind == "application" and index % 25 == 0:
        yield f"    role: {source.choice(ROLES)}"
        yield "    standards: ['QCVN 102:2016/BTTTT']"
    if kind == "data_store" and chance < 0.5:
        yield "    data_models: [conceptual, logical, physical]"
    yield f"    name: {vi} {field_vi} số {index}"
    yield f"    name_en: {en} {field_en}, number {index}"
    yield f"    component: {component}"
    yield f"    owner: co-quan-{source.randrange(BODIES)}"
    if kind == "public_service":
        yield f"    service_level: {source.randint(1, 4)}"
    elif chance < 0.7:
        yield f"    security_level: {source.choice((1, 2, 2, 3, 3, 4))}"
        if chance < 0.2:
            yield "    level_dossier: [mo-ta-tong-quan, tai-lieu-thiet-ke, thuyet-minh-cap-do, phuong-an-an-toan]"
    elif chance < 0.9:
        yield "    security_level: {unknown: chưa có hồ sơ đề xuất cấp độ}"
    yield f"    states: {source.choice(STATES)}"
    if source.random() < 0.5:
        yield f"    description: Phục vụ công tác quản lý nhà nước về {field_vi} trên địa bàn tỉnh."
    yield f"    codes: {{mau03: UD-{index:05}}}"
    yield from _relations(index, kind, of, source)


def _relations(index: int, kind: str, of: dict[str, list[int]], source: random.Random) -> Iterator[str]:
    def pick(*kinds: str) -> str:
        """Name something of one of these kinds, as a rule from an earlier line: few cycles, as in life."""
        candidates = of[source.choice(kinds)]
        if source.random() < 0.97:
            candidates = candidates[: max(2, bisect_left(candidates, index))]
        chosen = source.choice(candidates)
        return f"e-{chosen if chosen != index else candidates[-1] if candidates[-1] != index else candidates[0]}"

    if kind in ("application", "platform"):
        yield f"    uses: [{_two(pick('shared_service', 'platform', 'interface'), pick('application', 'platform'))}]"
        yield f"    reads: [{pick('data_store')}{_national_read(source)}]"
        if source.random() < 0.5:
            yield f"    writes: {pick('data_store')}"
        yield "    sends:"
        yield f"      - {{to: {pick('application')}, protocol: HTTPS, status: planned}}"
        if source.random() < 0.4:
            yield "      - {to: lgsp, protocol: HTTPS, format: XML, status: existing}"
        if source.random() < 0.8:
            yield f"    hosted_on: {pick('node', 'site')}"
    elif kind == "public_service":
        shared = pick("shared_service") if source.random() < 0.5 else ""
        yield f"    uses: [{_two(pick('application'), shared)}]"
    elif kind == "data_store":
        if source.random() < 0.6:
            yield f"    hosted_on: {pick('node', 'site')}"
        if source.random() < 0.4:
            yield f"    sends: {{to: lgsp, over: [{pick('interface')}], protocol: HTTPS, format: XML}}"
    elif kind == "interface":
        yield f"    part_of: {pick('application', 'platform')}"
        yield f"    sends: {{to: {pick('application')}, over: [lgsp, wan], protocol: HTTPS}}"
    elif kind == "node":
        yield f"    connects: {pick('network')}"
        yield f"    part_of: {pick('site')}"
    elif kind in ("shared_service", "portal_service", "channel"):
        yield f"    uses: {pick('application', 'platform')}"
    elif kind == "network":
        yield "    connects: wan"
    elif kind == "infra_service":
        yield f"    uses: {pick('node', 'site')}"


def _two(one: str, other: str) -> str:
    return f"{one}, {other}" if other not in ("", one) else one


def _national_read(source: random.Random) -> str:
    """Read a national database through both platforms, or directly with a reason, or, as happens, without one."""
    chance, number = source.random(), source.randrange(len(NATIONAL))
    if chance < 0.10:
        return f", {{to: csdlqg-{number}, over: [lgsp, ngsp], protocol: HTTPS, format: XML}}"
    if chance < 0.12:
        return f", {{to: csdlqg-{number}, protocol: HTTPS, direct_because: Hai nền tảng đều chưa sẵn sàng}}"
    return f", csdlqg-{number}" if chance < 0.13 else ""


if __name__ == "__main__":
    print(write(Path(sys.argv[2]), int(sys.argv[1])))
