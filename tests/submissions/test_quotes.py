"""What is taken word for word from a text, without what is left out of it since."""

from portal.submissions.marking import LeftOut
from portal.submissions.redress.quotes import without_words

PUBLIC = "Every night [X] opens the\ndoor. [Y] sleeps."
LEFT = [LeftOut("Ana the elder", "[X]"), LeftOut("Ana", "[X]"), LeftOut("Bea and her son", "[Y]")]
QUOTES = {
    "Every night Ana opens": "Every night [X] opens",
    "Every  night\nAna the elder opens": "Every  night\n[X] opens",
    # It begins or ends within the words.
    "the elder opens the door": "[X] opens the door",
    "the door. Bea and": "the door. [Y]",
    "a son sleeps.": "a son sleeps.",
    "her son sleeps.": "[Y] sleeps.",
    # A letter alone, which is left out only where that is what stands there.
    "door. B": "door. [Y]",
    "the end of B": "the end of B",
    "and her": "[Y]",
    "opens the door.": "opens the door.",
    "Nobody said this.": "Nobody said this.",
    "": "",
}


def test_a_quote_loses_the_words_as_what_is_public_does() -> None:
    left = {quote: without_words(quote, LEFT, PUBLIC) for quote in QUOTES}
    assert left == QUOTES
