"""Choosing whose name readers see as a step of writing; types whose model is `Withholdable` name it."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.common.errors import Problem
from portal.common.folding import folded
from portal.organizations.categories import category_of
from portal.organizations.identities import identified
from portal.publication.authors import category_words
from portal.submissions.contents import withholds
from portal.submissions.models import Submission
from portal.submissions.steps import StepForm
from portal.submissions.types import Step

SHOWN, WITHHELD = "shown", "withheld"


class NamingForm(StepForm):
    """The name or the category that can stand now. `saved_as` makes the fields of the type.

    Of a protected organization there is nothing to choose. One query for the category.
    """

    naming = forms.ChoiceField(
        label=_("What readers see"),
        widget=forms.RadioSelect,
        help_text=_(
            "Who speaks is never told as a person. Where the name is withheld, readers, lists, search, files "
            "and the API say the category only; the secretariat reads the name all the same. Write nothing "
            "in the text that tells who you are."
        ),
    )

    def __init__(self, data: Any = None, *, draft: Any, saved_as: Callable[..., Any]) -> None:
        super().__init__(data, initial=self.values_of(draft))
        self.saved_as, self.is_protected = saved_as, draft.organization.is_protected
        field: Any = self.fields["naming"]
        withheld = (WITHHELD, category_words(category_of(draft.organization)))
        field.choices = [withheld] if self.is_protected else [(SHOWN, draft.organization.name), withheld]
        if self.is_protected:
            field.help_text = _(
                "The name of your organization is withheld everywhere. This category can stand today; if "
                "fewer than five organizations share it when the text is published, a wider one stands."
            )

    def values_of(self, draft: Any) -> dict[str, Any]:
        is_withheld = draft.is_name_withheld or draft.organization.is_protected
        return {"naming": WITHHELD if is_withheld else SHOWN}

    def typed(self) -> dict[str, Any]:
        return {"naming": self.data.get("naming") or SHOWN}

    def fields_to_save(self) -> Any:
        if self.is_protected:
            return self.saved_as()
        return self.saved_as(is_name_withheld=self.typed()["naming"] == WITHHELD)


def naming_step(saved_as: Callable[..., Any]) -> Step:
    return Step(
        name="naming",
        title=_("Whose name readers see"),
        form=partial(NamingForm, saved_as=saved_as),
        problems=lambda row, related: [],
        is_started=lambda row, related: row.is_name_withheld or row.organization.is_protected,
        corrects=frozenset({"naming"}),
        is_optional=True,
        is_aside=True,
        meanwhile=lambda row: gettext("Now: the name %(name)s.") % {"name": row.organization.name},
    )


def telling(draft: Submission, content: Mapping[str, object]) -> list[Problem]:
    """Names of the organization in a text that is to withhold them: no fault, but worth a look."""
    if not withholds(draft):
        return []
    said = identified(draft.organization)
    text = folded(json.dumps(content, ensure_ascii=False))
    names = dict.fromkeys((said.name, said.acronym, *map(str, said.aliases)))
    told = _("Your text says “%(name)s”: readers would know who speaks.")
    return [Problem("", told % {"name": name}) for name in names if name.strip() and folded(name) in text]
