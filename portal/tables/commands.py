"""The base of every command that takes something in: options, messages, last line of JSON, exit code."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from portal.common.languages import CODES
from portal.files.refusals import Refused
from portal.tables.report import Error, Report

Options = Mapping[str, object]


class ImportCommand(BaseCommand):
    """Subclasses say how a file becomes a `Report`, and may say more about it."""

    noun = "rows"
    can_try = True
    can_skip = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        if self.can_try:
            parser.add_argument(
                "--dry-run", action="store_true", help="say what would happen and store nothing"
            )
        if self.can_skip:
            parser.add_argument(
                "--skip-rejected", action="store_true", help="leave rows with a fault out and take the others"
            )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")
        parser.add_argument("--messages", choices=CODES, default="en", help="language of the messages")

    def handle(self, *args: object, **options: object) -> None:
        with translation.override(str(options["messages"])):
            path = Path(str(options["file"]))
            report = self._report(path, options)
            for line in (*report.notes, *(error.line for error in report.errors)):
                self.stderr.write(line)
            for line in self.lines(report, options):
                self.stdout.write(line)
            if options["json"]:
                answer = {**report.as_json(), **self.facts(report)}
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if report.is_refused:
            raise SystemExit(1)

    def take_in(self, path: Path, options: Options) -> Report:
        """Read, check and store. May raise `Refused` for a file that cannot be read."""
        raise NotImplementedError

    def unknown_language(self, path: Path, options: Options) -> Error | None:
        """What is wrong with `--language`, for commands that have it."""
        if options["language"] in CODES:
            return None
        told = {"language": options["language"], "codes": ", ".join(CODES)}
        reason = _("There is no language “%(language)s” here, only %(codes)s.") % told
        return Error(path.name, "language", reason)

    def lines(self, report: Report, options: Options) -> Iterator[str]:
        """What standard output says before the line of JSON."""
        verb = "would be " if options.get("dry_run") else ""
        yield (
            f"{self.noun}: {report.created} {verb}created, {report.updated} {verb}updated, "
            f"{report.unchanged} unchanged, {report.rejected} rejected"
        )

    def facts(self, report: Report) -> dict[str, object]:
        """What the JSON says besides the counts and errors."""
        return {}

    def _report(self, path: Path, options: Options) -> Report:
        try:
            return self.take_in(path, options)
        except Refused as refused:
            return Report(errors=[Error(path.name, "file", str(refused))])
