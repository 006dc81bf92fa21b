"""States stand in the table of `portal.organizations.states`: a new one needs no migration."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_choices_by_function'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organization',
            name='state',
            field=models.CharField(default='draft', max_length=20, verbose_name='state'),
        ),
    ]
