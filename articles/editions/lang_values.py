"""The languages that a part of a text may be said to be in: what browsers and checkers of HTML know of a `lang`."""

import re

# ISO 639-1, and of the longer codes those that a newsroom writing of Russia and its neighbours meets.
KNOWN = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "ady agx alt bua chm ckb crh dar gag inh kaa kbd kca kdr kjh koi kpv kpy krc krl kum lbe lez lld mdf mhr mns mrj "
    "myv nio niv nog olo ote pnt rom rue rut sah sel tab tkr tly tyv udm vep xal xmf yrk zza".split()
)
SCRIPTS = frozenset("arab armn cyrl deva ethi geor grek hans hant hebr jpan kore latn mong syrc tfng thai tibt".split())
# ISO 3166-1.
REGIONS = frozenset(
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca "
    "cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga "
    "gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp "
    "ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms "
    "mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs "
    "ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw "
    "tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw 001 150 419".split()
)
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?\Z", re.IGNORECASE)


def language_tag(written: str) -> str | None:
    """Return the tag as it was written if its language, script and region are known; None for one that goes.

    "" says that the language is not known, and may.

    >>> [language_tag(tag) for tag in ("ru", "EN-US", "", "sr-Latn-RS", "en_US", "bad_tag!!", "en-UK")]
    ['ru', 'EN-US', '', 'sr-Latn-RS', 'en-US', None, None]
    """
    tag = written.strip().replace("_", "-")
    found = _TAG.match(tag)
    if found is None:
        return None if tag else ""
    language, script, region = (part.lower() if part else "" for part in found.groups())
    known = language in KNOWN and (not script or script in SCRIPTS) and (not region or region in REGIONS)
    return tag if known else None
