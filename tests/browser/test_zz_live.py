import json
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import *
from tests.browser.desk import *
from tests.builders import make_newsroom, make_user
@pytest.mark.django_db(transaction=True)
def test_look(live_server, page, complaints):
    make_newsroom(); u=make_user("Editor")
    log_in(page,u)
    begin_article(page, category="Courts", body="<p>Both know the GDL and the <b>Golden</b> Lark.</p><p>GDL* again 😀 GDL.</p>", fields={"headline":"The GDL port 😀 GDL"})
    page.wait_for_timeout(2500)
    print(page.evaluate("document.getElementById('live-marks').outerHTML"))
    print(page.locator(".live-mark").evaluate_all("l=>l.map(e=>[e.className,e.textContent])"))
    print(complaints)
    page.screenshot(path="/tmp/meta/live1.png")
