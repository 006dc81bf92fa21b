"""Pictures of public pages: their sizes, made when a page is published, and uploads without hidden data."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db.models import Prefetch, prefetch_related_objects
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import AbstractImage, Image, SourceImageIOError

FILTERS = tuple(f"width-{width}|format-webp" for width in (400, 800, 1200))
REENCODED = {"JPEG": {"quality": 88}, "PNG": {}, "WEBP": {"quality": 88}, "AVIF": {"quality": 80}}


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


def strip_metadata(image: AbstractImage) -> None:
    """Write a new upload again from its pixels: place, author and device stay behind, the turn is applied."""
    source = image.file
    source.open()
    with Pillow.open(source) as opened:
        kind = opened.format or ""
        if kind not in REENCODED or getattr(opened, "is_animated", False):
            return
        profile = opened.info.get("icc_profile")
        turned = ImageOps.exif_transpose(opened)
        turned.info = {}
        turned.getexif().clear()
        clean = BytesIO()
        turned.save(clean, format=kind, icc_profile=profile, **REENCODED[kind])
    image.file = ContentFile(clean.getvalue(), name=source.name)
    image._set_image_file_metadata()
