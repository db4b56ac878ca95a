"""A client of a language server over stdio, as small as our tests need one: JSON-RPC in, JSON-RPC out."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

Json = Any
SECONDS = 60  # longer than any answer takes on a busy machine
MARKDOWN = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": MARKDOWN},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}
SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}


class LanguageServer:
    """One server, started with a command, asked until the block ends."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.answers: queue.Queue[Json] = queue.Queue()
        self.told: queue.Queue[Json] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._read, daemon=True).start()
        root = folder.as_uri()
        folders = [{"uri": root, "name": folder.name}]
        self.ask("initialize", processId=None, rootUri=root, workspaceFolders=folders, capabilities=CAPABILITIES)
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=SETTINGS)

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()

    def open(self, path: Path, text: str | None = None) -> list[Json]:
        """Open a file, once, perhaps with other text than the disk has, and give what the server finds wrong in it.

        What the server says of a file that is closed and opened again may be about the text it had before.
        """
        text = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return self._told_of(path)

    def _told_of(self, path: Path) -> list[Json]:
        while (found := self.told.get(timeout=SECONDS))["uri"] != path.as_uri():
            pass
        return list(found["diagnostics"])

    def complete(self, path: Path, line: int, character: int) -> dict[str, Json]:
        """Give what the server proposes at a place, by label."""
        found = self._at("completion", path, line, character)
        return {item["label"]: item for item in (found["items"] if isinstance(found, dict) else found)}

    def hover(self, path: Path, line: int, character: int) -> str:
        """Give what the server says of a place."""
        found = self._at("hover", path, line, character)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, what: str, path: Path, line: int, character: int) -> Json:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{what}", textDocument={"uri": path.as_uri()}, position=place)

    def ask(self, method: str, **params: Json) -> Json:
        """Send a request and wait for its answer."""
        self.number += 1
        self._send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        answer = self.answers.get(timeout=SECONDS)
        assert answer["id"] == self.number and "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, **params: Json) -> None:
        """Send what needs no answer."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: Json) -> None:
        assert self.process.stdin
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))

    def _take(self, message: Json) -> None:
        """Sort what came: an answer, what is wrong with a file, or a question of the server's own."""
        method = message.get("method")
        if method is None:
            self.answers.put(message)
        elif method == "textDocument/publishDiagnostics":
            self.told.put(message["params"])
        elif "id" in message:
            asked = message.get("params", {}).get("items", [])
            result = [SETTINGS.get(str(item.get("section"))) for item in asked] if asked else None
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
