"""What tables of other shapes say of pledges: parties, actions, reports, goals, the export's own words."""

from datetime import date

import pytest
from django.utils import timezone

from portal.common.actors import system
from portal.organizations.enums import OrganizationState
from portal.organizations.models import Organization
from portal.plan.models import PlanFramework, PlanNode
from portal.pledges.domain import note_report
from portal.pledges.models import Pledge
from portal.pledges.queries import linked
from portal.publication.models import Record
from portal.tables.days import Order, order_of, readings
from tests.factories import make_organization, publish_organization
from tests.pledges.test_import_pledges import COLUMNS, GOOD, Write, counts, run, write

__all__ = ["write"]
MORE = (
    *(*COLUMNS, "reported_on", "parties", "actions", "kind", "ends_on", "starts_on", "currency"),
    *("goal", "baseline", "target", "unit"),
)


@pytest.mark.long
def test_a_row_says_who_else_and_which_action_and_when_it_was_reported(
    organization: Organization, write: Write
) -> None:
    other = publish_organization(make_organization(name="Red Dos", state=OrganizationState.VERIFIED))
    plan, _new = PlanFramework.objects.get_or_create(
        in_force=True, defaults={"slug": "x-2024", "version": "1"}
    )
    key = f"{plan.slug}:7.7"
    PlanNode.objects.create(framework=plan, code="7.7", key=key, kind="action", title_es="Papeles")
    row = GOOD | {
        "reported_on": "31 de mayo de 2024",
        "parties": f"{other.public_id} (funder); Casa Abierta (host)",
        "actions": key.partition(":")[2],
        "kind": "Joint",
        "goal": "Personas con documentos",
        "baseline": "10",
        "target": "1.500",
        "unit": "personas",
    }
    answer = run(write(row, columns=MORE))
    pledge = Pledge.objects.get()
    related = linked(pledge.pk)
    assert (answer["stderr"], counts(answer)) == ("", (0, 1, 0, 0, 0))
    assert [(party.name, party.role, party.is_from_source) for party in related.parties] == [
        ("Red Dos", "funder", True),
        ("Casa Abierta", "host", True),
    ]
    assert [(link.target, link.asserted_by) for link in related.links] == [(key, "source")]
    assert (pledge.reported_on, pledge.reported_by, pledge.pledge_kind) == (
        date(2024, 5, 31),
        "source",
        "joint",
    )
    assert [(goal.statement, goal.target) for goal in related.goals] == [("Personas con documentos", 1500)]
    record = Record.objects.get(source_key=pledge.key)
    assert (record.facts["last_report_on"], record.facts["reported_by"]) == ("2024-05-31", "source")
    assert pledge.imported_row.cells["organization"] == "Red Uno"
    assert counts(run(write(row, columns=MORE))) == (0, 0, 0, 1, 0)
    assert counts(run(write(row | {"target": "1600"}, columns=MORE))) == (0, 0, 1, 0, 0)
    pledge.refresh_from_db()
    assert pledge.change_reason == "La fuente da ahora otro valor."


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"actions": "nowhere:9.9"}, "actions"),
        ({"parties": "Casa Abierta (leed)"}, "parties"),
        ({"parties": "O-99999 (lead)"}, "parties"),
        ({"reported_on": "05/06/2024"}, "reported_on"),
        ({"reported_on": "2999-01-01"}, "reported_on"),
        ({"goal": "Casas", "target": "10"}, "unit"),
        ({"goal": "Casas", "target": "101", "unit": "%"}, "target"),
        ({"starts_on": "2024-02-01", "ends_on": "2024-01-01"}, "ends_on"),
        ({"kind": "strange"}, "kind"),
        ({"currency": "pesos"}, "currency"),
    ],
)
def test_a_bad_cell_is_told_at_its_column(
    organization: Organization, write: Write, change: dict[str, str], field: str
) -> None:
    answer = run(write(GOOD | change, columns=MORE))
    assert (counts(answer), [error["field"] for error in answer["errors"]]) == ((1, 0, 0, 0, 1), [field])


def test_who_is_not_here_is_listed_or_named(organization: Organization, write: Write) -> None:
    columns = (*COLUMNS, "Submitting Entity Type", "parties")
    listed = GOOD | {"organization": "Chile", "Submitting Entity Type": "States"}
    named = GOOD | {"external_id": "GRF-2", "organization": "Casa Abierta", "parties": "Red Uno (partner)"}
    path = write(listed, named, columns=columns)
    answer = run(path)
    assert counts(answer) == (0, 2, 0, 0, 0)
    assert "“Chile” is not here yet and will be a listed organization (State)." in str(answer["stderr"])
    assert "“Casa Abierta” is not here and has no type" in str(answer["stderr"])
    made = Organization.objects.get(name="Chile")
    assert (made.state, made.type_code, made.country) == ("listed", "state", "CL")
    assert Pledge.objects.get(external_id="GRF-2").organization == organization
    assert counts(run(path)) == (0, 0, 0, 2, 0)


def test_what_is_made_of_a_name_is_said_in_the_language_of_messages(
    organization: Organization, write: Write
) -> None:
    row = GOOD | {"organization": "Chile", "organization_type": "States"}
    answer = run(write(row, columns=(*COLUMNS, "organization_type")), "--messages", "es")
    assert "(Estado)" in str(answer["stderr"])


