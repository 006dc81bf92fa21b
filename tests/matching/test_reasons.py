"""Why pledges meet: pure sets."""

from dataclasses import replace

from portal.matching.reasons import AS_CONTRIBUTION, Reasons, Side, needed, proposals, reasons
from portal.reports.enums import Support

NONE: frozenset[str] = frozenset()
NEED = Side(
    1,
    "need",
    10,
    frozenset({"financial", "technical"}),
    frozenset({"MX", "GT"}),
    frozenset({"plan:1.1"}),
    frozenset({"women"}),
)
OFFER = replace(NEED, pk=2, key="offer", organization=20)


def test_what_is_shared_is_told_in_order() -> None:
    told = Reasons(("financial", "technical"), ("GT", "MX"), ("plan:1.1",), ("women",))
    assert (reasons(NEED, OFFER), told.weight) == (told, (4, 6))


def test_nothing_is_proposed_without_what_is_needed_or_without_a_place_to_meet() -> None:
    apart = {"countries": frozenset({"BR"}), "actions": frozenset({"plan:2"}), "populations": NONE}
    for other in (
        replace(OFFER, contributions=frozenset({"policy"})),
        replace(OFFER, **apart),
        replace(OFFER, pk=1),
        replace(OFFER, organization=10),
    ):
        assert reasons(NEED, other) is None
    for name in apart:
        near = replace(OFFER, **{**apart, name: getattr(OFFER, name)})
        assert reasons(NEED, near) is not None, name


def test_those_that_share_most_come_first_and_of_equals_the_first_given() -> None:
    less = replace(OFFER, pk=3, key="less", populations=NONE)
    equal = replace(OFFER, pk=4, key="equal")
    rows = proposals(NEED, [less, OFFER, equal], most=2)
    assert [row.offer.key for row in rows] == ["offer", "equal"]


def test_what_a_report_asks_for_is_what_pledges_bring() -> None:
    assert {*Support} - {*AS_CONTRIBUTION} == {Support.COORDINATION}
    assert needed(["material", "gone"], ["money", "data", "gone"]) == {"material", "financial", "technical"}
