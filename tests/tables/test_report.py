"""The report of every import: all rows or none, counts, errors and their places."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import translation

from portal.files.refusals import Reason, Refused
from portal.tables import report as report_module
from portal.tables.columns import Column, Vocabulary, headings_of, plain
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Outcome, Ready, Rejected, Report, run

Names = list[Ready[str] | Error]


@pytest.fixture(autouse=True)
def english(db: None) -> Iterator[None]:
    with translation.override("en"):
        yield


def store(name: str) -> Outcome:
    if name == "bad":
        raise Rejected("name", "This one is bad.")
    _group, is_new = Group.objects.get_or_create(name=name)
    return Outcome.CREATED if is_new else Outcome.UNCHANGED


def ready(*names: str) -> Names:
    return [Ready(f"row {number}", name) for number, name in enumerate(names, start=2)]


def kept() -> set[str]:
    return set(Group.objects.filter(name__startswith="t-").values_list("name", flat=True))


def test_rows_are_stored_and_counted() -> None:
    report = run(ready("t-a", "t-b", "t-a"), store=store)
    assert (report.created, report.updated, report.unchanged, report.rejected) == (2, 0, 1, 0)
    assert kept() == {"t-a", "t-b"}


@pytest.mark.parametrize(
    ("rows", "where"),
    [([*ready("t-a"), Error("row 3", "name", "No.")], "row 3"), (ready("t-a", "bad", "t-b"), "row 3")],
)
def test_one_error_stores_nothing(rows: Names, where: str) -> None:
    report = run(rows, store=store)
    assert (report.created, report.rejected, [error.where for error in report.errors], kept()) == (
        0,
        1,
        [where],
        set(),
    )


def plan(name: str) -> Outcome:
    if name == "bad":
        raise Rejected("name", "This one is bad.")
    return Outcome.UNCHANGED if Group.objects.filter(name=name).exists() else Outcome.CREATED


@pytest.mark.django_db(transaction=True)
def test_an_import_with_a_plan_lets_others_write_between_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_module, "BATCH", 2)
    monkeypatch.setattr(report_module, "sleep", lambda seconds: pauses.append(seconds))
    pauses: list[float] = []
    committed: list[str] = []
    seen: list[list[str]] = []

    def stored(name: str) -> Outcome:
        seen.append(list(committed))
        transaction.on_commit(lambda: committed.append(name))
        return store(name)

    report = run(ready("t-1", "t-2", "t-3", "t-4", "t-5"), store=stored, plan=plan)
    assert seen == [[], [], ["t-1", "t-2"], ["t-1", "t-2"], ["t-1", "t-2", "t-3", "t-4"]]
    assert (report.created, report.errors) == (5, [])
    assert len(pauses) == (2 if connection.vendor == "sqlite" else 0)


class Together:
    """Stores the names of a batch in one statement, which two of the same name make impossible."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.prepared: list[tuple[tuple[str, ...], bool]] = []

    def prepare(self, names: Sequence[str], is_locked: bool) -> None:
        self.names = []
        self.prepared.append((tuple(names), is_locked))

    def store(self, name: str) -> Outcome:
        self.names.append(name)
        return Outcome.CREATED

    def flush(self) -> None:
        Group.objects.bulk_create(Group(name=name) for name in self.names)

    def run(self, *names: str, **options: bool) -> Report:
        hooks = {"store": self.store, "prepare": self.prepare, "flush": self.flush}
        return run(ready(*names), plan=lambda name: Outcome.CREATED, **hooks, **options)  # type: ignore[arg-type]


def test_a_batch_is_read_and_written_as_a_whole() -> None:
    together = Together()
    assert (together.run("t-a", "t-b").created, kept()) == (2, {"t-a", "t-b"})
    assert together.prepared == [(("t-a", "t-b"), False), (("t-a", "t-b"), True)]
    assert (together.run("t-c", dry_run=True).created, kept()) == (1, {"t-a", "t-b"})


def test_a_row_that_meets_somebody_elses_is_told_and_the_batch_stored() -> None:
    Group.objects.create(name="t-b")
    report = Together().run("t-a", "t-b", "t-c")
    told = [(error.where, error.field) for error in report.errors]
    assert (report.created, told, kept()) == (2, [("row 3", "row")], {"t-a", "t-b", "t-c"})


@pytest.mark.parametrize(
    ("size", "seconds", "following"),
    [(50, 0.1, 50), (50, 0.9, 50), (50, 1.1, 25), (1, 9.0, 1), (12, 0.5, 12), (12, 0.1, 24), (30, 0.1, 50)],
)
def test_batches_become_smaller_where_others_would_wait(size: int, seconds: float, following: int) -> None:
    assert report_module.next_size(size, seconds) == following


