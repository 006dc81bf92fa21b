"""A pledge has a kind, parties, places, goals, money, dates, links and marks; one record for each number."""

import django.db.models.deletion
import portal.common.choices
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0005_listed_and_claimed'),
        ('pledges', '0007_numbers_in_one_form'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PledgeGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('statement', models.CharField(max_length=300, verbose_name='goal')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='baseline')),
                ('baseline_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the baseline')),
                ('no_baseline_because', models.CharField(blank=True, max_length=300, verbose_name='why there is no baseline')),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='target')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='unit')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be reached by')),
                ('means', models.CharField(blank=True, max_length=300, verbose_name='means of verification')),
                ('disaggregations', models.JSONField(blank=True, default=list, verbose_name='told apart by')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PledgeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(max_length=20, verbose_name='relation')),
                ('target', models.CharField(max_length=64, verbose_name='target')),
                ('asserted_by', models.CharField(choices=[('parties', 'the parties'), ('secretariat', 'the secretariat'), ('source', 'the source')], max_length=20, verbose_name='said by')),
                ('asserted_at', models.DateTimeField(verbose_name='said')),
                ('confirmed_by', models.CharField(blank=True, choices=[('parties', 'the parties'), ('secretariat', 'the secretariat'), ('source', 'the source')], max_length=20, verbose_name='confirmed by')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'link of a pledge',
                'verbose_name_plural': 'links of pledges',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PledgeNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
            ],
            options={
                'verbose_name': 'number in another list',
                'verbose_name_plural': 'numbers in other lists',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PledgeParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('partner', 'Partner'), ('funder', 'Funder'), ('implementer', 'Implementer'), ('host', 'Host'), ('supporter', 'Supporter')], max_length=20, verbose_name='role')),
                ('state', models.CharField(choices=[('asked', 'Asks to be named'), ('named', 'Named, has not confirmed'), ('confirmed', 'Confirmed'), ('declined', 'Declined')], default='named', max_length=20, verbose_name='state')),
                ('is_from_source', models.BooleanField(default=False, verbose_name='named by the source')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'party of a pledge',
                'verbose_name_plural': 'parties of pledges',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PledgePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(choices=portal.common.choices.country_codes, max_length=2, verbose_name='country')),
                ('role', models.CharField(choices=[('origin', 'Origin'), ('transit', 'Transit'), ('destination', 'Destination'), ('return', 'Return')], max_length=20, verbose_name='role')),
            ],
            options={
                'verbose_name': 'country of a pledge',
                'verbose_name_plural': 'countries of pledges',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='pledge',
            name='amount',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='amount'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='change_reason',
            field=models.TextField(blank=True, verbose_name='reason of the change'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='contributions',
            field=models.JSONField(blank=True, default=list, verbose_name='contributions'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='currency',
            field=models.CharField(blank=True, max_length=3, verbose_name='currency'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='last day'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='marks',
            field=models.JSONField(blank=True, default=list, verbose_name='cross-cutting marks'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='part_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pledges', to='pledges.pledge', verbose_name='umbrella pledge'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='pledge_kind',
            field=models.CharField(choices=[('individual', 'Individual pledge'), ('joint', 'Joint pledge'), ('umbrella', 'Umbrella pledge'), ('matching', 'Matching pledge')], default='individual', max_length=20, verbose_name='kind of pledge'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='reported_by',
            field=models.CharField(blank=True, choices=[('parties', 'The parties'), ('source', 'According to the source')], max_length=10, verbose_name='who says so'),
        ),
        migrations.AddField(
            model_name='pledge',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='first day'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id',), name='pledge_number_once'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pledge_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='pledge',
            constraint=models.CheckConstraint(condition=models.Q(('amount', None), models.Q(('amount__gte', 0), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='pledge_money_has_currency'),
        ),
        migrations.AddField(
            model_name='pledgegoal',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='pledges.pledge'),
        ),
        migrations.AddField(
            model_name='pledgelink',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='pledges.pledge'),
        ),
        migrations.AddField(
            model_name='pledgenumber',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='numbers', to='pledges.pledge'),
        ),
        migrations.AddField(
            model_name='pledgeparty',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pledgeparty',
            name='organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='party_to', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='pledgeparty',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='pledges.pledge'),
        ),
        migrations.AddField(
            model_name='pledgeplace',
            name='pledge',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='pledges.pledge'),
        ),
        migrations.AddConstraint(
            model_name='pledgegoal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline', None), ('target', None)), models.Q(('unit', ''), _negated=True), _connector='OR'), name='goal_figures_have_unit'),
        ),
        migrations.AddConstraint(
            model_name='pledgelink',
            constraint=models.UniqueConstraint(fields=('pledge', 'relation', 'target'), name='pledge_link_once'),
        ),
        migrations.AddConstraint(
            model_name='pledgeparty',
            constraint=models.UniqueConstraint(condition=models.Q(('organization__isnull', False)), fields=('pledge', 'organization'), name='pledge_party_once'),
        ),
        migrations.AddConstraint(
            model_name='pledgeparty',
            constraint=models.CheckConstraint(condition=models.Q(('organization__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='pledge_party_is_called'),
        ),
        migrations.AddConstraint(
            model_name='pledgeplace',
            constraint=models.UniqueConstraint(fields=('pledge', 'country', 'role'), name='pledge_place_once'),
        ),
    ]
