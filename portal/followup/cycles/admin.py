"""The calendar of review cycles with their priorities in the Wagtail admin; hooks register it."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.common.errors import WrongState
from portal.followup.bodies.admin import BodyViewSet, in_languages
from portal.followup.models import ReviewCycle
from portal.followup.models.cycles import FROZEN_TOLD
from portal.plan.plan_admin import TYPED, KeyInput
from portal.publication.figures import note_change

# What happens to a cycle belongs to its verbs: a form that was read before keeps none of it.
HAPPENED = (
    *("state", "opened_at", "frozen_at", "closed_at", "snapshot", "figures", "turnout"),
    *("freeze_job_id", "frozen_early", "closed_early"),
)


class CycleForm(WagtailAdminModelForm):
    """Nothing of a cycle that is frozen is another one than its snapshot says."""

    def is_valid(self) -> bool:
        return super().is_valid() and not self._has_frozen_rows()

    def save(self, commit: bool = True) -> ReviewCycle:
        """Raises `WrongState` for a cycle that was frozen since the form was read."""
        with transaction.atomic():
            kept = ReviewCycle.objects.select_for_update().filter(pk=self.instance.pk).first()
            if kept is not None:
                if kept.is_frozen and not self.instance.is_frozen:
                    raise WrongState(FROZEN_TOLD)
                for name in HAPPENED:
                    setattr(self.instance, name, getattr(kept, name))
            self._forget_origins()
            note_change()
            saved: ReviewCycle = super().save(commit)
        return saved

    def _forget_origins(self) -> None:
        """A row with another action than before was chosen."""
        for row in self.formsets["priorities"].forms:
            if "node" in row.changed_data:
                row.instance.carried_from, row.instance.is_of_plan = None, False

    def _has_frozen_rows(self) -> bool:
        """Each priority that is new, another or dropped, told at its field."""
        if not self.instance.is_frozen:
            return False
        changed = [row for row in self.formsets["priorities"].forms if row.has_changed()]
        for row in changed:
            row.add_error("node", FROZEN_TOLD)
        return bool(changed)


CYCLE_PANELS = [
    FieldPanel("slug"),
    in_languages("title", _("Name")),
    FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
    FieldPanel("verified"),
    FieldPanel("source"),
    InlinePanel(
        "priorities",
        [FieldPanel("node", widget=KeyInput, help_text=TYPED)],
        heading=_("Actions that go first"),
        help_text=_(
            "When the cycle is opened, those of the last one that are not assessed complete are added, and "
            "those that the plan puts first in these years. They can be changed until the cycle is frozen."
        ),
    ),
]


class ReviewCycleViewSet(SnippetViewSet):
    """Its days, names and priorities. Those who hold a seat open, freeze and close it, in their room."""

    model = ReviewCycle
    icon = "calendar"
    list_display: ClassVar = [
        *("__str__", "state", "opens_on", "closes_on", "verified"),
        Column("priorities", label=_("Actions that go first"), accessor="number"),
    ]
    edit_handler = ObjectList(CYCLE_PANELS, base_form_class=CycleForm)

    def get_queryset(self, request: Any) -> Any:
        return ReviewCycle.objects.annotate(number=Count("priorities"))


class FollowupViewSetGroup(SnippetViewSetGroup):
    """One entry of the menu with bodies and cycles."""

    items = (BodyViewSet, ReviewCycleViewSet)
    menu_label = _("Follow-up")
    menu_icon = "group"
    menu_order = 59
    menu_name = "followup"
