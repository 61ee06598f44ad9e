"""Reads the walks of docs/architecture.md and holds them against the code: what is named is there, and what stands
before an arrow calls what stands behind it, in the order told."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
WALK = re.compile(r"^### (.+)$", re.MULTILINE)
TOKEN = re.compile(r"`([^`]+)`|(→)|(\*[^*]+\*)|([.;](?=\s))|(^\d+\. )", re.MULTILINE)


class Named(NamedTuple):
    """A name in a walk. `caller`: the name before its arrow, empty where a chain begins; `entered`: whether words in
    italics before it say who else calls it."""

    name: str
    caller: str
    entered: bool


class Part(NamedTuple):
    """A function, method or table of the code: its module, what it is at run time, and how it is written."""

    module: ModuleType
    value: Any
    node: ast.AST


def walks_of(text: str) -> dict[str, list[Named]]:
    """Return the names of each walk of the page, in order, by its title."""
    section = text.partition("\n## Five walks\n")[2].partition("\n## ")[0]
    _before, *found = WALK.split(section)
    return {title: list(named(walk)) for title, walk in zip(found[::2], found[1::2], strict=True)}


def named(walk: str) -> Iterator[Named]:
    """Yield the names of a walk: an arrow ties a name to the one before it, the end of a sentence ends the chain."""
    last, arrow, entered = "", False, False
    for name, is_arrow, italics, end, step in TOKEN.findall(walk):
        if name and "/" not in name:
            yield Named(name, last if arrow else "", entered)
            last, arrow, entered = name, False, False
        elif is_arrow:
            arrow = True
        elif italics:
            entered = True
        elif end or step:
            last, arrow = "", False
        if step:
            entered = False


def files_of(text: str) -> list[str]:
    """Return the files that the walks name."""
    section = text.partition("\n## Five walks\n")[2].partition("\n## ")[0]
    return [name for name in re.findall(r"`([^`]+)`", section) if "/" in name]


@lru_cache
def tree_of(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text())


def part_of(name: str) -> Part:
    """Return what `module.function` names, the module below `articles` unless it is one of `newsroom`.

    A method is named by its module, too, whose only one of that name it has to be. Raises LookupError.
    """
    path, _dot, last = name.rpartition(".")
    try:
        module = import_module(path if path.startswith("newsroom.") else f"articles.{path}")
    except ImportError as error:
        raise LookupError(f"there is no module {path}") from error
    tree = tree_of(str(module.__file__))
    plain = [node for node in tree.body if last in names_of(node)]
    if plain and hasattr(module, last):
        return Part(module, getattr(module, last), plain[-1])
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    methods = [(one, node) for one in classes for node in one.body if last in names_of(node)]
    if len(methods) != 1:
        raise LookupError(f"{path} has no {last}" if not methods else f"several classes of {path} have {last}")
    owner, node = methods[0]
    return Part(module, getattr(getattr(module, owner.name), last), node)


def names_of(node: ast.stmt) -> set[str]:
    """Return what a statement defines."""
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {one.id for one in targets if isinstance(one, ast.Name)}


def calls(caller: Part, callee: Part, name: str) -> list[tuple[int, int]]:
    """Return where the caller's text calls or hands on the callee, as (line, column) of the end of each."""
    found = [node for node in ast.walk(caller.node) if means(node, caller, callee, name.rpartition(".")[2])]
    around = {id(node.func): node for node in ast.walk(caller.node) if isinstance(node, ast.Call)}
    ends = [around.get(id(node), node) for node in found]
    return sorted((int(node.end_lineno), int(node.end_col_offset)) for node in ends)  # type: ignore[attr-defined]


def means(node: ast.AST, caller: Part, callee: Part, last: str) -> bool:
    """Say whether an expression of the caller is the callee, as far as the text tells: a name is looked up in the
    caller's module, an attribute in what its owner is there; of anything else the name has to be the same."""
    known = vars(caller.module)
    if isinstance(node, ast.Name):
        return node.id == last and same(known.get(last, callee.value), callee.value)
    if isinstance(node, ast.Attribute) and node.attr == last:
        owner = known.get(node.value.id) if isinstance(node.value, ast.Name) else None
        return owner is None or same(getattr(owner, last, None), callee.value)
    if isinstance(node, ast.Constant) and not isinstance(caller.node, ast.FunctionDef):  # as in the table of the beat
        return node.value in (last, f"{callee.module.__name__}.{last}")
    return False


def same(one: Any, other: Any) -> bool:
    return getattr(one, "__func__", one) is getattr(other, "__func__", other)


def faults_of(walk: list[Named]) -> list[str]:
    """Return what the code does otherwise than the walk says; nothing for one that is true."""
    faults: list[str] = []
    parts: dict[str, Part] = {}
    visits: list[tuple[str, list[str]]] = []  # a function, and what it calls: once more each time that somebody begins
    for name, caller, entered in walk:
        if not caller and not entered and name not in parts:
            faults.append(f"{name}: who comes here is not told")
        try:
            parts[name] = part_of(name)
        except LookupError as error:
            faults.append(f"{name}: {error}")
            continue
        if entered or name not in [visited for visited, _names in visits]:
            visits.append((name, []))
        if caller in parts:
            names = next(names for visited, names in reversed(visits) if visited == caller)
            names += [name] * (name not in names)
    for caller, names in visits:
        faults += out_of_order(parts[caller], caller, {name: parts[name] for name in names})
    return faults


def out_of_order(caller: Part, called: str, callees: dict[str, Part]) -> Iterator[str]:
    """Yield which of the callees the caller does not call, or not after the one told before."""
    at = (0, 0)
    for name, callee in callees.items():
        places = calls(caller, callee, name)
        if not places:
            yield f"{called} does not call {name}"
        elif isinstance(caller.node, ast.FunctionDef):  # a table has no order
            at = next((place for place in places if place >= at), (0, 0))
            if at == (0, 0):
                yield f"{called} calls {name} earlier than the walk says"


@lru_cache
def modules() -> dict[str, Path]:
    """Return the files of all modules of the application and of the wiring, by their path with a dot before it."""
    files = [file for package in ("articles", "newsroom") for file in (ROOT / package).rglob("*.py")]
    return {
        "." + ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files
    }


def is_there(name: str) -> bool:
    """Say whether a short name, such as `baking.runs` or `relabel.work_batches`, is that of a module, of what a module
    defines, or of what a package hands on."""
    path, _dot, last = name.rpartition(".")
    found = [file for module, file in modules().items() if module.endswith(f".{path}")]
    return any(module.endswith(f".{name}") for module in modules()) or any(last in defined(file) for file in found)


def defined(file: Path) -> set[str]:
    tree = tree_of(str(file))
    handed_on = {
        alias.asname or alias.name for one in tree.body if isinstance(one, ast.ImportFrom) for alias in one.names
    }
    inner = [node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body]
    classes = {one.name for one in tree.body if isinstance(one, ast.ClassDef)}
    return {name for one in (*tree.body, *inner) for name in names_of(one)} | handed_on | classes
