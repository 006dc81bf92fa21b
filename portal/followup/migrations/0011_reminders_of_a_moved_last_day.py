from django.db import migrations


class Migration(migrations.Migration):
    """A cycle that is prolonged reminds again, sixty days before its new last day and so on."""

    dependencies = [("followup", "0010_assessments_of_goals_and_actions")]

    operations = [migrations.RemoveConstraint(model_name="reminder", name="reminder_once")]
