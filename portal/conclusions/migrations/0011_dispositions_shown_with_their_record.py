from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('conclusions', '0010_hidden_while_taken_down'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='publicdisposition',
            name='is_hidden',
        ),
    ]
