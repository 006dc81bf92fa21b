"""Proposed documents, when two organizations become one; the app's configuration declares it."""

from django.utils.translation import gettext_lazy as _

from portal.organizations.merging.parts import Part

PARTS = (Part(relation="library.DocumentProposal.organization", label=_("proposed documents")),)
