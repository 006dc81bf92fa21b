"""What the catalogue says in words: licence, publisher, relations of records; pages, files, DCAT call it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.common.languages import CODES
from portal.opendata.models import OpenDataSettings
from portal.publication.enums import Relation
from portal.tables.codebook import Name

RELATIONS: dict[str, Name] = {
    Relation.ANSWERS: pgettext_lazy("relation", "is on a guiding question"),
    Relation.ABOUT: pgettext_lazy("relation", "is about a segment, consultation or plan as a whole"),
    Relation.FOLLOWS: pgettext_lazy("relation", "follows from an intervention"),
    Relation.SERVES: pgettext_lazy("relation", "serves an outcome of the multi-stakeholder pledge"),
    Relation.DRAWS_ON: pgettext_lazy("relation", "draws on an intervention"),
    Relation.CARRIED_OUT_IN: pgettext_lazy("relation", "is carried out in a country"),
    Relation.MARKED: pgettext_lazy("relation", "bears a cross-cutting mark"),
    Relation.ADDRESSES: pgettext_lazy("relation", "asks a type of organization to act"),
    Relation.LEADS_TO: pgettext_lazy("relation", "leads to an action of a plan"),
    Relation.CARRIES_OUT: pgettext_lazy("relation", "carries out an action of a plan"),
    Relation.TAKES_UP: pgettext_lazy("relation", "takes up a recommendation"),
    Relation.PARTY: pgettext_lazy("relation", "has an organization as a party"),
    Relation.PART_OF: pgettext_lazy("relation", "is part of an umbrella pledge"),
    Relation.HELPS: pgettext_lazy("relation", "helps a pledge"),
    Relation.HELPED_BY: pgettext_lazy("relation", "is helped by a pledge"),
    Relation.RELATED: pgettext_lazy("relation", "has to do with a pledge"),
    Relation.SIGNED_BY: pgettext_lazy("relation", "is signed by an organization"),
    Relation.REPORTS_ON: pgettext_lazy("relation", "reports on a pledge"),
    Relation.ASSESSES: pgettext_lazy("relation", "assesses a pledge"),
    Relation.ASSESSES_ACTION: pgettext_lazy("relation", "assesses an action of a plan"),
    Relation.OBSERVES: pgettext_lazy("relation", "observes a record or an action of a plan"),
    Relation.WEIGHS: pgettext_lazy("relation", "weighs a progress report"),
}
DESCRIPTION = gettext_lazy(
    "Consultations, contributions, recommendations, pledges, progress reports and assessments of the "
    "Cartagena+40 process, as everybody may see them."
)
TITLE = gettext_lazy("Open data of the Cartagena+40 process")
LEDGER = gettext_lazy("The whole public register as one file")


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which licence the data stand, who owns the texts, who publishes, whom to ask (empty: nobody)."""

    licence: str
    licence_url: str
    texts: str
    publisher: str
    contact: str


def terms(language: str) -> Terms:
    """What editors say in a language that is active, else what the portal says.

    One query, and never a write: a transaction that only reads asks, too.
    """
    said = OpenDataSettings.objects.first() or OpenDataSettings()
    return Terms(
        said.licence,
        said.licence_url,
        getattr(said, f"texts_{language}")
        or _(
            "Texts stay those of the organizations that wrote them. Quote them with the name of the "
            "organization, the number and the address of the record."
        ),
        said.publisher or _("Technical secretariat of the Cartagena+40 process"),
        said.contact,
    )


def in_all_languages(said: Callable[[], object]) -> dict[str, str]:
    """What a function says, by the code of the language that is active while it is asked."""
    told = {}
    for code in CODES:
        with translation.override(code):
            told[code] = str(said())
    return told
