"""Where the public pages of the follow-up stand, in a reader's language."""

from portal.followup.models import Body


def path_of_body(body: Body, language: str) -> str:
    return f"/{language}/follow-up/bodies/{body.slug}/"
