"""Name the model for people."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('blocklist', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='blocklistedjwtoken',
            options={
                'verbose_name': 'BlocklistedJWToken',
                'verbose_name_plural': 'BlocklistedJWTokens',
            },
        ),
    ]
