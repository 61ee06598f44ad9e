"""Texts that nobody wrote for this project, from Debian's packages (foreign.toml): fetched and cut into articles."""

import bz2
import fnmatch
import gettext
import gzip
import html
import io
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("foreign.toml")
FOLDER = Path(__file__).resolve().parents[2] / "data" / "bench" / "foreign"
MOST = 400_000  # words of one text, taken evenly from the whole of it: no single one decides
LONG = 1_000  # words of an article
_HIDDEN = re.compile(
    r"<(script|style|head|nav)\b.*?</\1>|<!--.*?-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>", re.S | re.I
)
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|app|b|cite|cmd|code|command|em|emphasis|file|filename|font|gui|guibutton|guilabel|guimenu|"
    r"guimenuitem|guiseq|i|key|keycap|keycombo|keyseq|kbd|link|literal|option|parameter|q|quote|replaceable|samp|small|span|strong|sub|"
    r"sup|tt|u|ulink|userinput|var|xref)\b[^>]*>",
    re.I,
)
_TAG = re.compile(r"<[^>]+>")
_MACRO = re.compile(r"^[.'](?:SH|SS|B|I|BR|BI|IR|RB|RI|IB|TH|Nm|Sh|Ss|Nd|Em|Sy|Fl|Ar|Xr|Dq|Sq|Pa|Cm)\s+(.*)$")
_FONT = re.compile(r"\\f(?:\[\w*\]|\(..|.)|\\[&|^/,:]|\\s[+-]?\d+")
_SIGNS = {r"\-": "-", r"\(bu": "•", r"\(aq": "'", r"\(em": "—", r"\(en": "–", r"\(lq": "“", r"\(rq": "”", r"\e": "\\",
          r"\(Fo": "«", r"\(Fc": "»", r"\ ": " ", r"\~": " ", r"\(co": "©", r"\(dq": '"', r"\[u2026]": "…"}  # fmt: skip
_POD = re.compile(r"[A-Z]<+ ?([^<>]*?) ?>+")


@dataclass(frozen=True)
class Text:
    """A text of the list: what is taken out of a package, and what it is."""

    package: str
    language: str
    kind: str
    files: tuple[str, ...]


def texts() -> list[Text]:
    """Return the list."""
    read = tomllib.loads(LIST.read_text(encoding="utf-8"))["texts"]
    return [Text(one["package"], one["language"], one["kind"], tuple(one["files"])) for one in read]


def fetch(package: str) -> Path | None:
    """Return the package's file, fetched when it is not there yet; None when it is not to be had."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (found := sorted(FOLDER.glob(f"{package}_*.deb"))):
        command = ["apt-get", "download", "--quiet", package]
        try:
            subprocess.run(command, cwd=FOLDER, capture_output=True, timeout=300, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return None
        found = sorted(FOLDER.glob(f"{package}_*.deb"))
    return found[-1] if found else None


def articles(text: Text, package: Path) -> list[str]:
    """Return a text cut into articles of up to a thousand words, at most MOST words of it, evenly from the whole."""
    every: list[str] = []
    for name, data in _files(package, text.files):
        every += _cut(_paragraphs(name, data))
    every = [one for one in every if _in_language(one, text.language)]
    words = sum(len(one.split()) for one in every)
    step = max(1.0, words / MOST)
    return [every[int(i * step)] for i in range(int(len(every) / step))]


def _files(package: Path, patterns: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Give the files of a package whose paths fit, each with its content, compression undone."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        tarfile.open(fileobj=process.stdout, mode="r|") as archive,
    ):
        for member in archive:
            path = member.name.removeprefix("./").removesuffix(".gz")
            if member.isfile() and any(fnmatch.fnmatchcase(path, one.removesuffix(".gz")) for one in patterns):
                file = archive.extractfile(member)
                yield path, _unpacked(file.read() if file else b"")


def _unpacked(data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    return bz2.decompress(data) if data[:3] == b"BZh" else data


def _paragraphs(name: str, data: bytes) -> list[str]:
    """Return the paragraphs of a file as plain text, each on one line."""
    if name.endswith(".mo"):
        return _messages(data)
    if b"\0" in data[:2000]:
        return []
    text = _decoded(data)
    if name.endswith((".html", ".xml", ".page", ".docbook")):
        return _of_markup(text)
    if "/man/" in name:
        text = _of_manual(text)
    elif name.endswith(".pod"):
        text = _POD.sub(r"\1", _POD.sub(r"\1", text))
    elif "/fortunes/" in name:
        text = re.sub(r"^%$", "", text, flags=re.M)
    return [one for part in re.split(r"\n\s*\n", text) if (one := " ".join(part.split()))]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _messages(data: bytes) -> list[str]:
    """Return the translations of a catalogue, which are sentences and what stands on buttons."""
    catalogue = gettext.GNUTranslations(io.BytesIO(data))
    found = (str(value) for value in vars(catalogue)["_catalog"].values())
    return [
        " ".join(re.sub(r"<[^>]+>|[&_](?=\w)", "", one).split()) for one in found if one and "Content-Type:" not in one
    ]


def _of_markup(text: str) -> list[str]:
    text = _TAG.sub("\0", _INLINE.sub("", _HIDDEN.sub("", text)))
    parts = html.unescape(text).split("\0")
    return [one for part in parts if (one := " ".join(part.split()))]


def _of_manual(text: str) -> str:
    """Return a manual page's text: the arguments of headings and fonts kept, other macros a paragraph's end."""
    lines = []
    for line in text.split("\n"):
        match = _MACRO.match(line)
        if match:
            heading = line[1:3] in ("SH", "SS", "TH", "Sh", "Ss")
            plain = match[1].replace('"', "")
            lines.append(f"\n{plain}\n" if heading else plain)
        elif line.startswith((".", "'")):
            lines.append("")
        else:
            lines.append(line)
    text = _FONT.sub("", "\n".join(lines))
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    return text


def _cut(paragraphs: list[str]) -> Iterator[str]:
    """Join paragraphs to articles of at most LONG words; a longer paragraph is cut."""
    taken: list[str] = []
    words = 0
    for paragraph in paragraphs:
        each = paragraph.split()
        for begin in range(0, len(each), LONG):
            part = each[begin : begin + LONG]
            if words + len(part) > LONG and taken:
                yield "\n\n".join(taken)
                taken, words = [], 0
            taken.append(" ".join(part))
            words += len(part)
    if taken:
        yield "\n\n".join(taken)


def _in_language(article: str, language: str) -> bool:
    """Say whether an article is in a language at all: parts that nobody translated are not."""
    cyrillic = len(re.findall("[а-яё]", article, re.I))
    latin = len(re.findall("[a-z]", article, re.I))
    return cyrillic > latin / 2 if language == "ru" else latin > 20 * cyrillic
