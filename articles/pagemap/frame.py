"""What every page shows: the outlet's names, the rubrics, the wordings of the registers."""

import json
from hashlib import sha256

from articles.models import Category, Region, RegisterVersion, Site, Topic


def frame_digest() -> str:
    """Return a digest that changes with what stands on all pages; then all of them are to be stored anew."""
    site = Site.objects.filter(pk=1).values().first()
    rubrics = [
        list(model.objects.order_by("pk").values_list("slug", "name_en", "name_ru", "position"))
        for model in (Category, Region, Topic)
    ]
    registers = RegisterVersion.objects.order_by("-number").values_list("digest", flat=True).first()
    text = json.dumps([site, rubrics, registers], default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()
