"""Errors that domain verbs raise and views turn into answers."""


class NotAllowed(Exception):
    """The actor may not do this; views answer 403."""


class WrongState(Exception):
    """The object's state does not allow this; the message says so in the reader's language."""

    def __init__(self, message: object) -> None:
        super().__init__(str(message))
        self.message = message


class Gone(Exception):
    """Something that was public and has been withdrawn; the middleware answers 410."""

    def __init__(self, number: str, date: object | None = None) -> None:
        super().__init__(number)
        self.number, self.date = number, date
