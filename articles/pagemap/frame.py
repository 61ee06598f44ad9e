"""What every page shows: the site's address, the outlet's names and the rubrics."""

import json
from hashlib import sha256

from django.conf import settings

from articles.models import Category, Region, Site, Topic
from articles.models.languages import columns


def frame_digest() -> str:
    """Return a digest that changes with what stands on all pages; then all of them are to be stored anew."""
    site = Site.objects.filter(pk=1).values().first()
    rubrics = [
        list(model.objects.order_by("pk").values_list("slug", *columns("name"), "position"))
        for model in (Category, Region, Topic)
    ]
    text = json.dumps([settings.SITE_URL, site, rubrics], default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()
