"""A small mail server that keeps what it is given; tests and `bench/worker.py` use it."""

import socketserver
import threading
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Arrived:
    sender: str
    recipients: list[str]
    content: bytes


class _Handler(socketserver.StreamRequestHandler):
    server: "SmtpSink"

    def handle(self) -> None:
        self._say("220 sink")
        sender, recipients = "", list[str]()
        while line := self.rfile.readline().decode(errors="replace").strip():
            verb = line[:4].upper()
            told = self.server.answers.get(verb, "")
            if told == "break":
                return
            if told:
                self._say(told)
            elif verb == "MAIL":
                sender, recipients = _address(line), []
                self._say("250 ok")
            elif verb == "RCPT":
                recipients.append(_address(line))
                self._say("250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                content = self._content()
                if content is None:
                    return
                self.server.mails.append(Arrived(sender, recipients, content))
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _content(self) -> bytes | None:
        """None when the line breaks before the end."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line[1:] if line.startswith(b".") else line)
        return None

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


class SmtpSink(socketserver.ThreadingTCPServer):
    """Takes every mail unless `answer` says what a verb is answered; `break` ends the line."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.port: int = self.server_address[1]
        self.mails: list[Arrived] = []
        self.answers: dict[str, str] = {}
        self._thread = threading.Thread(target=self.serve_forever, args=[0.05])

    def answer(self, verb: str, text: str) -> None:
        """An empty text takes it back."""
        self.answers[verb] = text

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is no error of the server."""

    def __enter__(self) -> "SmtpSink":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
