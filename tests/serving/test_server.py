"""The server of the live page: who may ask, for what, how much and how long; nobody else is answered."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientruc.errors import UsageError
from kientruc.serving import server as module
from kientruc.serving.live import Live
from kientruc.serving.server import CLIENTS, HEAD, Server
from tests.watch import watched

CSP = "default-src 'none'; script-src 'sha256-x'; connect-src 'self'"
PAGE = f'<html><head><meta http-equiv="Content-Security-Policy" content="{CSP}"></head><body>Trang mật</body></html>'
LONG = 10.0  # seconds; nothing here takes one of them


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    yield from serving()


def serving() -> Iterator[Server]:
    server = Server(Live(), 0, {"lost": "mất liên lạc"}, "cần địa chỉ đầy đủ")
    server.live.show(PAGE, True)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.live.close()
    server.shutdown()
    server.server_close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=LONG)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def raw(server: Server, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), LONG) as client:
        found = b""
        try:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            while more := client.recv(65536):
                found += more
        except OSError:
            pass  # it hung up before all was sent
        return found


def own(server: Server) -> str:
    return f"Host: 127.0.0.1:{server.port}\r\n"


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("path", ["/", "/page"])
def test_whoever_has_the_address_gets_the_page_and_nothing_may_keep_or_frame_it(served: Server, path: str) -> None:
    answer, page = ask(served, f"{path}?token={served.token}")
    assert (answer.status, page) == (200, PAGE.replace("</head>", '<meta name="kientruc-page" content="1"></head>'))
    assert answer.headers["Content-Security-Policy"] == f"{CSP}; frame-ancestors 'none'"
    wanted = {
        "Content-Type": "text/html; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    assert {name: answer.headers[name] for name in wanted} == wanted
    assert not [name for name in answer.headers if name.startswith("Access-Control") or name == "Set-Cookie"]


def test_the_head_alone_is_given_without_the_page(served: Server) -> None:
    answer, page = ask(served, f"/?token={served.token}", "HEAD")
    assert (answer.status, page, int(answer.headers["Content-Length"]) > len(PAGE)) == (200, "", True)


def test_each_server_has_a_long_token_of_its_own_and_a_free_port_on_this_machine_alone(served: Server) -> None:
    other = Server(Live(), 0, {})
    other.server_close()
    assert len(served.token) >= 43 and other.token != served.token and other.port != served.port
    assert served.server_address[0] == "127.0.0.1"
    assert served.url == f"http://127.0.0.1:{served.port}/?token={served.token}"


def test_a_token_is_compared_in_constant_time(served: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = secrets.compare_digest

    def compare(given: bytes, own: bytes) -> bool:
        compared.append((given, own))
        return real(given, own)

    monkeypatch.setattr(secrets, "compare_digest", compare)
    assert ask(served, "/?token=kh%C3%B4ng")[0].status == 403
    assert compared == [("không".encode(), served.token.encode())]


@pytest.mark.parametrize(
    "query", ["", "?token=", "?token=x", "?token={}x", "?Token={}", "?token={}&token={}", "?token={}&token=x", "?{}"]
)
@pytest.mark.parametrize("path", ["/", "/page", "/events", "/none"])
def test_without_the_token_nothing_is_given(served: Server, path: str, query: str) -> None:
    answer, said = ask(served, path + query.replace("{}", served.token))
    assert (answer.status, said) == (403, "403 cần địa chỉ đầy đủ\n")


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        ("evil.example",),
        ("evil.example:{port}",),
        ("127.0.0.1",),
        ("127.0.0.1:1",),
        ("localhost.evil.example:{port}",),
        ("127.0.0.1:{port}", "evil.example"),
        ("127.0.0.1:{port}", "127.0.0.1:{port}"),
        ("0.0.0.0:{port}",),
        ("",),
    ],
)
def test_a_site_that_resolves_its_name_to_this_machine_gets_nothing(served: Server, hosts: tuple[str, ...]) -> None:
    lines = "".join(f"Host: {host.format(port=served.port)}\r\n" for host in hosts)
    answer = raw(served, f"GET /?token={served.token} HTTP/1.1\r\n{lines}\r\n".encode())
    assert answer.startswith(b"HTTP/1.0 421 ") and b"html" not in answer


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
def test_the_names_of_this_machine_are_its_own(served: Server, host: str) -> None:
    answer, _ = ask(served, f"/?token={served.token}", Host=host.format(port=served.port))
    assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/page", "/events"])
def test_pages_of_others_get_nothing(served: Server, path: str, headers: dict[str, str]) -> None:
    told = {name: value.format(port=served.port) for name, value in headers.items()}
    answer, said = ask(served, f"{path}?token={served.token}", **told)
    assert (answer.status, said) == (403, "403 cần địa chỉ đầy đủ\n")


def test_the_page_itself_may_ask(served: Server) -> None:
    told = {"Origin": f"http://127.0.0.1:{served.port}", "Sec-Fetch-Site": "same-origin"}
    assert ask(served, f"/page?token={served.token}", **told)[0].status == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/page/", "/index.html", "/architecture.yaml", "/../architecture.yaml", "/%2e%2e/architecture.yaml"),
        *("/events/x", "//page", "/static/../page", "/etc/passwd", "/page%00", "/.git/config", "/favicon.ico"),
    ],
)
def test_there_are_three_paths_and_no_other(served: Server, path: str) -> None:
    answer = raw(served, f"GET {path}?token={served.token} HTTP/1.1\r\n{own(served)}\r\n".encode())
    if path == "//page":
        assert b" 200 " in answer.partition(b"\r\n")[0]  # one slash too many is still the page
    else:
        assert answer.startswith(b"HTTP/1.0 404 ") and answer.endswith(b"\r\n\r\n404\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "X"])
def test_nothing_is_taken_and_every_other_method_is_refused(served: Server, method: str) -> None:
    answer, said = ask(served, f"/?token={served.token}", method)
    assert (answer.status, said) == (405, "405\n")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"a" * HEAD + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * HEAD + b"\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"y" * 100_000,
        b"\0" * 100_000,
    ],
    ids=["line", "headers", "header", "zeros"],
)
def test_a_request_longer_than_any_browsers_is_not_read(served: Server, request_: bytes) -> None:
    assert raw(served, request_)[:12] in (b"HTTP/1.0 431", b"")  # or it hung up first


@pytest.mark.parametrize("request_", [b"", b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / x\r\n\r\n"])
def test_what_is_no_request_gets_no_page(served: Server, request_: bytes) -> None:
    assert b"html" not in raw(served, request_)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_no_bytes_get_a_page_or_stop_the_server(served: Server, data: bytes) -> None:
    assert b"html" not in raw(served, data + b"\r\n\r\n")
    assert ask(served, f"/?token={served.token}")[0].status == 200


def test_a_refusal_repeats_nothing_and_nothing_is_logged(served: Server, capfd: pytest.CaptureFixture[str]) -> None:
    answer = raw(served, b"<script>alert(1)</script> / HTTP/1.1\r\n\r\n")
    answer += raw(served, b"GET /<script>?token=bi-mat HTTP/1.1\r\nHost: <b>\r\n\r\n")
    assert b"script" not in answer and b"bi-mat" not in answer and b"<" not in answer
    assert capfd.readouterr() == ("", "")


def test_nobody_is_kept_out_by_a_hundred_connections_that_say_nothing() -> None:
    for served in serving():
        idle = [socket.create_connection(("127.0.0.1", served.port), LONG) for _ in range(100)]
        began = time.monotonic()
        assert ask(served, f"/?token={served.token}")[0].status == 200
        assert time.monotonic() - began < module.PATIENCE / 2
        until(lambda served=served: len(served._open) <= CLIENTS)  # type: ignore[misc]
        for one in idle:
            one.close()


def test_who_waits_with_the_token_stays_when_a_hundred_others_come() -> None:
    for served in serving():
        connection = HTTPConnection("127.0.0.1", served.port, timeout=LONG)
        connection.request("GET", f"/events?token={served.token}")
        stream = connection.getresponse()
        assert event(stream)["number"] == 1
        idle = [socket.create_connection(("127.0.0.1", served.port), LONG) for _ in range(100)]
        served.live.show(PAGE, True, "Tệp đang có lỗi")
        assert event(stream) == {"number": 2, "notice": "Tệp đang có lỗi", "lost": "mất liên lạc"}
        for one in idle:
            one.close()


def test_of_those_who_have_the_token_there_may_be_so_many() -> None:
    for served in serving():
        streams = []
        for _ in range(CLIENTS):
            connection = HTTPConnection("127.0.0.1", served.port, timeout=LONG)
            connection.request("GET", f"/events?token={served.token}")
            streams.append(connection.getresponse())
        with socket.create_connection(("127.0.0.1", served.port), LONG) as one_more:
            assert one_more.recv(1) == b""
        assert len(streams) == CLIENTS


def test_who_sends_slowly_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    for served in serving():
        with socket.create_connection(("127.0.0.1", served.port), LONG) as slow:
            for letter in b"GET / HTTP":
                slow.sendall(bytes([letter]))
                time.sleep(0.01)
            assert slow.recv(1) == b""  # it hung up, although something came all the time


def test_who_does_not_take_the_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    for served in serving():
        served.live.show("x" * 30_000_000, True)
        with socket.create_connection(("127.0.0.1", served.port), LONG) as lazy:
            lazy.sendall(f"GET /?token={served.token} HTTP/1.1\r\n{own(served)}\r\n".encode())
            until(lambda served=served: len(served._open) == 1)  # type: ignore[misc]
            until(lambda served=served: not served._open)  # type: ignore[misc]


def test_no_request_opens_or_writes_a_file(served: Server) -> None:
    with watched() as seen:
        for path, status in (("/", 200), ("/page", 200), ("/architecture.yaml", 404), ("/../x", 404)):
            answer = raw(served, f"GET {path}?token={served.token} HTTP/1.1\r\n{own(served)}\r\n".encode())
            assert answer.startswith(f"HTTP/1.0 {status} ".encode())
    assert seen.opened == []
    assert [deed for deed in seen.deeds if not deed.startswith("socket.")] == []


def test_one_opens_with_the_last_whole_page_and_then_hears_of_the_newest() -> None:
    for served in serving():
        served.live.show("<head></head>hỏng", False, "Tệp đang có lỗi")
        assert "Trang mật" in ask(served, f"/?token={served.token}")[1]
        assert ask(served, f"/page?token={served.token}")[1].endswith("hỏng")
        connection = HTTPConnection("127.0.0.1", served.port, timeout=LONG)
        connection.request("GET", f"/events?token={served.token}")
        stream = connection.getresponse()
        assert event(stream)["number"] == 2
        served.live.tell("Đang sửa")
        assert event(stream) == {"number": 2, "notice": "Đang sửa", "lost": "mất liên lạc"}


def test_where_nothing_was_ever_whole_one_opens_with_the_newest() -> None:
    live = Live()
    for number in (1, 2):
        live.show(f"<head></head>{number}", False)
        assert live.first == live.newest and live.first.number == number


def test_a_port_that_is_taken_is_told(served: Server) -> None:
    with pytest.raises(UsageError) as refused:
        Server(Live(), served.port, {})
    assert (refused.value.key, refused.value.values["port"]) == ("cli.port", str(served.port))


def test_before_the_first_page_one_waits_for_it() -> None:
    server = Server(Live(), 0, {})
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    pages: list[str] = []
    waiting = Thread(target=lambda: pages.append(ask(server, f"/?token={server.token}")[1]))
    waiting.start()
    until(lambda: True in server._open.values())
    server.live.show(PAGE, True)
    waiting.join(LONG)
    server.shutdown()
    server.server_close()
    assert "Trang mật" in pages[0]


def test_where_the_first_page_takes_long_the_browser_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    server = Server(Live(), 0, {})
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    answer, said = ask(server, f"/?token={server.token}")
    assert (answer.status, said, answer.headers["Refresh"]) == (503, "503\n", "1")
    server.shutdown()
    server.server_close()


def event(stream: HTTPResponse) -> dict[str, object]:
    """Read up to the data of the next event."""
    while True:
        line = stream.readline().decode()
        assert line, "the stream ended"
        if line.startswith("data: "):
            found: dict[str, object] = json.loads(line.removeprefix("data: "))
            return found
