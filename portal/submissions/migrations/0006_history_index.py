from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("submissions", "0005_redress"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="savedtext",
            index=models.Index(fields=["kind", "submission_key", "id"], name="saved_text_of_one"),
        ),
    ]
