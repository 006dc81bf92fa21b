"""Saying on whose behalf one speaks and who is invited to sign, as a step of writing; types name it."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.common.characters import many_lines
from portal.common.errors import Problem
from portal.common.forms import LineField
from portal.common.ids import parse_public_id
from portal.common.languages import DEFAULT
from portal.joint.inviting import Offers, invitable
from portal.joint.problems import SIGNING
from portal.joint.queries import networks_of, signatures_of, statement_of
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.organizations.public_bodies import PublicBodies
from portal.publication.enums import RecordKind
from portal.publication.queries import published
from portal.submissions.steps import StepForm
from portal.submissions.types import Step

MOST = 60
# A line may tell the name after the number, as the form itself writes it.
NUMBER = re.compile(r"\s*(O-\d{1,9})\b", re.IGNORECASE)
NO_NETWORK = ("", _("Nobody else: my organization alone, or with those who sign"))


class JointForm(StepForm):
    """One organization a line, left as stored where the field is not sent. `saved_as` makes the fields.

    `add` are numbers of organizations that were looked for with `find`: each becomes a line.
    """

    by_hand = frozenset({"signatories", "add"})

    on_behalf_of = forms.ChoiceField(
        label=_("On behalf of a network"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Networks that your organization belongs to today."),
    )
    signatories = forms.CharField(
        label=_("Organizations that you invite to sign"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        help_text=_(
            "One a line: its number, such as O-00007, or its name. It must be verified. Nobody is asked "
            "before you say so on the page of the signatures."
        ),
    )
    find = LineField(
        label=_("Search for organizations"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("By a word of the name or the acronym. Then tick whom you invite."),
    )

    def __init__(self, data: Any = None, *, draft: Any, saved_as: Callable[..., Any]) -> None:
        self.draft, self.saved_as = draft, saved_as
        self.there = _lines_of(draft) if draft.is_joint else {}
        super().__init__(_with_added(data, self.there), initial=self.values_of(draft))
        language = get_language() or DEFAULT
        known = networks_of(draft, timezone.now().date())
        field: Any = self.fields["on_behalf_of"]
        field.choices = [NO_NETWORK, *((row.slug, row.name(language)) for row in known)]
        self.keys, self.refused = self._meant() if self.is_bound else ((), [])

    def values_of(self, draft: Any) -> dict[str, Any]:
        if not draft.is_joint:
            return {"on_behalf_of": "", "signatories": ""}
        statement = statement_of(draft)
        network = statement.network.slug if statement and statement.network else ""
        return {"on_behalf_of": network, "signatories": "\n".join(_lines_of(draft))}

    def typed(self) -> dict[str, Any]:
        return {
            "on_behalf_of": self.data.get("on_behalf_of", ""),
            "signatories": many_lines(self.data.get("signatories", self.initial["signatories"])),
        }

    def fields_to_save(self) -> Any:
        """Nothing of the invited where a line is not understood: the text stays in the form."""
        slug = self.typed()["on_behalf_of"]
        known = slug in dict(self.fields["on_behalf_of"].choices)  # type: ignore[attr-defined]
        is_said = "signatories" in self.data and not self.refused
        return self.saved_as(
            on_behalf_of=slug if known else None, signatories=tuple(self.keys) if is_said else None
        )

    @property
    def offers(self) -> Offers:
        """What was looked for, without who stands in the list by number."""
        if not self.is_bound:
            return Offers([])
        lines = self.typed()["signatories"].splitlines()
        there = {number[1].upper() for line in lines if (number := NUMBER.match(line))}
        return invitable(self.draft, self.data.get("find", ""), there)

    @property
    def fits(self) -> bool:
        return not self.refused

    def problems(self) -> list[Problem]:
        return self.refused

    def _meant(self) -> tuple[tuple[UUID, ...], list[Problem]]:
        """The organizations of the lines, and what is wrong with others. Two queries."""
        lines = [line for line in self.typed()["signatories"].splitlines() if line.strip()]
        bodies = PublicBodies()
        meant = [(line, *self._one(line, bodies)) for line in lines]
        rows = Organization.objects.filter(key__in=[key for _line, key, _told in meant if key])
        known = {row.key: row for row in rows}
        problems = [
            Problem("signatories", told or refusal)
            for line, key, told in meant
            if told or (refusal := self._refusal(line, known[key] if key else None))
        ]
        keys = tuple(dict.fromkeys(key for _line, key, _told in meant if key))
        if len(keys) > MOST:
            problems.append(Problem("signatories", _("Invite 60 organizations at most.")))
        return keys, problems

    def _one(self, line: str, bodies: PublicBodies) -> tuple[UUID | None, str]:
        if (there := self.there.get(line.strip())) is not None:
            return there, ""
        number = NUMBER.match(line)
        body, told = bodies.find(number[1] if number else line)
        return (body.key if body else None), told

    def _refusal(self, line: str, row: Organization | None) -> Any:
        if row is None or line.strip() in self.there:
            return ""
        if row.pk == self.draft.organization_id:
            return _("%(name)s is your own organization: it need not sign.") % {"name": row.name}
        if row.state == OrganizationState.LISTED:
            told = _("%(name)s is only listed: nobody speaks for it here, so it cannot sign.")
            return told % {"name": row.name}
        if row.state != OrganizationState.VERIFIED:
            return _("%(name)s is not verified at the moment, so it cannot sign.") % {"name": row.name}
        return ""


def joint_step(saved_as: Callable[..., Any]) -> Step:
    return Step(
        name="signatories",
        title=_("Joint statement"),
        form=partial(JointForm, saved_as=saved_as),
        problems=lambda row, related: [],
        is_started=lambda row, related: row.is_joint,
        corrects=frozenset({"on_behalf_of", "signatories", SIGNING}),
        is_optional=True,
        is_aside=True,
        before="joint/desk/before_signatories.html",
        inside="joint/desk/fields.html",
    )


def _with_added(data: Any, there: dict[str, UUID]) -> Any:
    """What was sent, with the organizations that were ticked as lines of the list."""
    added = [text for text in data.getlist("add") if NUMBER.fullmatch(text)] if data is not None else []
    if not added:
        return data
    taken = data.copy()
    lines = taken.get("signatories", "\n".join(there)).splitlines()
    taken["signatories"] = "\n".join([*filter(str.strip, lines), *_named(added)])
    taken.setlist("add", [])
    return taken


def _named(numbers: list[str]) -> list[str]:
    """Each number with the name that readers know. One query."""
    ids = [parsed[1] for text in numbers if (parsed := parse_public_id(text))]
    known = {each.public_id: each.title for each in published(RecordKind.ORGANIZATION).filter(pk__in=ids)}
    return [f"{text} {known.get(text, '')}".strip() for text in dict.fromkeys(numbers)]


def _lines_of(draft: Any) -> dict[str, UUID]:
    """What the form says of each that is invited: its number and name, or the name alone. Two queries."""
    rows = [each.organization for each in signatures_of(draft)]
    records = published(RecordKind.ORGANIZATION).filter(source_key__in=[row.key for row in rows])
    numbers = {record.source_key: record.public_id for record in records}
    return dict(_line(row, numbers.get(row.key, "")) for row in rows)


def _line(row: Organization, number: str) -> tuple[str, UUID]:
    return f"{number} {row.name}".strip(), row.key
