"""Shows a page to the browsers of this user on this machine, and to nobody else: three paths, and nothing is written.

It is defended against other users, against pages of other sites in the same browser (also of a site that resolves its
own name to this machine), and against whoever opens many connections or sends slowly.
"""

from __future__ import annotations

import errno
import io
import json
import secrets
import socket
import socketserver
import sys
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from threading import Lock
from time import monotonic
from urllib.parse import parse_qs, urlsplit

from kientruc.errors import UsageError, reason
from kientruc.serving.live import NOTHING, Live, Told

HEAD = 8 * 1024  # bytes of a request: no browser's is longer
PATIENCE = 10.0  # seconds for a request to arrive, and for an answer to be taken
CLIENTS = 32  # connections at a time
BEAT = 15.0  # seconds between signs of life to those who wait: a browser that left is noticed
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Connection": "close",
}


class Server(socketserver.ThreadingTCPServer):
    """Listens on the loopback address alone."""

    allow_reuse_address = sys.platform != "win32"  # there it would let another program take the port over
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, live: Live, port: int, words: Mapping[str, str], refusal: str = "") -> None:
        """Open the port, a free one for 0.

        Args:
            words: sentences for the page, by name.
            refusal: a sentence for who comes without the token.
        Raises:
            UsageError: the port is taken, or not ours to take.
        """
        self.live, self.words, self.refusal = live, words, refusal
        self.token = secrets.token_urlsafe(32)
        self._open: dict[socket.socket, bool] = {}  # connections in the order they came, and which have shown the token
        self._lock = Lock()
        try:
            self._listen("127.0.0.1", socket.AF_INET, port)
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise UsageError("cli.port", port=str(port), why=reason(error)) from None
            self._listen("::1", socket.AF_INET6, port)
        self.port: int = self.server_address[1]
        self.hosts = frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    def _listen(self, address: str, family: socket.AddressFamily, port: int) -> None:
        self.address_family = family
        super().__init__((address, port), _Answer)

    @property
    def url(self) -> str:
        """The address of the page, with the token."""
        host = "[::1]" if self.address_family == socket.AF_INET6 else "127.0.0.1"
        return f"http://{host}:{self.port}/?token={self.token}"

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client: object) -> None:
        """Answer in a thread; where there are too many, the one that waits longest without the token has to go."""
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open[request] = False
            if len(self._open) > CLIENTS:
                leaving = next((one for one, known in self._open.items() if not known), request)
                _hang_up(leaving)
                del self._open[leaving]
        super().process_request(request, client)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Close a connection."""
        assert isinstance(request, socket.socket)
        with self._lock:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def knows(self, request: socket.socket) -> None:
        """Note that a connection has shown the token."""
        with self._lock:
            if request in self._open:
                self._open[request] = True

    def handle_error(self, request: object, client: object) -> None:
        """Say nothing: a client that left is no fault of ours, and what it sent is not for the terminal."""


class _Answer(BaseHTTPRequestHandler):
    """Answers one request of one connection."""

    server: Server
    server_version = "kientruc"
    sys_version = ""

    def setup(self) -> None:
        """Take the request in, no more of it than there may be and no longer than we wait."""
        super().setup()
        self.request_version, self.requestline, self.command = "HTTP/1.0", "", "GET"
        self.rfile = io.BytesIO(self._head())
        self.connection.settimeout(PATIENCE)

    def _head(self) -> bytes:
        end, head = monotonic() + PATIENCE, b""
        while b"\r\n\r\n" not in head:
            self.connection.settimeout(max(0.001, end - monotonic()))
            more = self.connection.recv(4096)
            if not more:
                return b""
            head += more
            if len(head) > HEAD:
                self.send_error(431)
                return b""
        return head

    def do_GET(self) -> None:
        """Give a page, or wait with whoever waits for the next."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Give the head alone."""
        self._answer(body=False)

    def _answer(self, body: bool) -> None:
        if refused := self._refused():
            self.send_error(refused)
            return
        self.server.knows(self.connection)
        path = urlsplit(self.path).path
        if path in ("/", "/page"):
            first = self.server.live.opened(PATIENCE)
            page = first if path == "/" else self.server.live.newest
            if not page.number:
                self.send_error(503)
                return
            self._begin(200, "text/html; charset=utf-8", page.policy, len(page.body))
            if body:
                self.wfile.write(page.body)
        elif path == "/events":
            self._begin(200, "text/event-stream; charset=utf-8")
            if body:
                self._tell()
        else:
            self.send_error(404)

    def _refused(self) -> int:
        """Tell with which number to refuse a request; 0 for none."""
        headers, hosts = self.headers, self.server.hosts
        if headers.get_all("Host", []) not in [[host] for host in hosts]:
            return 421
        origins = headers.get_all("Origin", [])
        if any(origin not in {f"http://{host}" for host in hosts} for origin in origins):
            return 403
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return 403
        given = parse_qs(urlsplit(self.path).query).get("token", [""])
        if len(given) != 1 or not secrets.compare_digest(given[0].encode(), self.server.token.encode()):
            return 403
        return 0

    def _tell(self) -> None:
        """Tell of each turn as it comes, until the browser leaves or the server does."""
        turn, live = -1, self.server.live
        self.wfile.write(b"retry: 500\n\n")
        while not live.closed:
            told = live.after(turn, BEAT)
            self.wfile.write(self._event(told) if told.turn != turn else b": \n\n")
            turn = told.turn

    def _event(self, told: Told) -> bytes:
        data = {**self.server.words, "number": told.number, "notice": told.notice}
        return f"event: page\ndata: {json.dumps(data)}\n\n".encode()

    def _begin(self, status: int, kind: str, policy: str = NOTHING, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", f"{policy}; frame-ancestors 'none'")
        if length is not None:
            self.send_header("Content-Length", str(length))
        if status == 503:
            self.send_header("Refresh", "1")  # the first load takes long: the browser asks again
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in one line, and repeat nothing of the request; 405 for every method but two."""
        status = 405 if code == 501 else code
        said = f"{status} {self.server.refusal if status == 403 else ''}".rstrip().encode() + b"\n"
        self._begin(status, "text/plain; charset=utf-8", length=len(said))
        if self.command != "HEAD":
            self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: an address would hold the token."""


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):  # it left already
        connection.shutdown(socket.SHUT_RDWR)
