"""The one place that knows a matching library: all occurrences of all forms, overlapping.

daachorse is little used, so ahocorasick_rs stands beside it as the fallback; a test asserts that both find the same.
Overlapping, because a longest match that fails its word boundary would hide the shorter valid one inside it.
"""

from collections.abc import Callable

Hits = list[tuple[int, int, int]]
Scan = Callable[[str], Hits]


def build(forms: list[str]) -> bytes:
    """Return the stored automaton of the forms; an empty one when daachorse is missing."""
    try:
        import daachorse
    except ImportError:
        return b""
    return daachorse.CharwiseDoubleArrayAhoCorasick(forms).serialize() if forms else b""


def load(stored: bytes, forms: Callable[[], list[str]]) -> Scan:
    """Return a function from text to (start, end, number of the form); offsets in code points.

    `stored` begins with the automaton's bytes; what follows them is not read. `forms` is called only when the fallback
    has to build its own automaton.
    """
    if stored:
        try:
            import daachorse
        except ImportError:
            return load_fallback(forms())
        return daachorse.CharwiseDoubleArrayAhoCorasick.deserialize(stored).find_overlapping
    return load_fallback(forms())


def load_fallback(forms: list[str]) -> Scan:
    """Return the same function over ahocorasick_rs, which stores nothing and is built here."""
    if not forms:
        return lambda text: []
    import ahocorasick_rs

    automaton = ahocorasick_rs.AhoCorasick(forms)

    def scan(text: str) -> Hits:
        return [
            (start, end, number) for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True)
        ]

    return scan
