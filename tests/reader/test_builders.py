"""There is a builder for each kind of page that is built, and for no other."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from articles.reader.pages import BUILDERS, check_builders


@pytest.mark.parametrize(
    ("builders", "told"),
    [
        (BUILDERS.keys() - {"front"}, "the kind front has no builder"),
        (BUILDERS.keys() | {"nothing"}, "nothing is no kind of page that is built"),
        (BUILDERS.keys() | {"media"}, "media is no kind of page that is built"),
    ],
)
def test_another_set_of_builders_is_refused(builders: set[str], told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        check_builders(builders)
