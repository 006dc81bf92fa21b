"""What apps declare is found in their order, whether it is an attribute or a method."""

from django.apps import AppConfig, apps
from django.db import models

from portal.common.declarations import declarations, declared
from portal.common.desk_places import desk_places
from portal.publication.kinds import ledger_kinds
from portal.submissions.types import review_types


class Attribute(AppConfig):
    path = "."
    things = ("a", "b")


class Method(AppConfig):
    path = "."

    def things(self) -> tuple[str, ...]:
        return (f"of {self.name}",)


class Nothing(AppConfig):
    path = "."


def test_attributes_and_methods_are_asked_in_the_order_of_the_apps() -> None:
    configs = [Method("one", models), Nothing("two", models), Attribute("three", models)]
    declared = [(config.name, things) for config, things in declarations("things", configs)]
    assert declared == [("one", ("of one",)), ("three", ("a", "b"))]


def test_a_name_that_no_app_declares_gives_nothing() -> None:
    assert declared("unicorns") == ()


def test_types_come_from_the_lowest_app_up_and_links_of_the_desk_from_the_highest_down() -> None:
    order = [config.label for config in apps.get_app_configs()]
    assert order.index("pledges") < order.index("interventions") < order.index("organizations")
    decided = ["organization", "organization_claim", "organization_change", "organization_appeal"]
    written = ["intervention", "practice", "pledge", "report", "assessment", "reply", "observation"]
    measures = ["take_down", "appeal", "amendment", "translation"]
    assert [of.kind for of in review_types()] == [*decided, *measures, *written]
    assert [of.letter for of in ledger_kinds()][-7:] == ["I", "B", "R", "P", "G", "V", "N"]
    assert [place.url_name for place in desk_places()] == ["saved:list", "dossiers:list", "desk:profile"]
