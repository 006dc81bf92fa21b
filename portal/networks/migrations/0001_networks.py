"""Networks and the organizations in them."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0005_listed_and_claimed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='part of its address')),
                ('name_es', models.CharField(max_length=200, verbose_name='name in Spanish')),
                ('name_en', models.CharField(max_length=200, verbose_name='name in English')),
                ('name_pt', models.CharField(max_length=200, verbose_name='name in Portuguese')),
                ('name_fr', models.CharField(max_length=200, verbose_name='name in French')),
                ('acronym', models.CharField(blank=True, max_length=30, verbose_name='acronym')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('updated_at', models.DateTimeField(verbose_name='updated')),
            ],
            options={
                'verbose_name': 'network',
                'verbose_name_plural': 'networks',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='NetworkMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('secretariat', 'Secretariat'), ('member', 'Member'), ('observer', 'Observer')], max_length=20, verbose_name='role')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='networks.network')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='network_memberships', to='organizations.organization')),
            ],
            options={
                'verbose_name': 'membership of a network',
                'verbose_name_plural': 'memberships of networks',
                'ordering': ['network_id', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='network_membership_days')],
            },
        ),
    ]
