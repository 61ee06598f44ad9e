"""An organization that was deleted at the desk is in force until that is applied: what names it goes out, marked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.editions import check
from articles.footnotes.annotate import decision_key
from articles.models import Mention, Organization
from articles.publishing import Refused, answer_mention, live_release, publish
from articles.publishing.record import verify
from articles.publishing.relabel import apply_version, relabel_all, work_batches
from articles.registers import compile_version
from tests.builders import NOW, make_article

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_article_that_names_it_is_published_marked_and_follows_when_it_is_out_of_force(editor: User) -> None:
    article = make_article(body="<p>Officers spoke of the GDL.</p>")
    Organization.objects.get(key="grey-wolves-league").delete()
    publish(article, by=editor, at=NOW)
    relabel_all(by=None, at=NOW)
    work_batches(lambda: NOW)
    release = live_release(article, NOW)
    assert release is not None and {mark["organization"] for mark in release.edition.marks} == {"grey-wolves-league"}
    assert not Mention.objects.exists()
    apply_version(compile_version(NOW + HOUR), by=None, at=NOW + HOUR)
    while work_batches(lambda: NOW + HOUR):
        pass
    after = live_release(article, NOW + HOUR)
    assert after is not None and after != release and after.edition.marks == []
    assert verify() == []


@pytest.mark.django_db
def test_answer_about_it_is_refused(editor: User) -> None:
    article = make_article(headline="A meeting", body="<p>Officers spoke of Harbour.</p>")
    [unclear] = check(article, NOW).found.unclear
    Organization.objects.get(key=unclear.organization).delete()
    with pytest.raises(Refused, match="deleted"):
        answer_mention(article, decision_key(unclear), "not", by=editor, at=NOW)
