"""The columns get the words of docs/words.md: failed, orphaned, heartbeat."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("search", "0002_generations_comparisons")]

    operations: ClassVar = [
        # Conditions of indexes do not follow a renamed field.
        migrations.RemoveIndex(model_name="outboxentry", name="outbox_waiting"),
        migrations.RemoveIndex(model_name="outboxentry", name="outbox_parked"),
        migrations.RenameField(model_name="outboxentry", old_name="parked_at", new_name="failed_at"),
        migrations.RenameField(model_name="generation", old_name="beat_at", new_name="heartbeat_at"),
        migrations.RenameField(model_name="comparison", old_name="ghosts", new_name="orphaned"),
        migrations.AlterField(
            model_name="outboxentry",
            name="failed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="failed"),
        ),
        migrations.AlterField(
            model_name="generation",
            name="heartbeat_at",
            field=models.DateTimeField(verbose_name="last heartbeat"),
        ),
        migrations.AlterField(
            model_name="comparison",
            name="orphaned",
            field=models.PositiveIntegerField(default=0, verbose_name="orphaned"),
        ),
        migrations.AddIndex(
            model_name="outboxentry",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("failed_at__isnull", True)),
                fields=["id"],
                name="outbox_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="outboxentry",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("failed_at__isnull", False)),
                fields=["failed_at"],
                name="outbox_failed",
            ),
        ),
    ]
