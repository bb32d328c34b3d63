"""Reads YAML that somebody sent: bounded, every value with the line it was written on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from engine.errors import FieldError, Invalid

LARGEST: Final = 200_000
"""Characters of a file."""

DEEPEST: Final = 20
MOST_VALUES: Final = 20_000
"""Values of a file, each counted as often as it is repeated through an alias."""

Path = tuple[str | int, ...]

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE: Final = "tag:yaml.org,2002:merge"


@dataclass(frozen=True)
class Marked:
    """The value of a text, the line of each of its parts, and keys that are there twice."""

    value: Any
    lines: Mapping[Path, int]
    repeated: tuple[Path, ...]

    def line(self, path: Path) -> int:
        """Return the line of a part; of what holds it where it was not written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Marked:
    """Return what a text holds.

    Raises:
        Invalid: it is no YAML, or holds too much; the error's field is the line.
    """
    if len(text) > LARGEST:
        raise _at(1, f"Expected at most {LARGEST:,} characters", f"最多 {LARGEST:,} 个字符")
    try:
        _check_size(text)
        loader = _LOADER(text)
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        repeated: list[Path] = []
        if node is not None:
            _note(node, (), lines, repeated)
        value = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    except (ValueError, OverflowError, TypeError) as error:
        raise _at(
            1, f"Expected values that exist, but {error}", f"有不存在的值（如日期）：{error}"
        ) from error
    return Marked(value, lines, tuple(repeated))


def unkept(text: str) -> tuple[str, ...]:
    """Return what a readable text has that its values do not: `comments`, `anchors`."""
    found: set[str] = set()
    end = 0
    for token in yaml.scan(text, _LOADER):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            found.add("anchors")
        if "#" in text[end : token.start_mark.index]:
            found.add("comments")
        end = token.end_mark.index
    return tuple(sorted(found))


@dataclass
class _Sizes:
    """Counts the values without making any: how deep, and what aliases would make of them."""

    total: int = 0
    anchored: dict[str, int] = field(default_factory=dict)
    begun: list[tuple[str | None, int]] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.total += self._repeated(event)
        elif isinstance(event, yaml.ScalarEvent):
            self.total += 1
            self._name(event.anchor, 1)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.total += 1
            self.begun.append((event.anchor, self.total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, since = self.begun.pop()
            self._name(anchor, self.total - since + 1)

    def _name(self, anchor: str | None, size: int) -> None:
        if anchor:
            self.anchored[anchor] = size

    def _repeated(self, event: yaml.AliasEvent) -> int:
        if event.anchor not in self.anchored:
            raise _at(
                _line(event),
                f"Expected an anchor that ends before *{event.anchor}",
                f"*{event.anchor} 之前没有完整的 &{event.anchor}",
            )
        return self.anchored[event.anchor]


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _check_size(text: str) -> None:
    sizes = _Sizes()
    for event in yaml.parse(text, _LOADER):
        sizes.take(event)
        _check_bounds(_line(event), len(sizes.begun), sizes.total)


def _check_bounds(line: int, depth: int, total: int) -> None:
    if depth > DEEPEST:
        raise _at(line, f"Expected at most {DEEPEST} levels of nesting", f"最多嵌套 {DEEPEST} 层")
    if total > MOST_VALUES:
        raise _at(line, f"Expected at most {MOST_VALUES:,} values", f"最多 {MOST_VALUES:,} 个值")


def _note(node: yaml.Node, path: Path, lines: dict[Path, int], repeated: list[Path]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for place, one in enumerate(node.value):
            _note(one, (*path, place), lines, repeated)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in _own(node):
            below = (*path, key.value)
            if key.value in seen:
                repeated.append(below)
            seen.add(key.value)
            lines[below] = key.start_mark.line + 1
            _note(value, below, lines, repeated)


def _own(node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Yield the keys that a mapping itself writes; what it takes over is told where it is."""
    for key, value in node.value:
        if key.tag != _MERGE and isinstance(key, yaml.ScalarNode):
            yield key, value


def _unreadable(error: yaml.YAMLError) -> Invalid:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    why = getattr(error, "problem", None) or str(error)
    return _at(line, f"Expected YAML, but {why}", f"不是正确的 YAML：{why}")


def _at(line: int, message: str, message_zh: str) -> Invalid:
    return Invalid(message, message_zh, [FieldError(str(line), message, message_zh)])
