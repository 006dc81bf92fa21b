"""Menu, foot, mailbox, official sites and hashtag as editors write them in the admin, by language."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from portal.cms.blocks import BodyField, Link, LinkColumn, Target, address_of
from portal.common.frame import Frame, FrameColumn, FrameLink, forget, own_frame
from portal.common.languages import CODES
from portal.common.phrases import LANGUAGE_NAMES
from portal.publication.figures import note_change

# More, or longer ones, and the header is higher than a phone has room for.
MOST_PLACES = 6
LONGEST_PLACE = 20
HASHTAG = RegexValidator(r"\A#?\w{2,60}\Z", _("Letters and digits only, such as Cartagena40."))
# Depth of the pages below a home page.
BELOW_HOME = 3


class Place(Link):
    """A place of the menu, always one of the portal."""

    text = blocks.CharBlock(label=_("Text"), max_length=LONGEST_PLACE)
    target = Target(is_own=True)

    class Meta:
        label = _("Place")


class OfficialSite(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=100)
    target = blocks.URLBlock(label=_("Address"))

    class Meta:
        label = _("Site")
        icon = "site"


def _tabs() -> TabbedInterface:
    channels = ObjectList(
        [FieldPanel("mailbox"), FieldPanel("hashtag"), FieldPanel("sites")], heading=_("Contact")
    )
    told = HelpPanel(content=_("What stays empty is that of the portal."))
    languages = [
        ObjectList(
            [told, FieldPanel(f"menu_{code}"), FieldPanel(f"columns_{code}")], heading=LANGUAGE_NAMES[code]
        )
        for code in CODES
    ]
    return TabbedInterface([channels, *languages])


@register_setting(icon="list-ul")
class SiteFrame(BaseGenericSetting):
    """One row. What is empty in a language is the portal's own."""

    mailbox = models.EmailField(
        _("mailbox"), blank=True, help_text=_("Where readers write to, at the foot of every page.")
    )
    hashtag = models.CharField(_("hashtag"), max_length=61, blank=True, validators=[HASHTAG])
    sites = BodyField([("site", OfficialSite())], verbose_name=_("official sites"), blank=True)
    menu_es = BodyField([("place", Place())], verbose_name=_("menu"), blank=True, max_num=MOST_PLACES)
    menu_en = BodyField([("place", Place())], verbose_name=_("menu"), blank=True, max_num=MOST_PLACES)
    menu_pt = BodyField([("place", Place())], verbose_name=_("menu"), blank=True, max_num=MOST_PLACES)
    menu_fr = BodyField([("place", Place())], verbose_name=_("menu"), blank=True, max_num=MOST_PLACES)
    columns_es = BodyField([("column", LinkColumn())], verbose_name=_("foot"), blank=True)
    columns_en = BodyField([("column", LinkColumn())], verbose_name=_("foot"), blank=True)
    columns_pt = BodyField([("column", LinkColumn())], verbose_name=_("foot"), blank=True)
    columns_fr = BodyField([("column", LinkColumn())], verbose_name=_("foot"), blank=True)

    edit_handler: ClassVar = _tabs()

    class Meta:
        verbose_name = _("Menu and foot")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Every page shows it: each is another one now."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            note_change()
            transaction.on_commit(forget)


def site_frame(language: str) -> Frame:
    """What editors wrote, else the portal's own. Two queries."""
    there = Page.objects.filter(depth=BELOW_HOME, live=True).order_by().values_list("slug", flat=True)
    own, said = own_frame(language, frozenset(there)), SiteFrame.objects.first()
    if said is None:
        return own
    home = f"/{language}/"
    columns = [
        FrameColumn(block.value["title"], _links(block.value["links"], home))
        for block in getattr(said, f"columns_{language}")
    ]
    return Frame(
        menu=_links([block.value for block in getattr(said, f"menu_{language}")], home) or own.menu,
        columns=tuple(columns) or own.columns,
        mailbox=said.mailbox,
        hashtag=said.hashtag.removeprefix("#"),
        sites=tuple(FrameLink(block.value["text"], block.value["target"]) for block in said.sites),
    )


def _links(rows: Any, home: str) -> tuple[FrameLink, ...]:
    return tuple(FrameLink(row["text"], address_of(row["target"], home)) for row in rows)
