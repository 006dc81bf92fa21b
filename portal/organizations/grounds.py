"""Why an organization or a claim is declined: codes and their words; verbs and decisions name them."""

from django.utils.translation import gettext_lazy as _

# A code is stored and stays; its words may change.
GROUNDS = (
    ("not_found", _("It is in no register and nowhere else that we could look")),
    ("no_contact", _("We could reach nobody of the organization")),
    ("outside", _("It is in none of the categories of the process")),
    ("duplicate", _("It is here already")),
    ("not_theirs", _("We could not see that the person speaks for it")),
    ("not_shown", _("What was sent does not show that it exists")),
    ("other", _("Another reason")),
)
# Of a claim: its organization is listed, so nobody doubts that it exists.
OF_CLAIMS = tuple(row for row in GROUNDS if row[0] in {"no_contact", "not_theirs", "other"})
CODES = frozenset(code for code, _words in GROUNDS)
WORDS = dict(GROUNDS)
