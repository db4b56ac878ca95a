"""The explorer in a real browser, from disk: found by words and filters, walked by keyboard, kept when taken over."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from benchmarks.generate import write
from kientruc import api

pytestmark = pytest.mark.outside
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HEAD = """\
format: kientruc/1
architecture: {id: kt, name: Kiến trúc, agency: tinh, edition: cpdt-1.0, cut_off: 2017-09-13}
organisations: {tinh: {name: Tỉnh}, so-yt: {name: Sở Y tế}}
components: {ung-dung: {name: Ứng dụng, order: 1}, ha-tang: {name: Hạ tầng, order: 2}}
"""
THREE = """\
elements:
  cong: {kind: application, name: Cổng dịch vụ công, component: ung-dung, owner: tinh}
  suc-khoe: {kind: application, name: Hồ sơ sức khoẻ, component: ung-dung, owner: so-yt}
  may-chu: {kind: node, name: Máy chủ, component: ha-tang, owner: tinh}
"""
Spell = Callable[..., str]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing is said on the console and nothing asked of any network."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda one: heard.append(one.url) if not one.url.startswith(("file:", "data:")) else None)
    yield page
    context.close()
    assert heard == []


@pytest.fixture
def spell(tmp_path: Path) -> Spell:
    """Spells the page of an architecture that is written here."""

    def spell_it(elements: str, live: bool = False) -> str:
        root = tmp_path / "architecture.yaml"
        root.write_text(HEAD + dedent(elements), encoding="utf-8")
        loaded = api.load(root)
        return api.explorer(loaded, api.check_all(loaded), "vi", live=live)

    return spell_it


def opened(page: Page, html: str | Path, tmp_path: Path, address: str = "") -> Page:
    path = html if isinstance(html, Path) else tmp_path / "page.html"
    if isinstance(html, str):
        path.write_text(html, encoding="utf-8")
    page.goto("about:blank")
    page.goto(path.as_uri() + address)
    return page


def names(page: Page) -> list[str]:
    return page.locator("#elements .name").all_inner_texts()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cong dich vu", ["Cổng dịch vụ công"]),
        ("Cổng", ["Cổng dịch vụ công"]),
        ("CO\u0302\u0309NG", ["Cổng dịch vụ công"]),  # not composed
        ("cống", []),
        ("suc khoe", ["Hồ sơ sức khoẻ"]),
        ("sức khỏe", ["Hồ sơ sức khoẻ"]),  # the tone in its other place
        ("so y te", ["Hồ sơ sức khoẻ"]),  # by its owner
        ("may-chu", ["Máy chủ"]),
        ("<b>", []),
    ],
)
def test_words_are_found_with_and_without_marks(
    page: Page, spell: Spell, tmp_path: Path, query: str, found: list[str]
) -> None:
    opened(page, spell(THREE), tmp_path)
    page.get_by_label("Tìm thành phần").fill(query)
    assert names(page) == found


def test_filters_join_count_and_dim(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(THREE), tmp_path)
    page.locator("#filters > summary").click()
    page.locator(".facet summary", has_text="Chủ quản").click()
    page.locator(".facet summary", has_text="Thành phần chính").click()
    page.get_by_label("Tỉnh 2").check()
    assert names(page) == ["Cổng dịch vụ công", "Máy chủ"]
    assert page.locator("#count").inner_text() == "2 trong 3 thành phần"
    assert page.locator("#canvas .known.dim").evaluate_all("all => all.map(one => one.dataset.id)") == ["suc-khoe"]
    page.get_by_label("Hạ tầng 1").check()
    assert names(page) == ["Máy chủ"]
    expect(page.get_by_label("Sở Y tế 0")).not_to_be_checked()
    page.get_by_role("button", name="Bỏ lọc Chủ quản: Tỉnh").click()
    page.get_by_role("button", name="Bỏ lọc Thành phần chính: Hạ tầng").click()
    assert len(names(page)) == 3
    assert page.locator("#canvas .dim").count() == 0


def test_a_block_that_counts_several_leads_to_them(page: Page, spell: Spell, tmp_path: Path) -> None:
    many = [f"  d{at}: {{kind: device, name: Thiết bị {at}, component: ha-tang}}" for at in range(130)]
    opened(page, spell(THREE + "\n".join(many)), tmp_path)
    block = page.locator("#canvas .known", has_text="130 thiết bị")
    page.get_by_label("Tìm thành phần").fill("cong dich vu")
    expect(block).to_have_class(re.compile("dim"))
    page.get_by_label("Tìm thành phần").fill("thiet bi 12")
    expect(block).not_to_have_class(re.compile("dim"))
    page.get_by_label("Tìm thành phần").fill("")
    block.click()
    assert page.locator("#count").inner_text() == "130 trong 133 thành phần"


def test_an_address_opens_element_picture_query_and_filters(page: Page, out: Path, tmp_path: Path) -> None:
    opened(page, out / "tra-cuu.html", tmp_path, "#e=ttdl&p=infrastructure/0&q=trung+tam&component=ha-tang-ky-thuat")
    assert page.locator("#pictures").input_value() == "infrastructure/0"
    assert page.locator("#search").input_value() == "trung tam"
    expect(page.locator("#chosen li")).to_have_count(1)
    page.locator("#elements .row").first.click()
    title = page.locator("#card h2").inner_text()
    address = page.url
    assert "e=" in address
    opened(page, out / "tra-cuu.html", tmp_path, address.partition("#")[1] + address.partition("#")[2])
    assert page.locator("#card h2").inner_text() == title
    page.locator("#elements .row").nth(1).click()
    page.go_back()
    assert page.locator("#card h2").inner_text() == title


def test_all_is_reached_by_keyboard(page: Page, out: Path, tmp_path: Path) -> None:
    opened(page, out / "tra-cuu.html", tmp_path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # past the head
    page.keyboard.type("cong dich vu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(":focus .name").inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == second
    assert page.evaluate("document.activeElement.id") == "card-title"
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.locator(":focus .name").inner_text() == second
    page.locator("#canvas").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    there = page.evaluate("document.activeElement.dataset.id")
    assert there not in (None, first)
    page.keyboard.press("+")
    page.keyboard.press("Enter")
    assert page.locator("#card .id").first.inner_text() == there


def test_zooming_and_moving_need_no_mouse_wheel_and_no_dragging(page: Page, out: Path, tmp_path: Path) -> None:
    opened(page, out / "tra-cuu.html", tmp_path)

    def seen() -> list[float]:
        return [float(one) for one in str(page.locator("#canvas svg").get_attribute("viewBox")).split()]

    whole = seen()
    page.get_by_role("button", name="Phóng to", exact=True).click()
    near = seen()
    assert near[2] < whole[2]
    page.get_by_role("button", name="Sang phải").click()
    assert seen()[0] > near[0]
    page.locator("#canvas").focus()
    page.keyboard.press("ArrowLeft")
    assert seen() == pytest.approx(near, abs=0.1)
    page.mouse.move(900, 500)
    page.mouse.wheel(0, -300)
    assert seen() == pytest.approx(near, abs=0.1)  # without Ctrl the wheel is the page's
    page.keyboard.press("0")
    assert seen() == pytest.approx(whole, abs=0.1)


def test_a_newer_page_keeps_what_the_reader_looks_at_and_marks_what_changed(
    page: Page, spell: Spell, tmp_path: Path
) -> None:
    opened(page, spell(THREE), tmp_path)
    page.get_by_label("Tìm thành phần").fill("cong")
    page.locator("#filters > summary").click()
    page.locator(".facet summary", has_text="Chủ quản").click()
    page.get_by_label("Tỉnh 1").check()
    page.locator(".facet summary", has_text="Loại").click()
    page.locator("#elements .row", has_text="Cổng").click()
    page.get_by_role("button", name="Phóng to", exact=True).click()
    page.get_by_role("button", name="Sang phải").click()
    seen, address = page.locator("#canvas svg").get_attribute("viewBox"), page.url
    newer = spell(THREE.replace("Cổng dịch vụ công", "Cổng dịch vụ công tỉnh").replace("elements:", "\n\n\nelements:"))
    assert page.evaluate("html => window.kientruc.adopt(html)", newer)
    assert page.locator("#canvas svg").get_attribute("viewBox") == seen
    assert page.locator("#card h2").inner_text() == "Cổng dịch vụ công tỉnh"
    assert page.locator("#search").input_value() == "cong"
    assert page.locator("#chosen li").count() == 1
    expect(page.get_by_label("ứng dụng 1", exact=True)).to_be_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "right"
    assert page.url == address
    changed = "all => all.map(one => one.dataset.id)"
    assert set(page.locator(".changed").evaluate_all(changed)) == {"cong"}  # what only moved in its file did not change
    assert page.locator("#news").inner_text() == "Đã cập nhật: 1 thành phần thay đổi."


def test_what_has_the_focus_keeps_it_also_when_it_is_made_anew(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(THREE), tmp_path)
    page.locator("#elements .row", has_text="Máy chủ").focus()
    page.evaluate("html => window.kientruc.adopt(html)", spell(THREE.replace("sức khoẻ", "sức khỏe")))
    assert page.locator(":focus .name").inner_text() == "Máy chủ"
    page.locator("#canvas .known[data-id=suc-khoe]").focus()
    page.evaluate("html => window.kientruc.adopt(html)", spell(THREE))
    assert page.evaluate("document.activeElement.dataset.id") == "suc-khoe"


def test_broken_files_are_told_above_the_last_good_picture(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(THREE), tmp_path)
    broken = spell(THREE.replace("owner: so-yt", "owner: so-yte"))
    page.evaluate("html => window.kientruc.adopt(html)", broken)
    faults = page.locator("#broken")
    expect(faults).to_be_visible()
    assert "so-yte" in faults.inner_text()
    assert "architecture.yaml:7:" in faults.inner_text()
    assert page.locator("#canvas .known").count() == 3
    assert page.locator("#broken-note").inner_text().startswith("Không đọc được kiến trúc: 1 lỗi")
    assert page.locator("#news").inner_text() == ""  # told once
    page.evaluate("html => window.kientruc.adopt(html)", spell(THREE))
    expect(faults).to_be_hidden()
    opened(page, broken, tmp_path)  # a server that is started on broken files
    expect(faults).to_be_visible()
    page.evaluate("html => window.kientruc.adopt(html)", spell(THREE))
    expect(faults).to_be_hidden()
    assert len(names(page)) == 3


def test_hostile_names_are_text(page: Page, spell: Spell, tmp_path: Path) -> None:
    hostile = [
        "<script>document.title='x'</script>",
        "</script><img src=x onerror=document.title='x'>",
        "<!-- ]]> &amp; {{ 7 * 7 }} `${1}` $& \\u003c",
        "مرحبا بالعالم",
        "A" * 500,
    ]
    elements = [
        f"  e{at}: {{kind: application, name: {name!r}, component: ung-dung}}" for at, name in enumerate(hostile)
    ]
    elements.append("  constructor: {kind: application, name: Máy xúc, component: ung-dung}")
    hostile.append("Máy xúc")
    opened(page, spell("elements:\n" + "\n".join(elements).replace("\\\\", "\\")), tmp_path)
    hostile.insert(0, hostile.pop())  # in the order of their ids
    assert page.locator("#elements .name").all_text_contents() == hostile
    for at, name in enumerate(hostile):
        page.locator("#elements .row").nth(at).click()
        assert page.locator("#card h2").text_content() == name
    assert page.title() == "Trang tra cứu kiến trúc – Kiến trúc"
    assert page.locator("img, main script").count() == 0
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844), (320, 256)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, two: Path, tmp_path: Path, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for address, pane in (("#q=trung&state=added", "elements"), ("", "findings"), ("#e=trung-tam-thdl", "picture")):
        opened(page, two / "tra-cuu.html", tmp_path, address)
        chosen = page.locator(f"#panes [data-pane={pane}]")
        if chosen.is_visible():
            chosen.click()
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(page: Page, out: Path, tmp_path: Path) -> None:
    opened(page, out / "tra-cuu.html", tmp_path, "#e=trung-tam-thdl&state=added")
    small = page.locator("button:not(.link), select, input, summary").evaluate_all(
        """all => all.map(one => [one.outerHTML, (one.closest('label') || one).getBoundingClientRect()])
            .filter(([_, box]) => box.width && (box.width < 24 || box.height < 24)).map(([words]) => words)"""
    )
    assert small == []


def test_it_prints_picture_card_and_the_whole_list(page: Page, out: Path, tmp_path: Path) -> None:
    opened(page, out / "tra-cuu.html", tmp_path, "#e=trung-tam-thdl")
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    for hidden in ("#search", "#tools", "#panes", "#card .close"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("#canvas svg", "#card h2", "#elements .row >> nth=-1"):
        expect(page.locator(shown)).to_be_visible()


def test_who_wants_less_motion_gets_none(page: Page, spell: Spell, tmp_path: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(page, spell(THREE), tmp_path)
    page.evaluate("html => window.kientruc.adopt(html)", spell(THREE.replace("Máy chủ", "Máy")))
    assert page.locator(".row.changed").count() == 1
    assert page.evaluate("document.getAnimations().length") == 0


def test_five_thousand_elements_open_and_answer_at_once(page: Page, tmp_path: Path) -> None:
    write(tmp_path / "large", 5000)
    loaded = api.load(tmp_path / "large" / "architecture.yaml", api.limits(5000))
    opened(page, api.explorer(loaded, api.check_all(loaded), "vi"), tmp_path)
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert ready < 2000
    answers = page.evaluate(
        """() => ['d', 'di', 'dịch', 'dich vu', 'dich vu cong', 'so', 'zzz', ''].map(words => {
            const search = document.getElementById('search');
            return Math.min(...[1, 2, 3].map(() => {
                const before = performance.now();
                search.value = words;
                search.dispatchEvent(new Event('input'));
                document.body.getBoundingClientRect();
                return performance.now() - before;
            }));
        })"""
    )
    assert sorted(answers)[len(answers) // 2] < 50, answers
    assert page.locator("#elements .row").count() == 60
    page.get_by_role("button", name="Xem thêm (4940)").click()
    assert page.locator("#elements .row").count() == 120


CHECKED = """\
elements:
  cong: {kind: application, name: Cổng dịch vụ công, component: ung-dung, owner: tinh, uses: may-chu}
  may-chu: {kind: platform, name: Nền tảng, component: ha-tang, owner: tinh, security_level: 3}
