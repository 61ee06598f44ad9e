"""Marks by day for registers that keep to the day of publication, and every mention's mark whatever the house style.

What is on the record stays as it is. Live and scheduled editions of before are issued anew by the worker, where what
they hold is not enough or must not be shown: first mentions alone, a register that keeps to a day, a link's title.
"""

import json
import zlib

from django.db import migrations, models
from django.utils import timezone


def needed(apps):
    """Return the ids of the articles to print anew, None for all, with the version in force; None without one."""
    versions = apps.get_model("articles", "RegisterVersion").objects.exclude(applied_at=None)
    version = versions.order_by("-applied_at", "-number").first()
    if version is None:
        return None
    source = json.loads(zlib.decompress(bytes(version.source))) if version.source else {"registers": []}
    by_day = any(one.get("policy", {}).get("archive") == "publication_day" for one in source["registers"])
    if by_day or apps.get_model("articles", "Site").objects.exclude(mentions="every").exists():
        return version, None
    releases = apps.get_model("articles", "Release").objects.filter(ended_at=None)
    titled = releases.filter(edition__body__contains=' title="').values_list("article_id", flat=True)
    return version, sorted(set(titled))


def print_anew(apps, schema_editor):
    found = needed(apps)
    if found is None or found[1] == []:
        return
    version, articles = found
    total = len(articles) if articles else apps.get_model("articles", "Release").objects.filter(ended_at=None).count()
    apps.get_model("articles", "Batch").objects.create(
        kind="house", register_version=version, articles=articles, total=total, made_at=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_claimed_from_the_index")]

    operations = [
        migrations.AddField(model_name="edition", name="dated_marks", field=models.JSONField(default=list)),
        migrations.RunPython(print_anew, migrations.RunPython.noop),
    ]
