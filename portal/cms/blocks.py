"""StreamField blocks of public pages; each has a template and a JSON form for headless delivery."""

from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from portal.cms.images import picture_of

FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class SectionHeading(blocks.CharBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        template = "cms/blocks/heading.html"


class Paragraph(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=FEATURES, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "cms/blocks/paragraph.html"


class Notice(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        label = _("Notice")
        icon = "warning"
        template = "cms/blocks/notice.html"


class Steps(blocks.ListBlock):
    def __init__(self, **kwargs: Any) -> None:
        step = blocks.StructBlock(
            [("title", blocks.CharBlock(label=_("Title"))), ("text", blocks.TextBlock(label=_("Text")))]
        )
        super().__init__(step, **kwargs)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class Picture(ImageBlock):
    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        if value:
            context |= {"picture": picture_of(value), "alt": value.contextual_alt_text}
        return context

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "cms/blocks/picture.html"


class Action(blocks.StructBlock):
    """A button. The target is a path without the language; `accounts/...` leads on to the desk."""

    text = blocks.CharBlock(label=_("Text"))
    target = blocks.CharBlock(label=_("Path without the language"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        target, home = value["target"], f"/{get_language()}/"
        url = f"/{target}?next={home}desk/" if target.startswith("accounts/") else f"{home}{target}"
        return context | {"url": url}

    class Meta:
        label = _("Button")
        icon = "link"
        template = "cms/blocks/action.html"


class LinkColumn(blocks.StructBlock):
    """Links by target path without the language, such as `pledges/`, so that each reader stays in theirs."""

    title = blocks.CharBlock(label=_("Title"))
    links = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(label=_("Text"))),
                ("target", blocks.CharBlock(label=_("Path without the language"))),
            ]
        ),
        label=_("Links"),
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"home": f"/{get_language()}/"}

    class Meta:
        label = _("Column of links")
        icon = "link"
        template = "cms/blocks/link_column.html"


class BodyField(StreamField):
    """A StreamField that keeps its block definitions out of migrations.

    Changing blocks then needs no migration; the price is that data migrations see raw JSON only.
    """

    BODY: ClassVar = [
        ("heading", SectionHeading()),
        ("paragraph", Paragraph()),
        ("notice", Notice()),
        ("steps", Steps()),
        ("picture", Picture(required=False)),
        ("action", Action()),
    ]

    def __init__(self, block_types: Any = None, **kwargs: Any) -> None:
        super().__init__(self.BODY if block_types is None else block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
