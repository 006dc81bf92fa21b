"""`import_attendance FILE.csv|xlsx --consultation SLUG [--dry-run] [--json]`: who attended or signed."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.actors import system
from portal.consultations.attendance import AttendanceReport, import_attendance
from portal.consultations.page_models import ConsultationPage
from portal.files.reading import read_bytes
from portal.tables.commands import ImportCommand, Options
from portal.tables.report import Error, Report


class Command(ImportCommand):
    help = "Import who attended or signed a consultation from a table. The same table again changes nothing."
    noun = "attendances"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--consultation", required=True, help="slug of the consultation's page")

    def take_in(self, path: Path, options: Options) -> Report:
        slug = str(options["consultation"])
        rows = ConsultationPage.objects.filter(slug=slug).order_by("pk")
        key = rows.values_list("translation_key", flat=True).first()
        if key is None:
            slugs = ConsultationPage.objects.order_by("slug").values_list("slug", flat=True).distinct()
            told = {"slug": slug, "slugs": ", ".join(slugs)}
            reason = _("There is no consultation “%(slug)s” here, only %(slugs)s.") % told
            return AttendanceReport(errors=[Error(path.name, "consultation", reason)])
        return import_attendance(
            read_bytes(path),
            consultation_key=key,
            actor=system("import_attendance"),
            now=timezone.now(),
            dry_run=bool(options["dry_run"]),
        )
