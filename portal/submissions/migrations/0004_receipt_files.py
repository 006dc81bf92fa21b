"""Receipts as files, and which receipts the worker has yet to send; of those before nobody is told."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("submissions", "0003_late")]

    operations = [
        migrations.AddField(
            model_name="submittedversion",
            name="is_to_tell",
            field=models.BooleanField(default=False, verbose_name="receipt is to be sent"),
        ),
        migrations.AddIndex(
            model_name="submittedversion",
            index=models.Index(fields=["id"], name="receipt_to_tell", condition=Q(is_to_tell=True)),
        ),
        migrations.CreateModel(
            name="ReceiptFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=3, verbose_name="form")),
                ("content", models.BinaryField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="submissions.submittedversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a receipt",
                "verbose_name_plural": "files of receipts",
                "constraints": [
                    models.UniqueConstraint(fields=["version", "form"], name="receipt_file_once")
                ],
            },
        ),
    ]
