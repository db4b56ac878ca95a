"""The live page in a real browser: it follows each save, keeps what its reader did, and says when it is alone."""

import base64
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from kientruc.messages import text
from kientruc.serving.live import Live
from kientruc.serving.server import Server

pytestmark = pytest.mark.outside
ROOT = Path(__file__).parent.parent.parent
LIVE = files("kientruc.renderers").joinpath("templates/live.js").read_text(encoding="utf-8")
ADOPT = """
window.kientruc = {adopt(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.documentElement.dataset.adopted = Number(document.documentElement.dataset.adopted ?? 0) + 1;
}};
"""
WORDS = {"lost": text("live.lost", "vi")}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def written(name: str) -> str:
    """A page as the explorer is one: scripts by their hash, and a function that takes a newer page over."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in (ADOPT, LIVE))
    may = " ".join(f"'sha256-{digest}'" for digest in digests)
    csp = f"default-src 'none'; script-src {may}; connect-src 'self'"
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{csp}"><title>x</title>'
        f"<script>{ADOPT}</script><script>{LIVE}</script></head>"
        f'<body><input id="search"><main>{name}</main></body></html>'
    )


def serve(live: Live, port: int = 0, token: str = "") -> Server:
    server = Server(live, port, WORDS)
    server.token = token or server.token
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def stop(server: Server) -> None:
    server.live.close()
    server.shutdown()
    server.server_close()


def heard(page: Page) -> list[str]:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    return messages


def test_a_newer_page_is_taken_over_and_what_its_reader_did_stays(page: Page) -> None:
    messages = heard(page)
    live = Live()
    server = serve(live)
    live.show(written("Cổng cũ"), True)
    page.goto(server.url)
    page.locator("#search").fill("cổng")
    live.show(written("Cổng mới"), True)
    expect(page.locator("main")).to_have_text("Cổng mới")
    live.show(written("Cổng mới"), True, "Tệp đang có lỗi")
    expect(page.locator("#kientruc-live")).to_have_text("Tệp đang có lỗi")
    for number in range(20):
        live.show(written(f"Cổng {number}"), True)  # faster than anybody fetches
    expect(page.locator("main")).to_have_text("Cổng 19")
    expect(page.locator("#kientruc-live")).to_be_hidden()
    assert page.locator("#search").input_value() == "cổng"
    assert messages == []
    stop(server)


def test_it_says_when_nobody_answers_and_goes_on_when_somebody_does(page: Page) -> None:
    live = Live()
    server = serve(live)
    live.show(written("Một"), True)
    page.goto(server.url)
    live.show(written("Hai"), True)
    expect(page.locator("main")).to_have_text("Hai")
    stop(server)
    expect(page.locator("#kientruc-live")).to_have_text(WORDS["lost"])
    again = Live()
    for name in ("Ba", "Bốn", "Năm"):
        again.show(written(name), True)
    other = serve(again, server.port, server.token)
    expect(page.locator("main")).to_have_text("Năm")
    expect(page.locator("#kientruc-live")).to_be_hidden()
    assert int(page.locator("html").get_attribute("data-adopted") or 0) >= 2
    stop(other)


def test_another_site_in_the_same_browser_gets_nothing(page: Page) -> None:
    live = Live()
    server = serve(live)
    live.show(written("Bí mật"), True)
    evil = '<!doctype html><iframe></iframe><script src="x"></script>'
    page.route("http://evil.example/**", lambda route: route.fulfill(body=evil, content_type="text/html"))
    page.goto("http://evil.example/")
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if str(server.port) in answer.url else None)
    asked = "url => fetch(url, {credentials: 'include'}).then(answer => answer.text(), () => 'nothing')"
    assert page.evaluate(asked, server.url) == "nothing"
    framed = """url => new Promise(done => {
        const frame = document.querySelector("iframe");
        frame.onload = () => done("");
        frame.src = url;
    })"""
    page.evaluate(framed, server.url)
    assert all("Bí mật" not in frame.content() for frame in page.frames)
    assert 200 not in answers  # it was refused, or the browser did not even ask
    stop(server)


def test_a_save_is_shown_and_broken_files_leave_the_last_picture(page: Page, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "architecture", tmp_path / "architecture")
    shutil.copy(ROOT / "architecture.yaml", tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "kientruc", "serve"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        messages = heard(page)
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address
        page.goto(address[0])
        expect(page.locator("svg", has_text="NGƯỜI").first).to_be_visible()
        page.locator("#search").fill("nguoi")
        page.locator("[data-do='in']").click()
        seen = page.locator("svg", has_text="NGƯỜI").first.get_attribute("viewBox")
        portal = tmp_path / "architecture" / "01-nguoi-su-dung.yaml"
        before = portal.read_text(encoding="utf-8")
        portal.write_text(before.replace("name: Người sử dụng", "name: Người dùng", 1), encoding="utf-8")
        expect(page.locator("svg", has_text="NGƯỜI").first).to_contain_text("NGƯỜI DÙNG")
        assert page.locator("svg", has_text="NGƯỜI").first.get_attribute("viewBox") == seen
        assert page.locator("#search").input_value() == "nguoi"
        portal.write_text(before.replace("name: Người sử dụng", "nme: Người sử dụng", 1), encoding="utf-8")
        expect(page.locator("#broken", has_text="M-KEY")).to_be_visible()
        expect(page.locator("#kientruc-live")).to_be_hidden()  # told once
        expect(page.locator("svg", has_text="NGƯỜI").first).to_contain_text("NGƯỜI DÙNG")
        portal.write_text(before, encoding="utf-8")
        expect(page.locator("svg", has_text="NGƯỜI").first).to_contain_text("NGƯỜI SỬ DỤNG")
        assert messages == []
        process.send_signal(signal.SIGINT)
        expect(page.locator("#kientruc-live")).to_have_text(WORDS["lost"])
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()
