"""Writes contributions to a consultation's questions through the portal's own verbs, for bench/drafting.py.

    VAR_DIR=... .venv/bin/python bench/drafting_fill.py 110 [--consultation brasilia-2024]

Two of three are published, the others wait for a moderator; words come from a fixed list, so that some are
alike and none is the same. Prints how many were written.
"""

import argparse
import random
from itertools import cycle

import django
from django.utils import timezone

DOES = ("Open", "Keep", "Fund", "Train", "Register", "Translate", "Share", "Shorten")
WHAT = (
    "the registry",
    "a shelter",
    "the interview",
    "school places",
    "work permits",
    "legal aid",
    "a help line",
)
WHERE = ("at the crossing", "in the capital", "on the river", "in small towns", "near the bus station")
WHOM = ("children alone", "families apart", "older people", "women who travel alone", "people without papers")
LANGUAGES = ("es", "en", "pt", "fr")


def sentences(chance: random.Random, wanted: int) -> list[str]:
    return [
        f"{chance.choice(DOES)} {chance.choice(WHAT)} {chance.choice(WHERE)} for {chance.choice(WHOM)}."
        for _ in range(wanted)
    ]


def write(wanted: int, slug: str) -> int:
    from portal.accounts.models import User
    from portal.common.actors import person
    from portal.consultations.models import GuidingQuestionPage
    from portal.demo.records import MODERATOR
    from portal.interventions.drafts import InterventionFields
    from portal.interventions.submission import INTERVENTION
    from portal.moderation.domain import decide
    from portal.organizations.enums import OrganizationState
    from portal.organizations.models import Membership, Organization
    from portal.submissions.domain import create_draft, save_draft, submit

    chance, moderator = random.Random(40), person(User.objects.get(email=MODERATOR))
    pages = GuidingQuestionPage.objects.live().filter(url_path__contains=f"/{slug}/")
    questions = sorted(pages.values_list("translation_key", flat=True).distinct())
    writers = Membership.objects.filter(organization__state=OrganizationState.VERIFIED).select_related("user")
    rows = cycle(writers.order_by("organization_id"))
    for number in range(wanted):
        row, now = next(rows), timezone.now()
        organization, actor = Organization.objects.get(pk=row.organization_id), person(row.user)
        draft = create_draft(
            INTERVENTION, organization=organization, language=LANGUAGES[number % 4], actor=actor, now=now
        )
        fields = InterventionFields(
            question_keys=(questions[number % len(questions)],),
            title=f"Contribution {number + 1}",
            body=" ".join(sentences(chance, 12)),
            country=organization.country,
            form="intervention",
            recommendations=tuple(sentences(chance, 2)),
        )
        draft = save_draft(draft, fields=fields, revision=draft.revision, actor=actor, now=now)
        submit(draft, submit_key=draft.submit_key, actor=actor, now=now)
        if number % 3:
            decide("intervention", draft.key, "approved", actor=moderator, now=now)
    return wanted


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("wanted", type=int)
    parser.add_argument("--consultation", default="brasilia-2024")
    options = parser.parse_args()
    django.setup()
    print(f"{write(options.wanted, options.consultation)} contributions written")


if __name__ == "__main__":
    main()
