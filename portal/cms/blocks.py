"""StreamField blocks of public pages; each has a template and a JSON form for headless delivery."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
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


# Each reader stays in their language; an address elsewhere is a whole one, and never one that runs something.
_PATH = r"(?:[A-Za-z0-9_-]+/)+(?:\?[^\s<>\"'\\#]*)?(?:#[A-Za-z0-9_-]+)?"
_ADDRESS = r"https://[^\s<>\"'\\]+"
OWN = RegexValidator(rf"\A{_PATH}\Z", _("Enter a path without the language, such as pledges/."))
ANY = RegexValidator(
    rf"\A(?:{_ADDRESS}|{_PATH})\Z",
    _("Enter a path without the language, such as pledges/, or an address with https://."),
)


class Target(blocks.CharBlock):
    """Where a link leads: a path without the language, such as `pledges/`; unless `is_own` also `https://`."""

    def __init__(self, *, is_own: bool = False, **kwargs: Any) -> None:
        told = _("Such as pledges/.") if is_own else _("Such as pledges/ or https://example.org/.")
        options = {"label": _("Path without the language"), "help_text": told, "max_length": 300}
        super().__init__(**options | kwargs, validators=[OWN if is_own else ANY])


class Link(blocks.StructBlock):
    """Words and where they lead."""

    text = blocks.CharBlock(label=_("Text"), max_length=100)
    target = Target()

    class Meta:
        label = _("Link")
        icon = "link"


def address_of(target: str, home: str) -> str:
    """The address of a `Target`. `home` is that of the reader's home page, such as `/es/`."""
    return target if "://" in target else f"{home}{target}"


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
    """Links under a title."""

    title = blocks.CharBlock(label=_("Title"))
    links = blocks.ListBlock(Link(), label=_("Links"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        home = f"/{get_language()}/"
        links = [{"text": link["text"], "url": address_of(link["target"], home)} for link in value["links"]]
        return context | {"links": links}

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