def test_progress_tells_what_is_stored_and_on_a_dry_run_what_is_checked() -> None:
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        steps.append((done, total))

    run(ready("t-a", "t-b"), store=store, plan=plan, dry_run=True, progress=progress)
    run(ready("t-a", "t-b"), store=store, plan=plan, progress=progress)
    assert steps == [(2, 2), (0, 2), (2, 2)]


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_plan_finds_what_is_wrong_before_anything_is_stored(dry_run: bool) -> None:
    report = run(ready("t-a", "bad", "t-b"), store=store, plan=plan, dry_run=dry_run)
    assert (report.created, report.rejected, kept()) == (0, 1, set())


@pytest.mark.parametrize("dry_run", [False, True])
def test_rows_with_a_fault_are_left_out_where_that_is_asked(dry_run: bool) -> None:
    rows = [*ready("t-a", "bad", "t-b"), Error("row 5", "name", "No.")]
    report = run(rows, store=store, plan=plan, dry_run=dry_run, skip_rejected=True)
    told = (report.created, [error.where for error in report.errors], report.is_refused)
    assert (told, kept()) == ((2, ["row 5", "row 3"], False), set() if dry_run else {"t-a", "t-b"})


def test_where_every_row_has_a_fault_nothing_is_left_to_take() -> None:
    report = run(ready("bad"), store=store, plan=plan, skip_rejected=True)
    assert (report.rejected, report.is_refused) == (1, True)


def test_a_dry_run_with_a_plan_never_stores() -> None:
    report = run(ready("t-a", "t-b"), store=lambda name: pytest.fail(name), plan=plan, dry_run=True)
    assert (report.created, kept()) == (2, set())


def test_a_dry_run_counts_the_same_and_stores_nothing() -> None:
    report = run(ready("t-a"), store=store, dry_run=True, finish=lambda: Group.objects.create(name="t-b"))
    assert (report.created, kept()) == (1, set())


def test_what_needs_all_rows_comes_last_and_not_after_an_error() -> None:
    seen: list[set[str]] = []
    run(ready("t-a", "t-b"), store=store, finish=lambda: seen.append(kept()))
    run(ready("t-c", "bad"), store=store, finish=lambda: seen.append(kept()))
    assert seen == [{"t-a", "t-b"}]


def test_an_error_is_a_line_a_sentence_and_json() -> None:
    error = Error("row 3", "stage", "Not known.", "D")
    assert (error.line, str(error), error.as_json()) == (
        "row 3, column D: stage: Not known.",
        "Row 3, stage: Not known.",
        {"where": "row 3", "field": "stage", "reason": "Not known."},
    )


class Told(ImportCommand):
    """A command that was told what to report."""

    def __init__(self, answer: Callable[[], Report]) -> None:
        super().__init__()
        self.answer = answer

    def take_in(self, path: Path, options: Options) -> Report:
        return self.answer()


def outcome(
    answer: Callable[[], Report], capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, dict[str, object]]:
    """Exit code, standard error, last line of JSON."""
    command, code = Told(answer), 0
    try:
        command.run_from_argv(["manage.py", "told", "x.csv", "--json"])
    except SystemExit as stopped:
        code = int(str(stopped.code))
    captured = capsys.readouterr()
    return code, captured.err, json.loads(captured.out.strip().splitlines()[-1])


def test_a_command_ends_with_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    code, err, answer = outcome(lambda: Report(created=2, notes=("row 1: colour: Not read.",)), capsys)
    assert (code, err) == (0, "row 1: colour: Not read.\n")
    assert answer == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0, "errors": []}


def refused() -> Report:
    raise Refused(Reason.EMPTY, "This file is empty.")


def test_a_refused_file_is_an_error_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, err, answer = outcome(refused, capsys)
    assert (code, err, answer["rejected"]) == (1, "x.csv: file: This file is empty.\n", 1)


def test_words_are_known_by_code_and_by_name() -> None:
    words = Vocabulary({"mx": "México", "kn": "Saint-Kitts"}, {"mx": ("Estados Unidos Mexicanos",)})
    codes = [
        words.code_of(word) for word in ("MX", " mexico ", "saint kitts", "ESTADOS_UNIDOS-MEXICANOS", "x", "")
    ]
    assert codes == ["mx", "mx", "kn", "mx", "", ""]


def test_few_words_are_named_and_many_are_not() -> None:
    few, many = Vocabulary({"a": "A", "b": "B"}), Vocabulary(dict.fromkeys("abcdefghijklmnop", ""))
    assert few.unknown("z") == "“z” is not known here. Write one of these: a, b."
    assert many.unknown("z" * 99) == f"“{'z' * 60}…” is not known here."


def test_a_code_goes_before_another_name() -> None:
    columns = [Column("one", "two"), Column("two", "one")]
    assert headings_of(columns) == {"one": "one", "two": "two"}


@pytest.mark.parametrize("heading", ["Numéro de l'engagement", "numero de l’engagement *"])
def test_a_heading_is_known_by_either_apostrophe(heading: str) -> None:
    assert plain(heading) == "numero de l'engagement"
