"""What each role may do and where a request stands, in words; desk, forms and mails of members use them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.organizations.enums import JoinState, Role

MAY: dict[str, Promise] = {
    Role.VIEWER: _("Reads all that the organization writes and receives."),
    Role.EDITOR: _("Reads, writes and saves texts."),
    Role.SIGNATORY: _("Writes, and submits and withdraws in the organization’s name."),
    Role.OWNER: _("Does all of that, sends the profile to the secretariat, invites people and gives roles."),
}
JOINING: dict[str, tuple[Promise, str]] = {
    JoinState.WAITING: (_("Waiting for the owners"), "brand"),
    JoinState.ACCEPTED: (_("Accepted"), "good"),
    JoinState.DECLINED: (_("Declined"), "bad"),
    JoinState.WITHDRAWN: (_("Taken back"), ""),
    JoinState.EXPIRED: (_("Expired"), ""),
}
