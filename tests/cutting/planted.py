"""An architecture with canaries: words that stand wherever a restricted thing can leave a trace."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "tinh-mau"
HEAD = """\
format: kientruc/1
architecture:
  {id: kt, name: Kiến trúc, agency: tinh, edition: qgs-1425, version: "2", cut_off: 2026-11-16, basis: [luat, VLAW]}
include: [kien-truc/*.yaml]
"""
SKELETON = """\
defaults: {access: public}
organisations:
  tinh: {name: Ủy ban nhân dân tỉnh, type: peoples_committee}
  so: {name: Sở Khoa học và Công nghệ, part_of: tinh}
components:
  ung-dung: {order: 1, name: Ứng dụng, maps: {qgs-1425: [t-cqs-1]}}
states:
  nay: {role: baseline, name: Nay}
  dich: {role: target, name: Đích}
legal:
  luat: {number: 1/2020/QH, title: Luật Mẫu, date: 2020-01-01}
"""
# NAME stands for the element that may not be told, ORG for a body, PART for a component, LAW for a text; each V… is a
# canary, and TELLS… are texts that tell of one of them in another spelling. WORD is the access that forbids it.
PLANTED = """\
defaults: {access: public}
sources:
  VSRC: {kind: plan, title: Kế hoạch VSRC, access: WORD}
organisations:
  VORG: {name: Cục VORG, access: WORD, duties: [Giữ VORG]}
  goi: {name: Sở Gọi, people: [{name: Ông VPERSON, title: Trưởng phòng}], duties: ["Phối hợp với TELLORG"]}
components:
  VPART: {order: 90, name: Phần VPART, access: WORD}
states:
  VSTATE: {role: observed, name: Trạng thái VSTATE, access: WORD}
legal:
  VLAW: {number: 9/VLAW, title: Văn bản VLAW, date: 2020-01-01, access: WORD}
elements:
  VNAME:
    {kind: application, name: Hệ thống VNAME, name_en: System VNAMEEN, codes: {mau03: KT-VCODE}, access: WORD,
     owner: goi, note: Máy chủ VNOTE, description: Mô tả VDESC, states: [STATES], uses: goi-mo, component: COMPONENT,
     reference: {issuer: Bộ VISS, code: VREF}}
  goi-mo:
    kind: application
    name: Ứng dụng mở
    component: VPART
    owner: goi
    co_owners: [VORG]
    operator: VORG
    technical_contact: VORG
    security_level: {unknown: chờ TELLNAME, ask: VORG}
    states: [STATES, VSTATE]
    in_state: {STATE: {description: "Nối với TELLNAME"}, VSTATE: {description: Theo VSTATE}}
    treatment: upgrade
    own_because: "Vì TELLNAME chưa có"
    note: "Đọc từ TELLCODE và TELLEN"
    source: VSRC
    basis: [VLAW, luat-cu]
    extra: {ghi: VEXTRA, VEXTRA: ghi}
    uses: [{to: VNAME, id: qh-VREL, payload: Gói VPAY, protocol: VPROT, protection: VPROTECT}, goi-hai]
    sends:
      - {to: goi-hai, access: WORD, id: qh-VOWNREL, payload: Gói VOWNPAY, protocol: VOWNPROT}
      - {to: goi-ba, data: [VNAME], over: [VNAME], payload: "Gói của TELLREF", contact: VORG}
  goi-hai: {kind: application, name: "Cổng của TELLNAME", component: COMPONENT, owner: VORG, states: [STATES]}
  goi-ba: {kind: application, name: Cổng ba, component: COMPONENT, owner: goi, states: [STATES], note: "SECRET"}
legal_after: 0
tasks:
  nv-gac:
    name: Việc mở
    lead: goi
    partners: [VORG]
    result: "Xong TELLNAME"
    cost: [{year: 2027, fund: "Quỹ TELLORG", amount: 1 tỷ}]
    delivers: [VNAME, goi-mo]
  nv-kin: {name: Việc VTASK, lead: VORG, access: WORD, delivers: [goi-mo], covers: [nd-gac]}
contents:
  nd-gac: {name: Nội dung mở, about: [VNAME, goi-mo], now: "Có TELLNAME", required: Có hết}
  nd-kin: {name: Nội dung gắn VCONTENT, about: [VNAME], now: Kín}
assessments:
  dg-gac: {type: weakness, name: "Yếu vì TELLNAME", about: [goi-mo]}
  dg-kin: {type: weakness, name: Yếu ở VASSESS, about: [goi-mo], access: WORD}
goals:
  mt-gac: {name: "Mục tiêu cho TELLORG", basis: [VLAW]}
sourcing:
  ht-gac: {of: [goi-mo, VNAME], form: lease, term: "Theo TELLNAME"}
  ht-kin: {of: VNAME, name: Thuê VSOURCING, form: lease}
versions:
  pb-gac: {number: "2", date: 2026-01-01, summary: "Thêm TELLNAME"}
path:
  buoc-gac: {order: 90, name: Bước mở, actor: goi, state: running, papers: ["Giấy về TELLNAME"]}
  buoc-kin: {order: 91, name: Bước VSTEP, actor: VORG, state: pending}
hearings:
  hop-gac:
    name: Cuộc họp
    order: 90
    date: 2026-05-01
    attendance: [goi, VORG]
    outcome: "Bàn về TELLNAME"
    conclusions:
      kl-mo: {text: "Rà soát TELLNAME", who: goi, about: [goi-mo, VNAME], access: public}
      kl-kin: {text: Kết luận VCONCL, access: WORD}
rounds:
  vong-gac: {name: Vòng hỏi, order: 90, bodies: [goi, VORG], until: 2026-06-01, answers: {VORG: {position: agrees}}}
comments:
  y-mo:
    round: vong-gac
    from: goi
    person: Bà VWRITER
    text: "Hỏi về TELLNAME"
    about: [goi-mo, VNAME]
    verdict: accepted
    response: "Đã sửa TELLNAME"
    changed: [VNAME, {id: goi-mo, fields: [uses.VNAME]}]
  y-kin: {round: vong-gac, from: VORG, text: Ý kiến VCOMMENT}
  y-ve: {round: vong-gac, from: goi, text: Ý kiến chỉ về VABOUT, about: [VNAME]}
decisions:
  qd-gac: {name: "Quyết định về TELLNAME", date: 2026-05-02, about: [goi-mo], changed: [VNAME]}
retired:
  VRETIRED: {name: Đã bỏ VRETIRED, successor: goi-mo, access: WORD}
  cu-mo: {name: Cũ, successor: [goi-mo, VNAME], reason: "Thay bằng TELLNAME"}
evidence:
  mc-gac: {name: "Giấy của TELLNAME", about: [goi-mo], type: contract, file: VFILE.pdf, until: 2027-01-01}
  mc-kin: {name: Giấy VEVID, about: [VNAME], type: contract, until: 2027-01-01}
notes:
  gc-gac: {about: goi-mo, text: "Nhớ TELLNAME"}
  gc-kin: {about: VNAME, text: Nhớ VREMARK}
views:
  sd-gac: {name: "Hình có TELLPART", component: [VPART, COMPONENT], code: SD-90}
waiver_requests:
  mt-kin: {requirement: Q1425-AT-01, subjects: [VNAME], reason: Xin VWAIVER}
"""
LETTERS = "bcdfghklmnpqrstvx"


def plant(folder: Path, seed: int, word: str, sample: bool) -> dict[str, str]:
    """Write an architecture, small or the sample province, into a folder.

    Args:
        word: the access that the hidden things bear.
    Returns:
        The canaries by what they stand for: none may stand in anything for those who may not read that.
    """
    draw = random.Random(seed)
    canaries: dict[str, str] = {}

    def canary(match: re.Match[str]) -> str:
        made = "zq" + "".join(draw.choice(LETTERS) for _ in range(9))
        return canaries.setdefault(match[0], made)

    text = PLANTED.replace("legal_after: 0\n", "").replace("luat-cu", "luat-cds" if sample else "luat")
    text = text.replace("COMPONENT", "dich-vu-cong" if sample else "ung-dung")
    text = text.replace("[STATES", "[hien-trang, muc-tieu" if sample else "[nay, dich")
    text = text.replace("{STATE:", "{muc-tieu:" if sample else "{dich:").replace("WORD", word)
    text = re.sub(r"\bV[A-Z]+", canary, text)
    tells = {"TELLNAME": "VNAME", "TELLEN": "VNAMEEN", "TELLCODE": "VCODE", "TELLREF": "VREF"}
    for mark, kind in {**tells, "TELLORG": "VORG", "TELLPART": "VPART"}.items():
        while mark in text:
            text = text.replace(mark, _told(canaries[kind], kind, draw), 1)
    canaries["secret"] = "zq" + "".join(draw.choice(LETTERS) for _ in range(9))
    secrets = (f"mật khẩu: {canaries['secret']}9@", f"https://10.7.8.9/{canaries['secret']}")
    text = text.replace("SECRET", draw.choice(secrets))
    parts = folder / "kien-truc"
    parts.mkdir(parents=True)
    if sample:
        for path in [SAMPLE / "architecture.yaml", *sorted((SAMPLE / "kien-truc").glob("*.yaml"))]:
            (folder / path.relative_to(SAMPLE)).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        _hide_some(parts, draw, word, canaries)
    else:
        head = re.sub(r"\bV[A-Z]+", canary, HEAD)
        (folder / "architecture.yaml").write_text(head, encoding="utf-8")
        (parts / "khung.yaml").write_text(SKELETON, encoding="utf-8")
    (parts / f"zz-{canaries['VNAME']}.yaml").write_text(text, encoding="utf-8")
    return canaries


def _told(canary: str, kind: str, draw: random.Random) -> str:
    """Tell of a thing by its id, name or code, in one of the spellings a text may have."""
    named = {
        "VNAME": (canary, f"Hệ thống {canary}"),
        "VNAMEEN": (f"System {canary}",),
        "VCODE": (f"KT-{canary}",),
        "VREF": (canary,),
        "VORG": (canary, f"Cục {canary}"),
        "VPART": (canary, f"Phần {canary}"),
    }
    words = draw.choice(named[kind])
    spelt = draw.choice((str, str.upper, str.title, lambda one: unicodedata.normalize("NFD", one)))(words)
    return draw.choice((spelt, spelt.replace(" ", "  "), f"({spelt})", f"“{spelt}”", f"{spelt}-cũ"))


def _hide_some(parts: Path, draw: random.Random, word: str, canaries: dict[str, str]) -> None:
    """Hide some elements of the sample, each with a canary for a name."""
    for path in sorted(parts.glob("[01]*.yaml")):
        blocks = re.split(r"(?m)^(?=  [a-z0-9-]+:$)", path.read_text(encoding="utf-8"))
        for index in draw.sample(range(len(blocks)), min(3, len(blocks))):
            if "\n    kind: " not in blocks[index]:
                continue
            canaries[f"{path.name}-{index}"] = name = "zq" + "".join(draw.choice(LETTERS) for _ in range(9))
            block = re.sub(r"\n    access: \w+", "", blocks[index])
            block = re.sub(r"\n    name(_en)?: .*(?:\n      .*)*", "", block)
            blocks[index] = block.replace("\n    kind:", f"\n    access: {word}\n    name: Tên {name}\n    kind:", 1)
        path.write_text("".join(blocks), encoding="utf-8")
