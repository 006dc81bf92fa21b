"""Everything a moderator needs to decide about one thing, as plain data for its page."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from portal.cms.queries import pages_by_key
from portal.common.countries import COUNTRIES
from portal.common.languages import DEFAULT
from portal.common.phrases import language_in_text
from portal.interventions.models import Intervention
from portal.interventions.queries import question_keys
from portal.moderation.queries import Subject
from portal.organizations.models import Organization
from portal.pledges.models import Pledge
from portal.pledges.queries import sources_of
from portal.taxonomy.queries import organization_type_names


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a language; `items` are drawn as a numbered list."""

    title: Any
    language: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A short fact; `links` are titles with an address (or none) and a language."""

    term: Any
    value: Any = ""
    url: str = ""
    links: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    title: str
    language: str
    facts: tuple[Fact, ...]
    texts: tuple[Text, ...]
    author: tuple[Fact, ...] = field(default=())


def dossier_of(subject: Subject) -> Dossier:
    """A constant number of queries for each kind."""
    language = (translation.get_language() or DEFAULT).split("-")[0]
    if isinstance(subject, Intervention):
        return _of_intervention(subject, language)
    if isinstance(subject, Pledge):
        return _of_pledge(subject, language)
    return _of_organization(subject, language)


def _of_intervention(intervention: Intervention, language: str) -> Dossier:
    texts = [
        Text(_("Text"), intervention.language, intervention.body),
        Text(_("Key recommendations"), intervention.language, items=tuple(intervention.recommendations)),
    ]
    for row in intervention.translations:
        spoken = str(row["language"])
        texts.append(
            Text(
                _("Official translation: %(language)s") % {"language": language_in_text(spoken)},
                spoken,
                f"{row['title']}\n\n{row.get('body', '')}",
                tuple(row.get("recommendations", ())),
            )
        )
    return Dossier(
        title=str(intervention),
        language=intervention.language,
        facts=(
            Fact(_("Kind"), intervention.get_form_display()),
            *_handed_in(intervention),
            Fact(_("Answers the questions"), links=_questions(intervention, language)),
            Fact(_("Country"), COUNTRIES.get(intervention.country, "")),
        ),
        texts=tuple(texts),
        author=_author(intervention.organization, language),
    )


def _of_pledge(pledge: Pledge, language: str) -> Dossier:
    sources = Intervention.objects.filter(key__in=sources_of(pledge)).only("title", "language", "key")
    return Dossier(
        title=str(pledge),
        language=pledge.language,
        facts=(
            Fact(_("Pledge number"), pledge.external_id),
            Fact(_("Global Refugee Forum"), pledge.forum),
            Fact(_("Reported stage"), pledge.get_stage_display()),
            *_handed_in(pledge),
            Fact(_("Serves"), ", ".join(str(row.get_outcome_display()) for row in pledge.outcomes.all())),
            Fact(_("Follows from"), links=tuple((str(row), "", row.language) for row in sources)),
            Fact(_("Country"), COUNTRIES.get(pledge.country, "")),
        ),
        texts=(Text(_("Description"), pledge.language, pledge.description),),
        author=_author(pledge.organization, language),
    )


def _of_organization(organization: Organization, language: str) -> Dossier:
    return Dossier(
        title=organization.name,
        language=organization.language,
        facts=_author(organization, language),
        texts=(
            Text(_("What it does"), organization.language, organization.description),
            Text(_("How the secretariat can verify it"), organization.language, organization.evidence),
        ),
    )


def _handed_in(subject: Intervention | Pledge) -> tuple[Fact, ...]:
    return (
        Fact(_("Receipt"), subject.receipt_number),
        Fact(_("Written by"), str(subject.author) if subject.author else _("somebody who has left")),
    )


def _questions(intervention: Intervention, language: str) -> tuple[tuple[str, str, str], ...]:
    keys = question_keys(intervention)
    pages = pages_by_key(keys, language)
    gone = _("This question is not public any more.")
    return tuple(
        (pages[key].title, pages[key].url, pages[key].language) if key in pages else (gone, "", language)
        for key in keys
    )


def _author(organization: Organization, language: str) -> tuple[Fact, ...]:
    members = organization.memberships.select_related("user").order_by("pk")
    people = ", ".join(f"{row.user} ({row.get_role_display()})" for row in members)
    types = organization_type_names(language)
    return (
        Fact(_("Organization"), _named(organization)),
        Fact(_("State"), organization.get_state_display()),
        Fact(_("Type"), types.get(organization.type_code, organization.type_code)),
        Fact(_("Country"), COUNTRIES.get(organization.country, "")),
        Fact(_("Language"), organization.get_language_display()),
        Fact(_("Website"), organization.website, organization.website),
        Fact(_("Members"), people),
    )


def _named(organization: Organization) -> str:
    return f"{organization.name} ({organization.acronym})" if organization.acronym else organization.name
