"""All surface forms at once: the automaton, and the bytes a register version is stored as."""

from articles.footnotes.automaton.compiled import Compiled, FormTarget, InForce, load_compiled
from articles.footnotes.automaton.name import NameData
from articles.footnotes.automaton.person import LATIN, PersonData, PersonForm, written, written_pseudonym
from articles.footnotes.automaton.stored import CUE, OTHER_MEANING, CompiledFormError, pack

__all__ = [
    "CUE",
    "LATIN",
    "OTHER_MEANING",
    "Compiled",
    "CompiledFormError",
    "FormTarget",
    "InForce",
    "NameData",
    "PersonData",
    "PersonForm",
    "load_compiled",
    "pack",
    "written",
    "written_pseudonym",
]
