from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("submissions", "0002_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="submittedversion",
            name="is_late",
            field=models.BooleanField(default=False, verbose_name="late"),
        ),
    ]
