from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0050_camera_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('pk', models.CompositePrimaryKey('rubrics', 'row', blank=True, editable=False, primary_key=True, serialize=False)),
                ('rubrics', models.BigIntegerField()),
                ('row', models.BigIntegerField()),
            ],
        ),
    ]
