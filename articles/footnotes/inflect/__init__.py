"""Russian case forms of names, made when a register version is compiled and never at run time."""

from articles.footnotes.inflect.dictionary import is_dictionary_word, is_ordinary_word, singular_cases, word_forms
from articles.footnotes.inflect.given_names import given_names
from articles.footnotes.inflect.phrase import inflected

__all__ = ["given_names", "inflected", "is_dictionary_word", "is_ordinary_word", "singular_cases", "word_forms"]
