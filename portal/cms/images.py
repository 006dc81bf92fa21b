"""Pictures of public pages: their sizes, made when a page is published, and uploads without hidden data."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Prefetch, prefetch_related_objects
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import AbstractImage, Image, SourceImageIOError

from portal.files.cleaning.images import clean_image

FILTERS = tuple(f"width-{width}|format-webp" for width in (400, 800, 1200))
AVIF = (b"ftypavif", b"ftypavis")


@dataclass(frozen=True, slots=True)
class Rendition:
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in every size, the smallest first."""

    renditions: tuple[Rendition, ...]

    @property
    def largest(self) -> Rendition:
        return self.renditions[-1]

    @property
    def srcset(self) -> str:
        return ", ".join(f"{each.url} {each.width}w" for each in self.renditions)


def prepare(images: Iterable[AbstractImage]) -> None:
    """Load the sizes of many pictures. One query; none without pictures."""
    made = Prefetch(
        "renditions",
        Image.get_rendition_model().objects.filter(filter_spec__in=FILTERS),
        "prefetched_renditions",
    )
    prefetch_related_objects(list(images), made)


def picture_of(image: AbstractImage) -> Picture | None:
    """The sizes of a picture; makes those that are missing. None when its file is gone."""
    try:
        renditions = image.get_renditions(*FILTERS)
    except SourceImageIOError:
        return None
    sizes = {
        renditions[spec].width: Rendition(
            renditions[spec].url, renditions[spec].width, renditions[spec].height
        )
        for spec in FILTERS
    }
    return Picture(tuple(sizes[width] for width in sorted(sizes)))


def pictures(ids: Collection[int]) -> dict[int, Picture]:
    """Pictures by image id. Two queries; none without ids."""
    if not ids:
        return {}
    rows = Image.objects.filter(pk__in=ids).prefetch_renditions(*FILTERS)
    return {row.pk: made for row in rows if (made := picture_of(row)) is not None}


class CleanUpload(SimpleUploadedFile):
    """A picture that a form has drawn anew."""


def strip_metadata(image: AbstractImage) -> None:
    """Draw a new upload anew: place, author and device stay behind, the turn is applied. Raises `Refused`."""
    source = image.file
    if isinstance(source.file, CleanUpload):
        return
    source.open()
    content = source.read()
    clean = _redrawn(content) if content[4:12] in AVIF else clean_image(content)
    image.file = ContentFile(clean, name=source.name)
    image._set_image_file_metadata()


def _redrawn(content: bytes) -> bytes:
    """AVIF, which is no kind of `portal.files`."""
    with Pillow.open(BytesIO(content)) as opened:
        profile = opened.info.get("icc_profile")
        turned = ImageOps.exif_transpose(opened)
        turned.info = {}
        turned.getexif().clear()
        clean = BytesIO()
        turned.save(clean, format="AVIF", icc_profile=profile, quality=80)
    return clean.getvalue()
