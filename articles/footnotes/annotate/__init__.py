"""The verbs: `annotate` finds and places all mentions of one article, `strip` takes typed-in marks out.

    compiled = load_compiled(data)
    annotation = annotate([Field("body", "IS claimed it.")], compiled, language="en", as_of=date(2025, 1, 1))

An editor's answers are given as `decisions`: {decision_key(candidate): "mark" or "not"}; the key
article_key(organization) answers for all unclear mentions of the organization.
"""

from articles.footnotes.annotate.decisions import answer_of, article_answer_of, article_key, decision_key, keys_of
from articles.footnotes.annotate.marking import LANGUAGES, annotate
from articles.footnotes.annotate.stripping import strip
from articles.footnotes.automaton import Compiled, CompiledFormError, load_compiled

__all__ = [
    "LANGUAGES",
    "Compiled",
    "CompiledFormError",
    "annotate",
    "answer_of",
    "article_answer_of",
    "article_key",
    "decision_key",
    "keys_of",
    "load_compiled",
    "strip",
]
