"""All surface forms at once: the automaton, and the bytes a register version is stored as."""

from articles.footnotes.automaton.compiled import Compiled, CompiledFormError, FormTarget, load_compiled, pack
from articles.footnotes.automaton.name import NameData

__all__ = ["Compiled", "CompiledFormError", "FormTarget", "NameData", "load_compiled", "pack"]
