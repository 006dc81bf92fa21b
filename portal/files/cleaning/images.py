"""Pictures drawn anew from their points: no EXIF, GPS, author, comment, thumbnail or profile is carried over.

A moving GIF or WebP keeps its frames; of a JPEG with further pictures behind it (MPO) the first is kept.
"""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from portal.files.refusals import Reason, Refused, damaged

FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "GIF", "WEBP": "WEBP"}
OPENED = ("JPEG", "PNG", "GIF", "WEBP")  # an MPO is opened as a JPEG
# Each point takes up to four bytes, twice while it is turned: 200 MB with all the rest. A larger photograph
# is read at a half, a quarter or an eighth of its size.
MAX_BYTES, MAX_FRAMES = 56_000_000, 300
_ONE_BYTE = frozenset({"1", "L", "P"})
_MODES = {"JPEG": frozenset({"RGB", "L"}), "WEBP": frozenset({"RGB", "RGBA"})}
_SAVING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "GIF": {},
    "WEBP": {"quality": 90},
}
# For more bytes than that the last word in packing takes too long.
_QUICK_FROM = 4_000_000
_QUICK: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88},
    "PNG": {"compress_level": 1},
    "GIF": {},
    "WEBP": {"quality": 88, "method": 0},
}


def clean_image(content: bytes) -> bytes:
    """The picture in the same format, upright. Raises `Refused`, also for one that ends too soon."""
    Image.init()  # before it, asking for a format fails that was not needed yet
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=OPENED) as image,
        ):
            return _drawn(image, FORMATS[str(image.format)])
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise _too_many_points() from None
    except Exception:  # Pillow lets nearly every error of a broken file through
        raise damaged() from None


def _drawn(image: Image.Image, form: str) -> bytes:
    is_moving = form in {"GIF", "WEBP"} and getattr(image, "n_frames", 1) > 1
    frames_count = getattr(image, "n_frames", 1) if is_moving else 1
    if form == "JPEG":
        _read_smaller(image)
    if _bytes_of(image) * frames_count > MAX_BYTES or frames_count > MAX_FRAMES:
        raise _too_many_points()
    sink = io.BytesIO()
    saving = (_SAVING if _bytes_of(image) * frames_count <= _QUICK_FROM else _QUICK)[form]
    if is_moving:
        _save_moving(image, form, sink, saving)
    else:
        _bare(image, form).save(sink, form, **saving)
    return sink.getvalue()


def _bytes_of(image: Image.Image) -> int:
    """Of its points in memory."""
    return image.width * image.height * (1 if image.mode in _ONE_BYTE else 4)


def _read_smaller(image: Image.Image) -> None:
    """A photograph that is too large is decoded at a part of its size."""
    part = next((part for part in (1, 2, 4, 8) if _bytes_of(image) <= MAX_BYTES * part * part), 8)
    if part > 1:
        image.draft(None, (image.width // part, image.height // part))


def _too_many_points() -> Refused:
    return Refused(Reason.TOO_LARGE, _("This picture has more points than the portal can take in."))


def _save_moving(image: Image.Image, form: str, sink: io.BytesIO, saving: dict[str, Any]) -> None:
    loop = int(image.info.get("loop", 1 if form == "GIF" else 0))
    durations, frames = [], []
    for frame in _frames(image):
        durations.append(int(frame.info.get("duration", 100)) or 100)
        frames.append(_bare(frame, form))
    first, *others = frames
    again: dict[str, Any] = {} if form == "GIF" and "loop" not in image.info else {"loop": loop}
    first.save(sink, form, save_all=True, append_images=others, duration=durations, **again, **saving)


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        frame.load()
        yield frame.convert("RGBA") if frame.mode == "P" else frame


def _bare(image: Image.Image, form: str) -> Image.Image:
    """The points alone, turned as the camera was held and in the colours of the web."""
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    turned = _in_web_colours(image)
    if form in _MODES and turned.mode not in _MODES[form]:
        has_alpha = form == "WEBP" and ("A" in turned.mode or "transparency" in turned.info)
        turned = turned.convert("RGBA" if has_alpha else "RGB")
    bare = turned.copy()
    bare.info = {
        name: turned.info[name] for name in ("transparency",) if name in turned.info and form != "JPEG"
    }
    return bare


def _in_web_colours(image: Image.Image) -> Image.Image:
    """A profile can name its maker, so it is applied and goes."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "CMYK", "L"}:
        return image
    try:
        wide = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, wide, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image
