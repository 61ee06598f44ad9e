from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0046_front_page'),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='about_en',
            field=models.TextField(blank=True, db_default='', default='', help_text='Stands at the head of the page of the story: what it is about, and how it has come so far. An empty line begins a paragraph. Names of listed organizations and persons are marked when it is printed.', max_length=3000, verbose_name='the story in English'),
        ),
        migrations.AddField(
            model_name='topic',
            name='about_ru',
            field=models.TextField(blank=True, db_default='', default='', help_text='Stands at the head of the page of the story: what it is about, and how it has come so far. An empty line begins a paragraph. Names of listed organizations and persons are marked when it is printed.', max_length=3000, verbose_name='the story in Russian'),
        ),
    ]
