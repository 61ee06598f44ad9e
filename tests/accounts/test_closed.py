"""Nobody makes an account for himself, nor gives one an address or another way in: whatever allauth could take."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.accounts.conftest import PASSWORD, log_in

NEW = {
    "username": "stranger",
    "login": "stranger",
    "email": "stranger@elsewhere.invalid",
    "email2": "stranger@elsewhere.invalid",
    "password": PASSWORD,
    "password1": PASSWORD,
    "password2": PASSWORD,
    "oldpassword": "wrong",
    "phone": "+10000000000",
    "action_add": "1",
    "action": "add",
    "code": "000000",
    "credential": "{}",
}


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    """Return the addresses of a list of patterns, made of their text with something for each argument."""
    paths: list[str] = []
    for one in found:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            paths += patterns(one.url_patterns, path)
        else:
            paths.append(path)
    return paths


def filled(path: str) -> str:
    for argument, value in {
        "<int:pk>": "1",
        "<str:key>": "key",
        "^confirm-email/(?P<key>[-:\\w]+)/$": "confirm-email/key/",
        "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-key/",
    }.items():
        path = path.replace(argument, value)
    return path


def everything() -> list[str]:
    """Return each address of accounts, ours and all that allauth could have, also those that stand nowhere here."""
    ours = patterns(get_resolver("articles.accounts.urls").url_patterns)
    for name in ("account", "mfa", "usersessions"):
        prefix = {"mfa": "2fa/", "usersessions": "sessions/"}.get(name, "")
        ours += patterns(get_resolver(f"allauth.{name}.urls").url_patterns, prefix)
    more = "signup/passkey/ 2fa/webauthn/signup/ 2fa/webauthn/login/ login/code/ phone/change/ phone/verify/ "
    more += "3rdparty/ 3rdparty/signup/ social/signup/ social/connections/ password/set/"
    ours += more.split()
    return sorted({"/admin/" + filled(path) for path in ours} - {"/admin/logout/", "/admin/sessions/"})


def state() -> tuple[object, ...]:
    people = User.objects.order_by("pk").values_list("pk", "username", "email", "password", "is_staff")
    addresses = EmailAddress.objects.order_by("pk").values_list("user", "email", "verified")
    return list(people), list(addresses), Authenticator.objects.count()


def test_no_address_takes_an_account_a_mail_address_or_another_way_in(editor: User) -> None:
    before, tried = state(), everything()
    assert {"/admin/signup/", "/admin/email/", "/admin/2fa/webauthn/signup/", "/admin/confirm-email/key/"} <= set(tried)
    for path in tried:
        Client().post(path, NEW)
        own = Client()
        own.force_login(editor)
        own.post(path, NEW)
        assert state() == before, path


def test_sign_up_stands_nowhere_and_the_adapter_refuses_it_too(client: Client, db: None) -> None:
    assert client.get("/admin/signup/").status_code in (302, 404)
    assert not get_adapter().is_open_for_signup(RequestFactory().get("/"))
    assert "allauth.socialaccount" not in settings.INSTALLED_APPS


def test_nobody_is_led_to_another_site_after_the_login(editor: User, client: Client) -> None:
    for place in ("https://elsewhere.invalid/", "//elsewhere.invalid/", "javascript:alert(1)"):
        sent = {"username": editor.username, "password": PASSWORD, "next": place}
        assert Client().post("/admin/login/", sent)["Location"] == reverse("admin:index")
    log_in(client, editor)


def test_allauths_own_lists_are_not_at_the_desk(db: None, admin_client: Client) -> None:
    for path in ("account/emailaddress/", "mfa/authenticator/", "usersessions/usersession/"):
        assert admin_client.get(f"/admin/{path}").status_code == 404
