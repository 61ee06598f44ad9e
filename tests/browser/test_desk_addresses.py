"""Every address of the desk is opened by `make desk`, or named as no page."""

from tests.browser.sweep.addresses import NOT_PAGES, OPENED, addresses, is_covered


def test_each_address_of_the_desk_is_opened_or_named_as_no_page() -> None:
    known = addresses()
    assert [name for name, (arguments, _route) in known.items() if not is_covered(name, arguments)] == []
    assert [name for name in {*NOT_PAGES, *OPENED} if name not in known] == []
