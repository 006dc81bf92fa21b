"""The mail that the demo wrote to files, read as its recipient would."""

import email
import email.policy
import re
import time
from pathlib import Path

CODE = re.compile(r"^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$", re.MULTILINE)
WAIT_SECONDS = 10


class Mailbox:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def messages(self, recipient: str) -> list[email.message.EmailMessage]:
        """Oldest first."""
        messages = []
        for path in sorted(self.folder.glob("*.log"), key=lambda path: path.stat().st_mtime):
            for part in re.split(rb"\n-{79}\n", path.read_bytes()):
                message = email.message_from_bytes(part.strip(), policy=email.policy.default)
                if recipient in (message["To"] or ""):
                    messages.append(message)
        return messages

    def code_for(self, recipient: str) -> str:
        """The sign-in or confirmation code of the newest mail; waits a moment for it."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            for message in reversed(self.messages(recipient)):
                body = message.get_body(("plain",))
                match = CODE.search(body.get_content()) if body else None
                if match:
                    return match.group(1)
            time.sleep(0.2)
        raise AssertionError(f"no code was sent to {recipient}")
