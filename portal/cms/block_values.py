"""StreamFields and rich text of many pages as plain values: links and pictures are looked up once for all."""

from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from portal.cms.images import Picture, pictures

# Stands between texts that are expanded together; no editor can type it.
SEPARATOR = "\x1e"


def stream_fields(page: Page) -> list[StreamField]:
    return [field for field in page._meta.get_fields() if isinstance(field, StreamField)]


class BlockValues:
    """Reads every page once for what it refers to, then gives values without a query."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._texts: dict[str, str] = {}
        self._images: set[int] = set()
        for page in pages:
            for field in page._meta.get_fields():
                if isinstance(field, RichTextField):
                    self._texts[getattr(page, field.name)] = ""
                elif isinstance(field, StreamField):
                    for item in getattr(page, field.name).raw_data:
                        self._collect(field.stream_block.child_blocks.get(item["type"]), item["value"])
        self._pictures = pictures(self._images)
        originals = list(self._texts)
        expanded = expand_db_html(SEPARATOR.join(originals)).split(SEPARATOR)
        self._texts = dict(zip(originals, expanded, strict=True)) if originals else {}

    def html(self, text: str) -> str:
        """Rich text as HTML, its links to pages as addresses."""
        return self._texts[text]

    def of(self, page: Page, field: StreamField) -> list[dict[str, Any]]:
        """`[{type, value, id, field}]`; blocks of a type that no longer exists are left out."""
        children = field.stream_block.child_blocks
        return [
            {
                "type": item["type"],
                "value": self._value(children[item["type"]], item["value"]),
                "id": item.get("id"),
                "field": field.name,
            }
            for item in getattr(page, field.name).raw_data
            if item["type"] in children
        ]

    def _collect(self, block: Any, raw: Any) -> None:
        if isinstance(block, blocks.RichTextBlock):
            self._texts[raw or ""] = ""
        elif isinstance(block, ImageBlock):
            if image := (raw or {}).get("image"):
                self._images.add(image)
        elif isinstance(block, blocks.ListBlock):
            for value in _items(raw):
                self._collect(block.child_block, value)
        elif isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                self._collect(child, (raw or {}).get(name))

    def _value(self, block: Any, raw: Any) -> Any:
        if isinstance(block, blocks.RichTextBlock):
            return self.html(raw or "")
        if isinstance(block, ImageBlock):
            return self._picture(raw or {})
        if isinstance(block, blocks.ListBlock):
            return [self._value(block.child_block, value) for value in _items(raw)]
        if isinstance(block, blocks.StructBlock):
            return {
                name: self._value(child, (raw or {}).get(name)) for name, child in block.child_blocks.items()
            }
        return raw

    def _picture(self, raw: dict[str, Any]) -> dict[str, Any]:
        picture: Picture | None = self._pictures.get(raw.get("image") or 0)
        alt = "" if raw.get("decorative") else raw.get("alt_text") or ""
        sizes = picture.renditions if picture else ()
        return {
            "alt": alt,
            "renditions": [{"url": s.url, "width": s.width, "height": s.height, "alt": alt} for s in sizes],
        }


def _items(raw: Any) -> list[Any]:
    """Values of a list block, in its present form (`{type: item, value}`) or the older bare one."""
    is_item = {"type", "value"}.issubset
    return [item["value"] if isinstance(item, dict) and is_item(item) else item for item in raw or []]
