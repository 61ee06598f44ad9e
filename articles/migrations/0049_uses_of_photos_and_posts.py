import re

import django.db.models.deletion
from django.db import migrations, models

BATCH = 1000
POST = re.compile(r'<figure data-post="([0-9]{1,9})"')


def note_uses(apps, schema_editor):
    """Note which articles name a photo or a post, those of editions that no form had saved before, too."""
    ArticleFigure, EditionFigure, Photo, PhotoUse, KeptPost, PostUse = (
        apps.get_model("articles", name)
        for name in ("ArticleFigure", "EditionFigure", "Photo", "PhotoUse", "KeptPost", "PostUse")
    )
    photos = set(ArticleFigure.objects.values_list("photo", "article"))
    photos |= set(EditionFigure.objects.filter(photo__kept_posts=None).values_list("photo", "edition__article"))
    fill(PhotoUse, "photo_id", Photo, photos)
    first = KeptPost.objects.order_by("kept_at").values_list("kept_at", flat=True).first()
    if first is not None:  # no text is older than the first card that it names
        fill(PostUse, "post_id", KeptPost, posts_since(apps, first))


def posts_since(apps, first):
    """Return the pairs of posts and articles whose texts name them, saved or issued since that moment."""
    Article, Edition = (apps.get_model("articles", name) for name in ("Article", "Edition"))
    saved = Article.objects.filter(updated_at__gte=first).values_list("pk", "body")
    issued = Edition.objects.filter(issued_at__gte=first).values_list("article", "body")
    found = set()
    for rows in (saved, issued):
        for article, body in rows.filter(body__contains='data-post="').order_by().iterator(chunk_size=BATCH):
            found |= {(int(one), article) for one in POST.findall(body)}
    return found


def fill(use, column, named, found):
    """Add the pairs of what there is, and of articles, that have no row yet."""
    new = found - set(use.objects.values_list(column, "article_id"))
    there = set(named.objects.values_list("pk", flat=True)) if new else set()
    rows = [use(**{column: pk, "article_id": article}) for pk, article in sorted(new) if pk in there]
    use.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("articles", "0048_drafts_erased")]

    operations = [
        migrations.RunPython(note_uses, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="ArticleFigure"),
        migrations.AlterField(
            model_name="photouse",
            name="photo",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="articles.photo"),
        ),
    ]
