"""What staff do with a network's programmes and projects, as verbs; desk views call them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.common.actors import Actor
from portal.common.currencies import CURRENCIES
from portal.common.errors import Incomplete, Problem
from portal.networks.domain import noted, require_editor
from portal.networks.enums import ProjectState
from portal.networks.models import Network, Project
from portal.plan.queries import exists


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFields:
    """A title in at least one language; `nodes` are keys of plan nodes, `countries` codes."""

    title_es: str = ""
    title_en: str = ""
    title_pt: str = ""
    title_fr: str = ""
    state: str = ProjectState.RUNNING.value
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    funders: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()

    def stored(self) -> dict[str, object]:
        return asdict(self) | {name: list(getattr(self, name)) for name in ("funders", "countries", "nodes")}


@transaction.atomic
def add_project(network: Network, *, fields: ProjectFields, actor: Actor, now: datetime) -> Project:
    """Raises `Incomplete` for what does not fit together."""
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=network.pk)
    project = _placed(Project(network=network), fields)
    noted("project_added", network, actor, now)
    return project


@transaction.atomic
def change_project(project: Project, *, fields: ProjectFields, actor: Actor, now: datetime) -> Project:
    require_editor(actor)
    network = Network.objects.select_for_update().get(pk=project.network_id)
    project = _placed(project, fields)
    noted("project_changed", network, actor, now)
    return project


@transaction.atomic
def remove_project(project: Project, *, actor: Actor, now: datetime) -> None:
    """For what was a mistake; one that is over has the state `ended`."""
    require_editor(actor)
    network = project.network
    project.delete()
    noted("project_removed", network, actor, now)


def _placed(project: Project, fields: ProjectFields) -> Project:
    if problems := _problems(fields):
        raise Incomplete(problems)
    for name, value in fields.stored().items():
        setattr(project, name, value)
    project.save()
    return project


def _problems(fields: ProjectFields) -> list[Problem]:
    problems = []
    if not any((fields.title_es, fields.title_en, fields.title_pt, fields.title_fr)):
        problems.append(Problem("title_es", _("Give it a title in at least one language.")))
    if fields.starts_on and fields.ends_on and fields.ends_on < fields.starts_on:
        problems.append(Problem("ends_on", _("The last day is before the first one.")))
    if fields.amount is not None and not fields.currency:
        problems.append(Problem("currency", _("Say in which currency the amount is.")))
    if fields.currency and fields.currency not in CURRENCIES:
        told = _("Write the three letters of one of these: %(codes)s.")
        problems.append(Problem("currency", told % {"codes": " ".join(CURRENCIES)}))
    if unknown := sorted(set(fields.nodes) - exists(fields.nodes)):
        part = _("No plan has a part “%(key)s”.") % {"key": unknown[0]}
        problems.append(Problem("nodes", part))
    return problems
