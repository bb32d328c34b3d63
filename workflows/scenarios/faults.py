"""Looks at a scenario as it was written, part by part, and tells what is wrong where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from workflows.scenarios.facts import EXPECTATIONS
from workflows.scenarios.loader import REFUSALS, instant, period
from workflows.scenarios.runner import PREPARED
from workflows.scenarios.yaml_nodes import Marked, Path

MOST_STEPS: Final = 500
LONGEST: Final = timedelta(days=5 * 366)
"""How long a story may last: every day of it is played."""

_LISTS: Final = frozenset({"open", "history"})
_YES_OR_NO: Final = frozenset({"closed", "listed"})


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a file."""

    line: int
    field: str
    sentence: str
    sentence_zh: str

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.sentence if language.startswith("en") else self.sentence_zh


@dataclass
class Check:
    """Looks at one file, part by part."""

    marked: Marked
    faults: list[Fault] = field(default_factory=list)
    now: datetime | None = None

    def told(self, path: Path, sentence: str, sentence_zh: str) -> None:
        """Keep one fault."""
        words = ".".join(str(part) for part in path)
        self.faults.append(Fault(self.marked.line(path), words, sentence, sentence_zh))

    def whole(self) -> None:
        """Look at the whole file."""
        for path in self.marked.repeated:
            self.told(path, f"Expected {path[-1]} once", f"{path[-1]} 重复")
        raw = self.marked.value
        known = ("title", "process", "before", "clock", "start", "steps")
        if not self.words(raw, (), known, ("title", "clock", "start")):
            return
        if self.words(raw["title"], ("title",), ("zh", "en"), ("zh", "en")):
            for name in ("zh", "en"):
                self.text(raw["title"][name], ("title", name))
        self.now = self.instant(raw["clock"], ("clock",), PREPARED)
        self.names(raw.get("before") or [], ("before",))
        if self.words(raw["start"], ("start",), ("by", "data", "refused"), ("by",)):
            self.deed(raw["start"], ("start",))
        self.steps(raw.get("steps") or [])

    def words(self, raw: Any, path: Path, known: Sequence[str], needed: Sequence[str]) -> bool:  # noqa: ANN401
        """Return whether a part is a mapping that has what it needs; tell what is strange."""
        if not isinstance(raw, dict):
            self.told(path, "Expected names with values", "此处应写名称、冒号和值")
            return False
        for name in raw:
            if name not in known:
                self.told(
                    (*path, str(name)),
                    f"Expected one of {', '.join(known)}, but it is {name}",
                    f"不认识 {name}，可写 {'、'.join(known)}",
                )
        missing = [name for name in needed if name not in raw]
        for name in missing:
            self.told(path, f"Expected {name}, but it is missing", f"缺少 {name}")
        return not missing

    def text(self, value: Any, path: Path) -> None:  # noqa: ANN401
        """Tell a value that is no text."""
        if not isinstance(value, str) or not value.strip():
            self.told(path, f"Expected a text as {path[-1]}", f"{path[-1]} 应为文字")

    def names(self, value: Any, path: Path) -> None:  # noqa: ANN401
        """Tell a value that is no list of names."""
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.told(path, f"Expected a list of names as {path[-1]}", f"{path[-1]} 应为名称清单")

    def instant(self, raw: Any, path: Path, first: datetime | None) -> datetime | None:  # noqa: ANN401
        """Return an instant that is not before another, and tell one that is none."""
        try:
            found = instant(raw)
        except ValueError:
            self.told(
                path,
                f"Expected an instant such as 2026-03-02T09:00, but it is {raw}",
                f"应为时刻，如 2026-03-02T09:00，实际为 {raw}",
            )
            return first
        if first is not None and found < first:
            self.told(
                path,
                f"Expected an instant not before {first:%Y-%m-%dT%H:%M}",
                f"不得早于 {first:%Y-%m-%dT%H:%M}",
            )
        return found

    def deed(self, raw: Mapping[str, Any], path: Path) -> None:
        """Look at who does it, the answers and the refusal."""
        self.text(raw["by"], (*path, "by"))
        data = raw.get("data") or {}
        if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
            self.told((*path, "data"), "Expected answers by field", "data 应为按字段列出的答案")
        refused = raw.get("refused")
        if refused is not None and refused not in REFUSALS:
            self.told(
                (*path, "refused"),
                f"Expected one of {', '.join(REFUSALS)}, but it is {refused}",
                f"refused 应为 {'、'.join(REFUSALS)} 之一，实际为 {refused}",
            )

    def which(self, value: Any, path: Path) -> None:  # noqa: ANN401
        """Tell what says neither by number nor by body which of several tasks is meant."""
        number = isinstance(value, int) and not isinstance(value, bool) and value > 0
        if not (value is None or number or (isinstance(value, str) and value.strip())):
            self.told(
                path,
                f"Expected a number from 1 or a body as which, but it is {value}",
                f"which 应为从 1 起的序号或单位，实际为 {value}",
            )

    def steps(self, raw: Any) -> None:  # noqa: ANN401
        """Look at every step, and at how much time passes."""
        if not isinstance(raw, list):
            self.told(("steps",), "Expected a list of steps", "steps 应为步骤清单")
            return
        if len(raw) > MOST_STEPS:
            self.told(("steps",), f"Expected at most {MOST_STEPS} steps", f"最多 {MOST_STEPS} 步")
            return
        begun = self.now
        for place, one in enumerate(raw):
            self.step(one, ("steps", place))
        if begun is not None and self.now is not None and self.now - begun > LONGEST:
            self.told(("steps",), "Expected at most five years to pass", "经过的时间最多五年")

    def step(self, raw: Any, path: Path) -> None:  # noqa: ANN401
        """Look at one step."""
        if isinstance(raw, dict) and "expect" in raw:
            self.words(raw, path, ("expect",), ())
            self.expected(raw["expect"], (*path, "expect"))
        elif isinstance(raw, dict) and "by" in raw:
            what = "task" if "task" in raw else "act"
            known = ("by", what, *(["which"] if what == "task" else []), "data", "refused")
            if self.words(raw, path, known, (what,)):
                self.text(raw[what], (*path, what))
                self.deed(raw, path)
                self.which(raw.get("which"), (*path, "which"))
        elif isinstance(raw, dict) and "clock" in raw:
            self.words(raw, path, ("clock",), ())
            self.now = self.instant(raw["clock"], (*path, "clock"), self.now)
        elif self.words(raw, path, ("advance",), ("advance",)):
            self.advance(raw["advance"], (*path, "advance"))

    def advance(self, raw: Any, path: Path) -> None:  # noqa: ANN401
        """Look at a period and let it pass."""
        try:
            passed = period(str(raw))
            self.now = self.now + passed if self.now is not None else None
        except (ValueError, OverflowError):
            self.told(
                path,
                f"Expected a period such as P1D or PT2H, but it is {raw}",
                f"应为时段，如 P1D 或 PT2H，实际为 {raw}",
            )

    def expected(self, raw: Any, path: Path) -> None:  # noqa: ANN401
        """Look at the words and shapes of an expectation."""
        if not self.words(raw, path, sorted(EXPECTATIONS), ()):
            return
        for word, value in raw.items():
            if not _SHAPES.get(word, _any)(value):
                self.told(
                    (*path, word),
                    f"Expected {_SHAPE_WORDS[word][1]} as {word}",
                    f"{word} 应为{_SHAPE_WORDS[word][0]}",
                )


def _any(_: object) -> bool:
    return True


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _word(value: object) -> bool:
    return value is None or isinstance(value, str)


def _rows(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) and all(_plain(one) for one in row.values()) for row in value
    )


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float | bool | date)


_SHAPES: Final[Mapping[str, Callable[[object], bool]]] = {
    **dict.fromkeys(_LISTS, _texts),
    **dict.fromkeys(_YES_OR_NO, _flag),
    "state": _word,
    "level": _word,
    "deadlines": _rows,
}
_SHAPE_WORDS: Final = {
    **dict.fromkeys(_LISTS, ("名称清单", "a list of names")),
    **dict.fromkeys(_YES_OR_NO, (" true 或 false", "true or false")),
    "state": ("文字", "a text"),
    "level": ("文字", "a text"),
    "deadlines": ("期限清单", "a list of deadlines"),
}
