"""Interventions become an app of their own: their tables get its name here and stay otherwise as they are."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0002_consultation_time_zone'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable('intervention', 'interventions_intervention'),
                migrations.AlterModelTable('interventionanswer', 'interventions_interventionanswer'),
            ],
            state_operations=[
                migrations.DeleteModel('InterventionAnswer'),
                migrations.DeleteModel('Intervention'),
            ],
        ),
    ]
