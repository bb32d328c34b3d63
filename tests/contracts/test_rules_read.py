"""Every value of the shipped rule set is read by code, table or diagram, or says that it is not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.contracts.tree import ROOT, plant
from workflows.deploying import bundles
from workflows.domain import acts, rule_ladders, rule_set
from workflows.domain.rule_set import READ, REFERENCE

READERS = frozenset({"whole", "wholes", "word", "words", "flag"})
FOLDERS = ("workflows/domain", "workflows/administration", "workflows/processes")
ANY = r"[a-z_]+"
_SUBJECT = re.compile(r"[a-z_]+(\\\.|\Z)")
"""How a key begins: its subject stands there, whatever the rest is."""
_ASKED = re.compile(r'rule\("([^"]+)"\)')


def patterns_of(node: ast.AST) -> Iterator[str]:
    """Yield what a string, or a string with places, may name, as a regular expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.sub(r"\\\{[a-z_]+\\\}", ANY, re.escape(node.value))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ANY
            for part in node.values
        )


def direct(tree: ast.AST) -> Iterator[str]:
    """Yield the keys that are asked of a rule set where they are written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked = node.args[:1] if node.func.attr in READERS else []
        elif isinstance(node, ast.Subscript):
            asked = [node.slice] if ast.unparse(node.value).endswith("rules") else []
        else:
            continue
        for one in asked:
            yield from patterns_of(one)


def written(tree: ast.AST) -> Iterator[str]:
    """Yield every plain string, for keys that are kept in a table or a name first."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            yield from (one for one in patterns_of(node) if _SUBJECT.match(one))


def code_reads(root: Path, vocabulary: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what code asks a rule set for, and what it writes that names no act."""
    asked, said = set(), set()
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            asked |= set(direct(tree))
            said |= set(written(tree))
    free = {re.escape(name) for name in vocabulary}
    return asked, {one for one in said if one not in free}


def drawn_reads(root: Path) -> set[str]:
    """Return the keys that tables and diagrams ask for."""
    paths = [
        path
        for kind in ("*.dmn", "*.bpmn")
        for path in (root / "workflows" / "processes").rglob(kind)
    ]
    texts = (path.read_text(encoding="utf-8").replace("&quot;", '"') for path in paths)
    return {key for text in texts for key in _ASKED.findall(text)}


def unread(keys: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Return the keys that no pattern names."""
    known = [re.compile(one) for one in patterns]
    return sorted(key for key in keys if not any(one.fullmatch(key) for one in known))


def ladders() -> dict[str, str]:
    """Return the ladder of every user task that is shipped, by its element."""
    return {
        f"{bundle.process}.{node.id}": node.properties["ladder"]
        for bundle in bundles()
        if bundle.diagram
        for node in bundle.diagram.nodes
        if node.kind == "userTask"
    }


def _acts() -> set[str]:
    tasks = {
        node.properties["act"]
        for bundle in bundles()
        if bundle.diagram
        for node in bundle.diagram.nodes
        if node.kind == "userTask"
    }
    return tasks | set(acts.ACTS)


def _keys(use: str) -> list[str]:
    shipped = rule_set.parse(rule_set.shipped_text())
    return [value.key for value in shipped if value.use == use]


def _reads(root: Path) -> set[str]:
    asked, said = code_reads(root, _acts())
    return asked | said | {re.escape(key) for key in drawn_reads(root)}


def test_every_value_is_read_or_says_that_it_is_fixed_or_for_reference() -> None:
    assert not unread(_keys(READ), _reads(ROOT))


def test_what_is_for_reference_is_read_by_nobody() -> None:
    keys = _keys(REFERENCE)
    asked, _ = code_reads(ROOT, ())
    assert unread(keys, asked) == sorted(keys)
    assert set(keys).isdisjoint(drawn_reads(ROOT))


def test_every_ladder_of_the_rule_set_is_climbed_by_a_task() -> None:
    assert set(rule_ladders.RULES) <= set(ladders().values())


def test_a_planted_key_that_nothing_reads_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "workflows/domain/planted.py",
        'a = rules.whole("limits.a.max")\nb = rules.flag(f"closure.{level}.auto")\n'
        'c = {"serve": "serve.sla.{level}"}\nd = rules["x.y"]\nact = "listing.grade1"\n'
        'any = f"{one}.{two}", "{one}.{two}"\n',
    )
    plant(tmp_path, "workflows/processes/p/t.dmn", "<text>rule(&quot;drawn.by&quot;)</text>")
    asked, said = code_reads(tmp_path, ["listing.grade1"])
    found = asked | said | drawn_reads(tmp_path)
    read = ["limits.a.max", "closure.major.auto", "serve.sla.major", "x.y", "drawn.by"]
    assert unread(read, found) == []
    assert unread([*read, "nobody.reads", "listing.grade1"], found) == [
        "listing.grade1",
        "nobody.reads",
    ]
    assert unread(["serve.sla.major"], asked) == ["serve.sla.major"]
