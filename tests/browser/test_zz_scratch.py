from django.urls import reverse
from django.utils import timezone
from tests.browser.test_frozen import *
from articles.models import Event
import os
def test_shots(chromium, live_server, chief, article):
    make_user("Administrator"); out=os.environ["SHOTS"]
    held = freeze("publishing", by=chief, at=timezone.now(), reason="A phone was lost in the harbour.")
    for who, lang, scheme, width in (("administrator","ru","light",1280),("administrator","en","dark",390)):
        context = chromium.new_context(base_url=live_server.url, locale=lang, color_scheme=scheme, viewport={"width":width,"height":900})
        page = context.new_page()
        page.goto("/admin/login/"); page.fill("[name=username]", who); page.fill("[name=password]", "correct horse battery"); page.press("[name=password]", "Enter"); page.wait_for_selector("#content")
        for n,a in {"idx":reverse("admin:index"),"list":reverse("admin:articles_freeze_changelist"),"begin":reverse("admin:articles_freeze_begin"),"chg":reverse("admin:articles_freeze_change",args=[held.pk]),"events":reverse("admin:articles_event_changelist"),"user":reverse("admin:auth_user_change",args=[chief.pk]),"own":reverse("admin:auth_user_change",args=[User.objects.get(username="administrator").pk]),"add":reverse("admin:auth_user_add"),"link":reverse("admin:auth_user_link",args=[chief.pk]),"pw":urlsplit(password_link(chief)).path}.items():
            page.goto(a); page.wait_for_timeout(400); page.screenshot(path=f"{out}/{n}-{width}.png")
        context.close()