def test_a_type_that_one_row_says_is_that_of_all(organization: Organization, write: Write) -> None:
    columns = (*COLUMNS, "organization_type")
    rows = [GOOD | {"external_id": f"GRF-{at}", "organization": "Casa Abierta"} for at in range(3)]
    rows[2]["organization_type"] = "Academia"
    assert counts(run(write(*rows, columns=columns))) == (0, 3, 0, 0, 0)
    assert Organization.objects.get(name="Casa Abierta").type_code == "academia"


@pytest.mark.few(2)
@pytest.mark.parametrize(
    ("name", "type_code"),
    [("Chile", "state"), ("república dominicana", "state"), ("CL", ""), ("EU", ""), ("regional", "")],
)
def test_who_is_called_like_a_country_is_a_state(
    organization: Organization, write: Write, name: str, type_code: str
) -> None:
    run(write(GOOD | {"organization": name}))
    made = Organization.objects.exclude(pk=organization.pk)
    assert [row.type_code for row in made] == [type_code] * bool(type_code)


def test_who_pledges_and_is_nowhere_is_refused_with_what_is_needed(
    organization: Organization, write: Write
) -> None:
    row = GOOD | {"organization": "Casa Abierta", "parties": "Otra Casa (partner)"}
    [error] = run(write(row, columns=(*COLUMNS, "parties")))["errors"]  # type: ignore[misc]
    assert error["field"] == "organization"
    assert error["reason"] == (
        "No public organization is called “Casa Abierta”. Give its type in the column organization_type, "
        "or name a party that is here in the column parties."
    )


@pytest.mark.parametrize("told", ["", "academia"])
def test_a_name_that_is_too_long_is_refused_before_anything_is_stored(
    organization: Organization, write: Write, told: str
) -> None:
    row = GOOD | {"organization": "x" * 201, "organization_type": told, "parties": "Red Uno"}
    answer = run(
        write(GOOD | {"external_id": "GRF-2"}, row, columns=(*COLUMNS, "organization_type", "parties"))
    )
    assert (counts(answer), answer["errors"][0]["field"]) == ((1, 0, 0, 0, 1), "organization")


def test_one_number_is_one_record_under_whatever_organization(
    organization: Organization, write: Write
) -> None:
    publish_organization(make_organization(name="Red Dos", state=OrganizationState.VERIFIED))
    run(write(GOOD))
    again = GOOD | {"external_id": "grf 1", "organization": "Red Dos"}
    assert counts(run(write(again))) == (0, 0, 1, 0, 0)
    assert counts(run(write(again))) == (0, 0, 0, 1, 0)
    pledge = Pledge.objects.get()
    assert (pledge.organization.name, [str(party) for party in pledge.parties.all()]) == (
        "Red Uno",
        ["Red Dos"],
    )


def test_a_table_with_the_words_of_the_export_is_read(organization: Organization, write: Write) -> None:
    row = {
        "Pledge ID": "77",
        "Pledge Title": "Una oficina para las personas refugiadas",
        "Submitting Entity": "Red Uno",
        "Submitting Entity Type": "Civil society organizations",
        "Stage": "Planning stage",
        "Year": "2019",
    }
    answer = run(write(row, columns=tuple(row)))
    pledge = Pledge.objects.get()
    assert (answer["stderr"], counts(answer)) == ("", (0, 1, 0, 0, 0))
    assert (pledge.external_id, pledge.stage, pledge.forum, pledge.language) == (
        "GRF-77",
        "planning",
        "2019",
        "es",
    )


def test_a_source_does_not_take_a_newer_report_of_the_parties_away(
    organization: Organization, write: Write
) -> None:
    run(write(GOOD))
    pledge = Pledge.objects.get()
    note_report(pledge, stage="fulfilled", reported_on=date(2025, 3, 1), actor=system("tests"))
    answer = run(write(GOOD | {"title": "Otra", "reported_on": "2024-01-01"}, columns=MORE))
    pledge.refresh_from_db()
    assert (counts(answer)[2], pledge.stage, pledge.reported_on, pledge.reported_by) == (
        1,
        "fulfilled",
        date(2025, 3, 1),
        "parties",
    )
    assert timezone.now().date() > date(2025, 3, 1)


@pytest.mark.parametrize(
    ("cell", "order", "days"),
    [
        ("31/05/2024", None, ["2024-05-31"]),
        ("31.5.2024", None, ["2024-05-31"]),
        ("5.6.2024", None, ["2024-06-05"]),
        ("5/6/2024", None, ["2024-06-05", "2024-05-06"]),
        ("5/6/2024", Order.DAY, ["2024-06-05"]),
        ("5/6/2024", Order.MONTH, ["2024-05-06"]),
        ("31 de mayo de 2024", None, ["2024-05-31"]),
        ("1er mai 2024", None, ["2024-05-01"]),
        ("31 de maio de 2024", None, ["2024-05-31"]),
        ("May 31, 2024", None, ["2024-05-31"]),
        ("31-Aug-2024", None, ["2024-08-31"]),
        ("31/31/2024", None, []),
        ("soon", None, []),
    ],
)
def test_days_are_read_as_people_write_them(cell: str, order: Order | None, days: list[str]) -> None:
    assert [day.isoformat() for day in readings(cell, order)] == days


def test_the_other_cells_of_a_column_tell_its_order() -> None:
    assert [order_of(cells) for cells in (["5/6/2024", "31/5/2024"], ["5/31/2024"], ["5/6/2024"])] == [
        Order.DAY,
        Order.MONTH,
        None,
    ]
