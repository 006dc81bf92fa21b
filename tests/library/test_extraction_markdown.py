"""Markdown: headings, nested and numbered lists, tables, inline marks."""

from portal.library.extraction import Block, extract

CONTENT = """\
# A plan

A first paragraph that is
broken in the middle with a [link](https://a.example/b) and `code`.

**Bold start.** Then more *and an end*

- **One:** what now?
  - inside
- two
  still two

3. third
4. fourth

| Town | Boats |
|------|-------|
| Ría  | 7     |

<p>Some <b>raw</b> &amp; ready</p>
"""


def test_structure_is_kept() -> None:
    assert extract(CONTENT.encode(), "a.md").blocks == (
        Block("A plan", heading=True, level=1),
        Block("A first paragraph that is broken in the middle with a link (https://a.example/b) and code."),
        Block("Bold start. Then more and an end", lead="Bold start.", tail="and an end"),
        Block("One: what now?", item=True, level=1, lead="One:"),
        Block("inside", item=True, level=2),
        Block("two still two", item=True, level=1),
        Block("3. third", item=True, level=1),
        Block("4. fourth", item=True, level=1),
        Block("Town"),
        Block("Boats"),
        Block("Ría"),
        Block("7"),
        Block("Some raw & ready"),
    )


def test_form_feeds_are_page_breaks() -> None:
    extracted = extract(b"# One\n\nFirst.\n\f\n# Two\n\nSecond.\n", "a.md")
    assert extracted.pages == 2
    assert [(block.text, block.page) for block in extracted.blocks] == [
        ("One", 1),
        ("First.", 1),
        ("Two", 2),
        ("Second.", 2),
    ]


def test_comments_and_scripts_leave_no_markup() -> None:
    text = " ".join(
        block.text for block in extract(b"<!-- hidden -->\n\nShown <i>here</i>.\n", "a.md").blocks
    )
    assert text == "Shown here."
