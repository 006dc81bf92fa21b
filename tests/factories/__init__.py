"""Dull factories: a valid minimal object, never live by accident; states by argument."""

from tests.factories.organizations import (
    make_claim,
    make_listed,
    make_organization,
    make_user,
    publish_organization,
)
from tests.factories.pages import make_consultation, make_home, make_questions
from tests.factories.records import (
    make_intervention,
    make_pledge,
    make_practice,
    make_report,
    publish_intervention,
    publish_pledge,
    publish_practice,
    publish_report,
)

__all__ = [
    "make_claim",
    "make_consultation",
    "make_home",
    "make_intervention",
    "make_listed",
    "make_organization",
    "make_pledge",
    "make_practice",
    "make_questions",
    "make_report",
    "make_user",
    "publish_intervention",
    "publish_organization",
    "publish_pledge",
    "publish_practice",
    "publish_report",
]
