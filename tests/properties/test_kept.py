"""Loading with what earlier loads kept gives what a first load gives, to the byte, whatever was edited in between."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc import api
from kientruc.loading import Loaded, load_from
from kientruc.loading.kept import Kept
from kientruc.reading.limits import DEFAULT
from kientruc.reading.memory import MemoryWorkspace
from kientruc.renderers import model_json

FILES = {
    "architecture.yaml": """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
include: [khung.yaml, phan/*.yaml]
""",
    "khung.yaml": """\
organisations: {tinh: {name: Tỉnh}, so-tttt: {name: Sở Thông tin và Truyền thông}}
sources: {ks: {kind: submission, title: Khảo sát}}
states: {nay: {name: Nay, role: baseline}}
components: {chia-se: {name: Chia sẻ, order: 1}, ung-dung: {name: Ứng dụng, order: 2, uses: [chia-se]}}
""",
    "phan/a.yaml": """\
defaults: {source: ks, ask: so-tttt, by: 2017-12-31}
elements:
  lgsp: {kind: platform, role: lgsp, name: Nền tảng tích hợp, component: chia-se, owner: tinh}
  mot-cua:
    kind: application
    name: Một cửa điện tử
    component: ung-dung
    owner: {value: so-tttt, certainty: assumed}
    security_level: {unknown: đang lập hồ sơ}
    sends: {to: lgsp, protocol: HTTPS}
""",
    "phan/b.yaml": """\
elements:
  van-ban:
    kind: application
    name: Quản lý văn bản
    component: ung-dung
    owner: so-tttt
    states: {nay: present}
    source: ks
    sends: [lgsp, {to: [mot-cua, lgsp], id: trao-doi, protocol: SOAP}]
""",
}
PATHS = tuple(FILES)
# What a hand does to a file: put one piece of it for another, wherever it stands.
PIECES = (
    "elements:",
    "owner",
    "lgsp",
    ": ",
    "\n",
    "  ",
    "{",
    "}",
    "kind",
    "ks",
    "so-tttt",
    "mot-cua",
    "present",
    "name",
)
NEW = ("", "element:", "ownr", "lgps", ":", "\r\n", "\t", "&a ", "kind: x", "“tinh”", "van-ban", "Ð", "ten", "\ufeff")
WORDS = ("điện tử", "văn bản", "Nền tảng", "HTTPS", "SOAP", "so-tttt", "đang", "Khảo sát")
edits = st.one_of(
    st.tuples(st.just("replace"), st.sampled_from(PATHS), st.sampled_from(WORDS), st.sampled_from(WORDS)),
    st.tuples(st.just("restore"), st.sampled_from(PATHS), st.just(""), st.just("")),
    st.tuples(st.just("replace"), st.sampled_from(PATHS), st.sampled_from(PIECES), st.sampled_from(NEW)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS), st.integers(0, 200), st.just("")),
    st.tuples(st.just("append"), st.sampled_from(PATHS), st.just(""), st.sampled_from(sorted(FILES.values()))),
    st.tuples(st.sampled_from(("remove", "restore", "bytes")), st.sampled_from(PATHS), st.just(""), st.just("")),
)


def edit(files: dict[str, bytes], what: tuple[str, str, str | int, str]) -> None:
    way, path, old, new = what
    now = files.get(path, b"").decode("utf-8", "replace")
    match way:
        case "replace":
            files[path] = now.replace(str(old), new, 1).encode()
        case "cut":
            files[path] = now[: int(old)].encode()
        case "append":
            files[path] = (now + new).encode()
        case "remove":
            files.pop(path, None)
        case "restore":
            files[path] = FILES[path].encode()
        case "bytes":
            files[path] = b"\xff\xfe" + now.encode()


def told(loaded: Loaded) -> tuple[str, str | bytes, frozenset[str]]:
    model = model_json.render(loaded.architecture) if loaded.architecture else ""
    return api.findings_json(loaded, api.check(loaded)), model, loaded.asked


@settings(max_examples=40)
@given(st.lists(edits, min_size=1, max_size=8))
def test_what_was_kept_changes_no_byte_of_what_is_found(steps: list[tuple[str, str, str | int, str]]) -> None:
    files, kept = {path: text.encode() for path, text in FILES.items()}, Kept()
    load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
    for step in steps:
        edit(files, step)
        again = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
        first = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0])
        assert told(again) == told(first)


def test_the_example_is_fine_and_a_file_that_stays_is_parsed_once() -> None:
    files, kept = {path: text.encode() for path, text in FILES.items()}, Kept()
    one = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
    assert one.architecture is not None and one.findings == ()
    files["phan/b.yaml"] += b"# hai\n"
    two = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
    assert [old is new for old, new in zip(one.files, two.files, strict=True)] == [True, True, True, False]


def test_a_root_that_breaks_for_a_moment_costs_no_file_its_place() -> None:
    files, kept = {path: text.encode() for path, text in FILES.items()}, Kept()
    one = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
    load_from(MemoryWorkspace(files | {PATHS[0]: b"format: ["}, DEFAULT), PATHS[0], kept)
    two = load_from(MemoryWorkspace(files, DEFAULT), PATHS[0], kept)
    assert [old is new for old, new in zip(one.files, two.files, strict=True)] == [False, True, True, True]
