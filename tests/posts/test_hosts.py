"""Links of posts: each kind in all its forms is read as one, and nothing that only looks like one is."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.embeds.hosts import FRAME_SOURCES, KINDS, POST_HOSTS, RULES, LinkError, frame_of, read_link, rule_of
from articles.models import KeptPost
from newsroom.security import READER_POLICY

TUBE, CLIP = "abcdefghijk", "0123456789abcdef0123456789abcdef"
# What is pasted → what is kept.
READ = {
    f"https://www.youtube.com/watch?v={TUBE}&t=3s&utm_source=mail": f"https://www.youtube.com/watch?v={TUBE}",
    f"https://youtu.be/{TUBE}?si=trackedTracked": f"https://www.youtube.com/watch?v={TUBE}",
    f"https://m.youtube.com/shorts/{TUBE}?feature=share": f"https://www.youtube.com/watch?v={TUBE}",
    "https://vimeo.com/123456789?share=copy": "https://vimeo.com/123456789",
    "https://player.vimeo.com/video/123456789": "https://vimeo.com/123456789",
    "https://vimeo.com/123456789/abcdef1234": "https://vimeo.com/123456789/abcdef1234",
    "https://t.me/s/tern_herald/123?single": "https://t.me/tern_herald/123",
    "https://telegram.me/tern_herald/123": "https://t.me/tern_herald/123",
    "https://twitter.com/tern/status/1234567890123?s=20&t=abc": "https://x.com/tern/status/1234567890123",
    "https://mobile.x.com/tern/status/1234567890123/photo/1": "https://x.com/tern/status/1234567890123",
    "https://www.instagram.com/tern/reel/Cabc123_-x/?igsh=1": "https://www.instagram.com/reel/Cabc123_-x/",
    "https://instagram.com/p/Cabc123": "https://www.instagram.com/p/Cabc123/",
    "https://m.facebook.com/tern.herald/posts/pfbid02abc?mibextid=x": "https://www.facebook.com/tern.herald/posts/pfbid02abc",
    "https://www.facebook.com/watch/?v=1234567&ref=sharing": "https://www.facebook.com/watch/?v=1234567",
    "https://www.facebook.com/story.php?story_fbid=pfbid02a&id=12345678&_rdr": (
        "https://www.facebook.com/permalink.php?story_fbid=pfbid02a&id=12345678"
    ),
    "https://vk.com/tern?w=wall-123_45&z=x": "https://vk.com/wall-123_45",
    "https://m.vk.com/wall-123_45": "https://vk.com/wall-123_45",
    "https://vkvideo.ru/video-123_45": "https://vk.com/video-123_45",
    f"https://rutube.ru/video/{CLIP}/?r=wd": f"https://rutube.ru/video/{CLIP}/",
}
REFUSED = {
    "": "empty",
    f"http://youtu.be/{TUBE}": "http",
    f"youtu.be/{TUBE}": "scheme",
    "javascript:alert(1)//https://t.me/tern/1": "scheme",
    "data:text/html,x": "scheme",
    "https://tern.example/news/1": "host",
    f"https://www.youtube.com.tern.example/watch?v={TUBE}": "alike",
    f"https://y0utube.com/watch?v={TUBE}": "alike",
    f"https://you-tube.com/watch?v={TUBE}": "alike",
    f"https://www.youtub\u0435.com/watch?v={TUBE}": "alike",  # a Cyrillic letter
    "https://xn--yutube-x0a.com/": "alike",
    f"https://www.youtube.com@tern.example/watch?v={TUBE}": "odd",
    f"https://user:secret@www.youtube.com/watch?v={TUBE}": "odd",
    f"https://www.youtube.com:8443/watch?v={TUBE}": "odd",
    "https://www.youtube.com\\.tern.example/": "odd",
    "https://t.me/tern_herald/1 2": "odd",
    "https://t.me/tern_herald/\u202e1": "odd",
    "https://[::1/": "odd",
    "https://www.youtube.com/@tern": "shape",
    "https://t.me/tern_herald": "shape",
    "https://t.me/joinchat/abcdef": "shape",
    f"https://www.youtube.com/watch?v={TUBE}'><script>": "shape",
    "https://x.com/tern/status/12345\u0661\u0662": "shape",  # digits of another script
    "https://t.me/" + "a" * 3000: "long",
}


@pytest.mark.parametrize(("pasted", "kept"), READ.items())
def test_each_form_of_a_link_is_kept_as_one_without_what_counts(pasted: str, kept: str) -> None:
    found = read_link(pasted)
    assert found.link == kept
    assert read_link(kept) == found
    assert found.kind in dict(KINDS) and found.number


@pytest.mark.parametrize(("pasted", "reason"), REFUSED.items())
def test_what_is_no_link_of_a_post_is_refused_for_its_reason(pasted: str, reason: str) -> None:
    with pytest.raises(LinkError) as error:
        read_link(pasted)
    assert error.value.reason == reason


@given(st.text(max_size=60), st.sampled_from(sorted(READ)))
def test_whatever_is_added_a_link_leads_to_a_known_post_or_is_refused(added: str, link: str) -> None:
    for written in (link + added, added + link, link.replace("/", f"/{added}", 1)):
        try:
            found = read_link(written)
        except LinkError:
            continue
        assert read_link(found.link) == found
        assert re.fullmatch(r"https://[a-z.]+/[A-Za-z0-9_.,/?=&-]+", found.link)


def test_every_frame_leads_to_the_host_of_its_rule_which_the_policy_names() -> None:
    framed = {read_link(link).kind: read_link(link).frame for link in READ if read_link(link).frame}
    assert set(framed) == set(dict(KINDS))
    for kind, frame in framed.items():
        assert frame.startswith(f"https://{rule_of(kind).frame_host}/")
        assert f"https://{rule_of(kind).frame_host}" in FRAME_SOURCES.split()
    assert frame_of("https://vk.com/wall-123_45") == ""  # framed by a script of the site only
    assert frame_of("javascript:x") == ""


def test_a_rule_asks_nobody_but_its_own_site() -> None:
    for rule in RULES:
        assert not rule.may_answer("127.0.0.1") and not rule.may_show("tern.example")
        if rule.oembed:
            asked = rule.asked_at("https://a.example/?b=c&d")
            assert asked.startswith("https://") and asked.endswith("https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d")
    assert rule_of("rutube").may_show("pic.rutube.ru") and not rule_of("rutube").may_show("rutube.ru.tern.example")
    assert len(POST_HOSTS) == sum(len(rule.hosts) for rule in RULES)  # no host is of two kinds


def test_what_readers_may_be_shown_in_frames_is_the_same_in_the_application_and_nginx() -> None:
    sent = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text("utf-8")
    assert f'Content-Security-Policy "{READER_POLICY}"' in sent
    assert f"frame-src {FRAME_SOURCES};" in READER_POLICY


def test_the_kinds_of_the_table_are_those_of_the_column() -> None:
    assert tuple(KeptPost._meta.get_field("kind").choices or ()) == KINDS
    assert len(KINDS) >= 6
