"""Uploads lose what they hide; sizes are ready when a page is published."""

import io
import json

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.images.models import Image, Rendition
from wagtail.images.tests.utils import get_test_image_file

from portal.cms.images import FILTERS, prepare
from portal.pages.models import ContentPage
from tests.factories import make_home

ORIENTATION, ARTIST, GPS = 0x0112, 0x013B, 0x8825
renders = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


def _photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> ContentFile:
    exif = Pillow.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "Somebody"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (9.0, 55.0, 40.0)
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "red").save(buffer, format=kind, exif=exif)
    return ContentFile(buffer.getvalue(), name=f"photo.{kind.lower()}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_upload_loses_place_and_author_and_stands_upright(db: None, kind: str) -> None:
    image = Image.objects.create(title="Photo", file=_photo(kind))
    with image.file.open() as file, Pillow.open(file) as stored:
        assert (dict(stored.getexif()), stored.size, stored.format) == ({}, (20, 40), kind)
    assert (image.width, image.height) == (20, 40)
    with image.file.open() as file:
        assert b"Somebody" not in file.read()


def test_saving_a_title_leaves_the_file_alone(db: None) -> None:
    image = Image.objects.create(title="Photo", file=_photo())
    name = image.file.name
    again = Image.objects.get(pk=image.pk)
    again.title = "Better title"
    again.save()
    assert again.file.name == name


def test_a_moving_picture_moves_and_tells_nothing(db: None) -> None:
    buffer = io.BytesIO()
    frames = [Pillow.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, format="GIF", save_all=True, append_images=frames[1:], comment=b"Somebody")
    image = Image.objects.create(title="GIF", file=ContentFile(buffer.getvalue(), name="moving.gif"))
    with image.file.open() as file:
        content = file.read()
    with Pillow.open(io.BytesIO(content)) as stored:
        assert (stored.n_frames, b"Somebody" in content, b"Somebody" in buffer.getvalue()) == (2, False, True)


@pytest.mark.long
@renders
def test_sizes_are_made_when_a_page_is_published(db: None) -> None:
    home = make_home(("es",))["es"]
    image = Image.objects.create(title="Boat", file=get_test_image_file(size=(900, 600)))
    value = {"image": image.pk, "decorative": True, "alt_text": ""}
    body = json.dumps([{"type": "picture", "id": "p", "value": value}])
    page = ContentPage(title="Page", slug="page", locale=home.locale, body=body, live=False)
    home.add_child(instance=page)
    assert Rendition.objects.count() == 0
    page.save_revision().publish()
    assert sorted(Rendition.objects.values_list("filter_spec", flat=True)) == sorted(FILTERS)


@pytest.mark.long
@renders
def test_sizes_of_many_pictures_are_loaded_together(db: None, django_assert_num_queries: object) -> None:
    for _ in range(3):
        Image.objects.create(title="Boat", file=get_test_image_file(size=(900, 600))).get_renditions(*FILTERS)
    images = list(Image.objects.all())
    with django_assert_num_queries(1):
        prepare(images)
        assert [len(image.get_renditions(*FILTERS)) for image in images] == [3, 3, 3]
    with django_assert_num_queries(0):
        prepare([])
