from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0044_kept_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchPlace',
            fields=[
                ('row', models.BigIntegerField(primary_key=True, serialize=False)),
                ('headline', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('opening', models.TextField(blank=True)),
                ('authors', models.TextField(blank=True)),
                ('counted', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Russian')], max_length=2)),
                ('word', models.CharField(blank=True, max_length=60)),
                ('sound', models.CharField(blank=True, max_length=120)),
                ('number', models.IntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['language', 'sound'], name='searchword_sound')],
                'constraints': [models.UniqueConstraint(fields=('language', 'word'), name='searchword_once')],
            },
        ),
    ]
