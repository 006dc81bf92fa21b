"""Kinds of nodes of a framework, and how nodes of two frameworks stand to each other."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

# The source of titles that are nobody else's.
OWN_WORDS = gettext_noop("Words of the portal")


class NodeKind(TextChoices):
    """The first may have others below them; the read API and imports use these codes."""

    AXIS = "axis", _("Axis")
    CHAPTER = "chapter", pgettext_lazy("part of a plan", "Chapter")
    PROGRAMME = "programme", _("Programme")
    ACTION = "action", pgettext_lazy("part of a plan", "Action")
    OUTCOME = "outcome", _("Outcome")
    DIMENSION = "dimension", _("Action dimension")
    OBJECTIVE = "objective", _("Objective")


class Crosswalk(TextChoices):
    """What the other node is, seen from the one: broader says that the other is the broader one."""

    EXACT = "exact", _("says the same as")
    CLOSE = "close", _("is close to")
    BROADER = "broader", _("is part of something broader")
    NARROWER = "narrower", _("holds something narrower")
    RELATED = "related", _("is related to")


INVERSE = {
    Crosswalk.EXACT: Crosswalk.EXACT,
    Crosswalk.CLOSE: Crosswalk.CLOSE,
    Crosswalk.BROADER: Crosswalk.NARROWER,
    Crosswalk.NARROWER: Crosswalk.BROADER,
    Crosswalk.RELATED: Crosswalk.RELATED,
}
