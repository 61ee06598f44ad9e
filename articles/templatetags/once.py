"""`{% once frame %} … {% endonce %}`: a part that is the same on thousands of pages, rendered once in each process.

The text is kept on the very value that it is made of. That value cannot change, and between the tags nothing else can
be read: with another name of the outlet a page has another value, which has texts of its own. So nothing has to be
dropped.
"""

from dataclasses import dataclass, field, fields
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaulttags import NowNode
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode, IncludeNode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
# A block could not be replaced, the clock would stand still, and what an included template does is not seen from here.
REFUSED = (BlockNode, IncludeNode, NowNode)


@dataclass(frozen=True)
class Unchanging:
    """A value that texts may be kept on: of strings, and tuples of them; raises TypeError for all else.

    `language`: the one that must be active when a text is made.
    """

    language: str
    texts: dict[Node, SafeString] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for one in fields(self):
            if one.init and not cannot_change(value := getattr(self, one.name)):
                raise TypeError(f"{type(self).__name__}.{one.name} might change: {value!r}")


def cannot_change(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and all(map(cannot_change, value)))


class OneValue(Context):
    """The context between the tags. It notes what else is asked for: of most tags a missing value is hidden."""

    def __init__(self, name: str, value: Unchanging) -> None:
        super().__init__({name: value})
        self.missed: set[str] = set()

    def __contains__(self, key: Any) -> bool:
        if super().__contains__(key):
            return True
        if key != "forloop":  # a loop asks whether it stands in another one
            self.missed.add(key)
        return False

    def __getitem__(self, key: Any) -> Any:
        if key not in self:
            raise KeyError(key)
        return super().__getitem__(key)

    def get(self, key: Any, otherwise: Any = None) -> Any:
        return super().get(key, otherwise) if key in self else otherwise


class OnceNode(Node):
    child_nodelists = ()  # the page around does not look between the tags: there is no block

    def __init__(self, tag: str, name: str, nodelist: NodeList) -> None:
        self.tag, self.name, self.nodelist = tag, name, nodelist

    def render(self, context: Context) -> SafeString:
        value = context[self.name]
        if not isinstance(value, Unchanging):
            raise TypeError(f"{self.tag}: {type(value).__name__} might change.")
        if self not in value.texts:
            value.texts[self] = self.made(value, context)
        return value.texts[self]

    def made(self, value: Unchanging, around: Context) -> SafeString:
        """Render what stands between the tags; raise LookupError where it reads anything but the value."""
        if value.language != get_language():
            raise LookupError(f"{self.tag}: the language is {get_language()}, not {value.language}.")
        inside = OneValue(self.name, value)
        inside.template = around.template
        text = self.nodelist.render(inside)
        if inside.missed:
            raise LookupError(f"{self.tag} cannot read {', '.join(sorted(inside.missed))}.")
        return text


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Compile the tag, which names one value."""
    tag = f"{{% {token.contents} %}}"
    _once, *names = token.split_contents()
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    if len(names) != 1 or any(nodelist.get_nodes_by_type(kind) for kind in REFUSED):
        raise TemplateSyntaxError(f"{tag} names one value, and holds no block, include or now.")
    return OnceNode(tag, names[0], nodelist)
