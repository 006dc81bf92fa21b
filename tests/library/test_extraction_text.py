"""Plain text: broken lines, headings, lists, page breaks, encodings."""

import textwrap

from portal.library.extraction import Block, extract

LONG = (
    "The towns along the river wrote a plan together and asked their neighbours to read it before the "
    "winter, because the bridge had to be closed for some weeks and nobody wished to walk the long way "
    "round twice a day."
)
SECOND = (
    "In spring the plan was read aloud in the market. Some people wished for a second bridge further "
    "down, others thought a ferry would be enough for carts, animals and school children of the far bank."
)


def texts(content: str) -> list[str]:
    return [block.text for block in extract(content.encode(), "a.txt").blocks]


def test_hard_wrapped_lines_become_paragraphs() -> None:
    wrapped = "\n\n".join(textwrap.fill(text, 70, break_on_hyphens=False) for text in (LONG, SECOND))
    assert texts(wrapped) == [LONG, SECOND]


def test_double_spaced_lines_become_paragraphs() -> None:
    lines = [
        line for text in (LONG, SECOND, LONG) for line in textwrap.wrap(text, 70, break_on_hyphens=False)
    ]
    assert " ".join(texts("\n\n".join(lines))) == f"{LONG} {SECOND} {LONG}"
    assert texts("\n\n".join(lines))[0].endswith("twice a day.")


def test_long_lines_stay_one_paragraph_each() -> None:
    assert texts(f"{LONG}\n{SECOND}\n") == [LONG, SECOND]


def test_a_sentence_broken_over_an_empty_line_is_put_together() -> None:
    assert texts("How can the\n\nferry be paid for?") == ["How can the ferry be paid for?"]


def test_words_broken_by_a_hyphen_are_repaired() -> None:
    text = "\n".join(
        [
            "The coopera-",
            "tion of the towns is about self-",
            "reliance and about every non-",
            "member of the old league, and coope\u00ad",
            "rates with all, in long-lasting and long-",
            "lasting ways.",
        ]
    )
    repaired = (
        "The cooperation of the towns is about self-reliance and about every non-member of the old league, "
        "and cooperates with all, in long-lasting and long-lasting ways."
    )
    assert texts(text) == [repaired]


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    content = "\n".join(
        [
            "I. Introduction\n\nA first sentence stands here.\n",
            "- one thing\n  - a smaller thing\n* another\n\n1) First point.\n",
            "ALL THE REST\n\n## Marked by hand\n",
        ]
    )
    assert [(b.text, b.heading, b.item, b.level) for b in extract(content.encode(), "a.txt").blocks] == [
        ("I. Introduction", True, False, 1),
        ("A first sentence stands here.", False, False, 0),
        ("one thing", False, True, 1),
        ("a smaller thing", False, True, 2),
        ("another", False, True, 1),
        ("1) First point.", False, True, 1),
        ("ALL THE REST", True, False, 1),
        ("Marked by hand", True, False, 2),
    ]


def test_inline_marks_go_and_bold_beginnings_are_kept() -> None:
    content = (
        '- **Bridges.** See ["the plan"](#), [the map](https://map.example/1), <https://a.example>, *soon*\n'
    )
    block = extract(content.encode(), "a.txt").blocks[0]
    assert block.text == 'Bridges. See "the plan", the map (https://map.example/1), https://a.example, soon'
    assert (block.lead, block.tail) == ("Bridges.", "soon")


def test_a_bold_beginning_behind_a_number_is_kept() -> None:
    block = extract(b"1. **Bridges:** who pays?\n", "a.txt").blocks[0]
    assert (block.text, block.lead) == ("1. Bridges: who pays?", "1. Bridges:")


def test_form_feeds_are_page_breaks() -> None:
    extracted = extract(b"On the first page.\f\fOn the third page.\n\f", "a.txt")
    assert extracted.pages == 3
    assert extracted.blocks == (Block("On the first page.", 1), Block("On the third page.", 3))


def test_a_text_without_page_breaks_has_no_page_numbers() -> None:
    extracted = extract(b"One line.", "a.txt")
    assert (extracted.pages, extracted.blocks[0].page) == (1, None)


def test_encodings_are_recognised() -> None:
    text = "La niñez apátrida – «¿quién?» cœur, ação"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert extract(text.encode(encoding), "a.txt").blocks[0].text == text


def test_decomposed_and_invisible_characters_are_normalised() -> None:
    assert texts("nin\u0303o\u200b  y pai\u0301s\ufeff") == ["niño y país"]


def test_very_long_runs_of_marks_are_read_quickly() -> None:
    assert len(extract(("** [a " * 20_000).encode(), "a.txt").blocks) == 1
