"""A pledge is a submission like every other: its lifecycle is called state."""

import django.db.models.deletion
from django.db import migrations, models

import portal.common.choices


class Migration(migrations.Migration):

    dependencies = [
        ('pledges', '0003_receipts_become_versions'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='pledge', name='pledge_returned_needs_reason'),
        migrations.RemoveConstraint(model_name='pledge', name='pledge_submitted_is_complete'),
        migrations.RemoveIndex(model_name='pledge', name='pledge_queue'),
        migrations.RenameField(model_name='pledge', old_name='lifecycle', new_name='state'),
        migrations.AlterField(
            model_name='pledge',
            name='state',
            field=models.CharField(default='draft', max_length=20, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='country',
            field=models.CharField(blank=True, choices=portal.common.choices.country_codes, max_length=2, verbose_name='country'),
        ),
        migrations.AlterField(
            model_name='pledge',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='organizations.organization'),
        ),
        migrations.AddIndex(
            model_name='pledge',
            index=models.Index(fields=['state', 'submitted_at'], name='pledge_queue'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_at__isnull', False), ('title__gt', '')), _connector='OR'), name='pledge_submitted_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pledge_returned_needs_reason'),
        ),
    ]
