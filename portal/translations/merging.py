"""What of translations goes along when two organizations become one; the app's configuration declares it."""

from django.utils.translation import gettext_lazy as _

from portal.organizations.merging.parts import Part

PARTS = (
    Part(
        relation="translations.TranslationRequest.organization", label=_("What was asked about translations")
    ),
)
