"""Each block's template draws its value, escapes it, and stays inside the reader's language."""

from typing import Any

import pytest
from django.utils import translation
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from portal.cms.blocks import BodyField, LinkColumn
from tests.markup import dense

BODY = BodyField().stream_block


def _drawn(kind: str, value: Any) -> str:
    block = BODY.child_blocks[kind]
    return dense(block.render(block.to_python(value))).strip()


def test_heading_is_drawn_and_escaped() -> None:
    assert _drawn("heading", "A <b>") == "<h2>A &lt;b&gt;</h2>"


def test_paragraph_keeps_its_html(db: None) -> None:
    assert _drawn("paragraph", "<p>One <b>bold</b> word.</p>") == "<p>One <b>bold</b> word.</p>"


def test_notice_is_drawn() -> None:
    assert "<p>Take care.</p>" in _drawn("notice", {"text": "Take care."})


def test_steps_are_numbered() -> None:
    steps = [{"title": "First", "text": "Do this."}, {"title": "Then", "text": "Do that."}]
    assert _drawn("steps", steps) == (
        "<ol><li><strong>First</strong><br>Do this.</li><li><strong>Then</strong><br>Do that.</li></ol>"
    )


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("consultations/", "/pt/consultations/"),
        ("accounts/signup/", "/accounts/signup/?next=/pt/desk/"),
    ],
)
def test_action_leads_to_a_place_in_the_readers_language(target: str, url: str) -> None:
    with translation.override("pt"):
        assert f'href="{url}"' in _drawn("action", {"text": "Go", "target": target})


def test_column_links_stay_in_the_readers_language() -> None:
    block = LinkColumn()
    value = block.to_python({"title": "Read", "links": [{"text": "Pledges", "target": "pledges/"}]})
    with translation.override("fr"):
        assert '<a href="/fr/pledges/">Pledges</a>' in block.render(value)


@pytest.mark.few(1)
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
@pytest.mark.parametrize(("decorative", "alt"), [(False, 'alt="A &quot;red&quot; boat"'), (True, 'alt=""')])
def test_picture_has_sizes_and_its_own_words(db: None, decorative: bool, alt: str) -> None:
    image = Image.objects.create(title="Boat", file=get_test_image_file(size=(900, 600)))
    drawn = _drawn("picture", {"image": image.pk, "decorative": decorative, "alt_text": 'A "red" boat'})
    assert alt in drawn
    assert 'width="900" height="600"' in drawn
    assert [size.rsplit(" ", 1)[1] for size in drawn.split('srcset="')[1].split('"')[0].split(", ")] == [
        "400w",
        "800w",
        "900w",
    ]


def test_picture_without_a_file_leaves_the_page_standing(db: None) -> None:
    image = Image.objects.create(title="Boat", file=get_test_image_file())
    image.file.storage.delete(image.file.name)
    assert _drawn("picture", {"image": image.pk, "decorative": True, "alt_text": ""}) == ""
