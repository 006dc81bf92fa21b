"""What some of the demo's organizations say of themselves: names, places, a logo, a change that waits."""

import io
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from portal.accounts.models import User
from portal.common.actors import Actor, person
from portal.demo.accounts import DOMAIN
from portal.demo.content import Content, read
from portal.moderation.domain import decide
from portal.organizations import changes, logos
from portal.organizations.domain import OrganizationFields
from portal.organizations.enums import Role
from portal.organizations.models import Membership, Organization, ProfileChange

KIND = "organization_change"
READ_AFTER = timedelta(hours=20)


def load_profiles(*, now: datetime) -> str:
    """Each by a member; a moderator reads them, but for the last one."""
    moderator = person(User.objects.get(email=f"moderator@{DOMAIN}"))
    rows, at = read("profiles")["organizations"], now - timedelta(days=2)
    for words in rows:
        change = _changed(words, at)
        if change is not None and not words.get("waits"):
            decide(KIND, change.key, "accepted", actor=moderator, now=at + READ_AFTER)
        if words.get("confirmed"):
            key = Organization.objects.get(name=words["name"]).key
            decide("organization", key, "refugee_led", actor=moderator, now=at + READ_AFTER)
    return f"{len(rows)} profiles"


def _changed(words: Content, at: datetime) -> ProfileChange | None:
    organization = Organization.objects.get(name=words["name"])
    owner = Membership.objects.filter(organization=organization, role=Role.OWNER).select_related("user")[0]
    actor = person(owner.user)
    change = None
    if "names" in words:
        identity = {name: getattr(organization, name) for name in ("name", "type_code", "country")}
        identity["names"] = words["names"]
        change = changes.ask_identity(
            organization, identity=identity, note=words["note"], actor=actor, now=at
        )
    if "logo_text" in words:
        change = _with_logo(organization, words, actor, at)
    said = {name: value for name, value in organization.profile.items() if name != "logo_text"}
    fields = OrganizationFields(**said | words["says"])
    return changes.change_profile(organization, fields=fields, actor=actor, now=at) or change


def _with_logo(
    organization: Organization, words: Content, actor: Actor, at: datetime
) -> ProfileChange | None:
    stored = logos.store_logo(_suitcases(), "logo.png", actor=actor, now=at)
    return changes.change_logo(organization, logo=stored, text=words["logo_text"], actor=actor, now=at)


def _suitcases() -> bytes:
    """Three suitcases in a row, drawn here."""
    image = Image.new("RGB", (480, 240), "#fbfaf6")
    draw = ImageDraw.Draw(image)
    for at, (left, colour) in enumerate(((30, "#0b5c6b"), (180, "#b4552d"), (330, "#6b5b95"))):
        top = 70 + 15 * at
        draw.rounded_rectangle((left, top, left + 120, 205), 16, fill=colour)
        draw.arc((left + 35, top - 28, left + 85, top + 28), 180, 360, fill=colour, width=10)
        draw.line((left, top + 55, left + 120, top + 55), fill="#fbfaf6", width=6)
    sink = io.BytesIO()
    image.save(sink, "PNG")
    return sink.getvalue()
