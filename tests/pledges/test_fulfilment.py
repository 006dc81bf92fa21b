"""How far the word "fulfilled" carries: over all that parties can say and two others can find."""

from itertools import product

from portal.pledges.assessed import Assessed, fulfilment_of, last_words
from portal.pledges.enums import Completion, Fulfilment, ReportedStage
from portal.pledges.standing import completion_of

GOALS = ("", "0b7c")
BODIES = ("commission", "observatory")
TIERS = ("", "0", "1", "2", "3", "4")
ONE_ROW = [
    Assessed("V-00001", body, body, completion.value, "2026-01-01", basis, goal)
    for body, completion, basis, goal in product(BODIES, Completion, TIERS, GOALS)
]


def expected(stage: ReportedStage, rows: tuple[Assessed, ...]) -> str:
    """The rule once more, as it is written in docs/followup.md; `rows` newest first."""
    last = {row.body: row for row in reversed(rows) if row.goal == "" and row.basis in ("2", "3", "4")}
    if not last:
        return "claimed" if stage == "fulfilled" else ""
    return (
        "assessed_complete"
        if all(row.completion == "complete" for row in last.values())
        else ("assessed_otherwise")
    )


def test_the_word_over_all_combinations() -> None:
    pairs = [(), *((row,) for row in ONE_ROW), *product(ONE_ROW, repeat=2)]
    wrong = [
        (stage, rows)
        for stage, rows in product(ReportedStage, pairs)
        if (fulfilment_of(stage, rows) or "") != expected(stage, rows)
    ]
    assert (wrong[:3], len(pairs)) == ([], 1 + 120 + 120 * 120)


def test_every_word_occurs() -> None:
    words = {fulfilment_of(stage, [row]) for stage, row in product(ReportedStage, ONE_ROW)}
    assert words == {None, *Fulfilment}


def test_a_second_look_of_the_same_body_takes_the_place_of_the_first() -> None:
    old, new = (
        Assessed("V-00001", "commission", "commission", completion, "2026-01-01", "3")
        for completion in ("limited", "complete")
    )
    assert fulfilment_of("fulfilled", [new, old]) == Fulfilment.COMPLETE
    assert fulfilment_of("fulfilled", [old, new]) == Fulfilment.OTHERWISE


def test_what_was_published_before_there_were_tiers_stays_a_claim() -> None:
    row = Assessed("V-00001", "commission", "commission", "complete", "2026-01-01")
    assert fulfilment_of("fulfilled", [row]) == Fulfilment.CLAIMED


def test_a_goal_is_no_word_on_the_whole_and_the_newest_of_each_body_counts() -> None:
    goal, whole, before = (
        Assessed("V-00001", "commission", "commission", completion, "2026-01-01", "3", of)
        for completion, of in (("complete", "0b7c"), ("limited", ""), ("substantial", ""))
    )
    assert last_words([goal, whole, before]) == {"commission": "limited"}
    assert completion_of([goal, whole, before]) == "limited"