"""


def test_a_requirement_is_found_by_its_code_and_by_its_title(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(CHECKED), tmp_path)
    search, number = page.get_by_label("Tìm thành phần"), page.locator("#findings-number")
    search.fill("c10-at-01")
    assert names(page) == []
    assert int(number.inner_text()) > 0
    page.get_by_role("button", name="kết quả kiểm tra khớp").click()
    assert set(page.locator("#findings h2 .id").all_inner_texts()) == {"C10-AT-01"}
    title = page.locator("#findings h2 span:not(.chip, .id)").first.inner_text()
    search.fill(title)
    assert "C10-AT-01" in page.locator("#findings h2 .id").all_inner_texts()
    search.fill("cong dich vu cong")  # of an element: what is found about it
    assert "C10-AT-01" in page.locator("#findings h2 .id").all_inner_texts()
    search.fill("zzz")
    assert page.locator("#findings .nothing").inner_text() == (
        "Không có kết quả cần xử lý nào khớp với từ tìm hoặc bộ lọc."
    )


def test_a_filter_holds_for_the_findings_of_a_requirement_too(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(CHECKED), tmp_path, "#q=c10-at-01&component=ha-tang")
    about = page.locator("#findings-number")
    assert about.inner_text() == "0"  # AT-01 is about `cong`, which the filter leaves out
    opened(page, spell(CHECKED), tmp_path, "#q=c10-at-01&component=ung-dung")
    assert about.inner_text() == "1"


def test_a_slash_leads_to_the_search_and_enter_opens_the_first(page: Page, spell: Spell, tmp_path: Path) -> None:
    opened(page, spell(THREE), tmp_path)
    page.locator("#canvas").focus()
    page.keyboard.press("/")
    page.keyboard.type("suc khoe")
    assert page.locator("#search").input_value() == "suc khoe"
    page.keyboard.press("Enter")
    assert page.locator("#card h2").inner_text() == "Hồ sơ sức khoẻ"
    page.locator("#search").fill("a/b")
    page.keyboard.press("/")
    assert page.locator("#search").input_value() == "a/b/"  # a slash within what is typed is a slash
    assert "Cơ quan chủ quản của từng thành phần" in page.locator("#left").inner_text()


def test_only_what_was_edited_is_marked_not_what_it_is_joined_to_or_found_with(
    page: Page, spell: Spell, tmp_path: Path
) -> None:
    opened(page, spell(CHECKED), tmp_path)
    newer = CHECKED.replace("name: Nền tảng", "name: Nền tảng mới").replace(", security_level: 3", "")
    page.evaluate("html => window.kientruc.adopt(html)", spell(newer))
    changed = "all => [...new Set(all.map(one => one.dataset.id))]"
    assert page.locator(".changed").evaluate_all(changed) == ["may-chu"]
    assert page.locator("#news").inner_text() == "Đã cập nhật: 1 thành phần thay đổi."
