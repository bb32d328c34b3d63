"""The rule set: every number of the loop with its unit, article and sentence, versioned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from engine.errors import Incident, Invalid

RULES = Path(__file__).resolve().parent.parent / "rules"
SHIPPED = ("GY-2022-15",)
_COUNTS = frozenset({"days", "workdays", "hours", "count", "yuan", "months", "percent"})
_PARTS = ("id", "version", "status", "number_prefix", "title", "basis", "values")
_TABLES = ("title", "basis", "values")
_MOST, _MOST_YUAN = 9_999, 10_000_000
READ, FIXED, REFERENCE = "read", "fixed", "reference"
"""Read by the product, done by it in this one way, or kept for readers alone."""


@dataclass(frozen=True)
class RuleValue:
    """One value with where it comes from and what it says."""

    key: str
    value: Any
    unit: str
    article: str
    question: str
    zh: str
    en: str
    use: str = READ
    allowed: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    length: int = 0

    def text(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class RuleSet:
    """One version of a rule set; immutable. Reading a key it lacks is an incident."""

    id: str
    version: int
    status: str
    number_prefix: str
    title_zh: str
    title: str
    basis_zh: str
    basis: str
    values: Mapping[str, RuleValue]

    @property
    def reference(self) -> dict[str, Any]:
        """What a case document keeps: which rule set, which version."""
        return {"id": self.id, "version": self.version}

    def __getitem__(self, key: str) -> RuleValue:
        """Return a value with its article and sentence."""
        if key not in self.values:
            raise Incident(
                f"Expected {self.id} version {self.version} to hold {key}, but it does not",
                f"规则集 {self.id} 第{self.version}版缺少 {key}",
            )
        return self.values[key]

    def __iter__(self) -> Iterator[RuleValue]:
        """Yield every value."""
        return iter(self.values.values())

    def whole(self, key: str) -> int:
        """Return a number of days, working days, hours, persons or yuan."""
        return int(self[key].value)

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of numbers."""
        return tuple(int(value) for value in self[key].value)

    def word(self, key: str) -> str:
        """Return a choice."""
        return str(self[key].value)

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of choices."""
        return tuple(str(value) for value in self[key].value)

    def flag(self, key: str) -> bool:
        """Return a yes or no."""
        return bool(self[key].value)


def shipped_text(rule_set: str = SHIPPED[0]) -> str:
    """Return the text of a rule set that the product ships."""
    return (RULES / f"{rule_set}.yaml").read_text(encoding="utf-8")


def parse(text: str, version: int | None = None) -> RuleSet:
    """Return the rule set of a YAML text; raise Invalid naming every value that is wrong."""
    raw = _raw(text)
    _check_shape(raw)
    values = {key: _value(key, entry) for key, entry in raw["values"].items()}
    wrong = {key: why for key, value in values.items() if (why := _fault(value))}
    if wrong:
        named = ", ".join(f"{key} ({why})" for key, (_, why) in wrong.items())
        named_zh = "；".join(f"{key}（{why}）" for key, (why, _) in wrong.items())
        raise Invalid(
            f"Expected values with unit, article and sentences, but found: {named}",
            f"规则集有误的条目：{named_zh}",
        )
    return RuleSet(
        id=str(raw["id"]),
        version=version or int(raw["version"]),
        status=str(raw["status"]),
        number_prefix=str(raw["number_prefix"]),
        title_zh=raw["title"]["zh"],
        title=raw["title"]["en"],
        basis_zh=raw["basis"]["zh"],
        basis=raw["basis"]["en"],
        values=values,
    )


def effective_from(text: str) -> date | None:
    """Return since when a text says that it is in force; None until a zone adopts it."""
    found = _raw(text).get("effective_from")
    return found if isinstance(found, date) else None


@lru_cache(maxsize=8)
def _raw(text: str) -> Mapping[str, Any]:
    """Return what a text holds; several questions are asked of the same one."""
    try:
        found: Mapping[str, Any] = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise Invalid(
            f"Expected a rule set as YAML, but line {line} cannot be read as such",
            f"规则集第 {line} 行不是有效的 YAML，请检查缩进、引号和括号",
        ) from error
    return found


def _check_shape(raw: object) -> None:
    """Raise Invalid naming the parts that a rule set lacks, or that are no tables of entries."""
    found = raw if isinstance(raw, Mapping) else {}
    missing = [name for name in _PARTS if name not in found]
    tables = [name for name in _TABLES if name in found and not _is_table(found[name])]
    entries = found.get("values")
    if isinstance(entries, Mapping):
        tables += [f"values.{key}" for key, entry in entries.items() if not _is_table(entry)]
    if missing or tables:
        named = ", ".join([*missing, *tables])
        raise Invalid(
            f"Expected a rule set with {', '.join(_PARTS)}; missing or no table: {named}",
            f"规则集应有 {'、'.join(_PARTS)}；缺少或不是条目表的：{named.replace(', ', '、')}",
        )


def _is_table(part: object) -> bool:
    return isinstance(part, Mapping) and bool(part)


def _value(key: str, entry: Mapping[str, Any]) -> RuleValue:
    return RuleValue(
        key=key,
        value=entry.get("value"),
        unit=str(entry.get("unit", "")),
        article=str(entry.get("article", "")),
        question=str(entry.get("question", "")),
        zh=str(entry.get("zh", "")),
        en=str(entry.get("en", "")),
        use=str(entry.get("use", READ)),
        allowed=tuple(entry.get("allowed", ())),
        least=tuple(entry.get("least", ())),
        length=int(entry.get("length", 0)),
    )


def _fault(value: RuleValue) -> tuple[str, str] | None:
    """Return what is wrong with a value, in Chinese and English."""
    if not (value.article and value.zh and value.en):
        return "缺少条款或说明", "no article or sentence"
    if value.use not in (READ, FIXED, REFERENCE):
        return f"用途 {value.use!r} 不明", f"unknown use {value.use!r}"
    fits = {
        "flag": isinstance(value.value, bool),
        "choice": isinstance(value.value, str),
        "choices": _all(value.value, str),
        "numbers": _all(value.value, int),
    }
    if value.unit in _COUNTS:
        whole = isinstance(value.value, int) and not isinstance(value.value, bool)
        most = _MOST_YUAN if value.unit == "yuan" else _MOST
        fits_count = whole and 0 <= value.value <= most
        return (
            None
            if fits_count
            else (
                f"应为 0 至 {most} 的整数",
                f"not a whole number from 0 to {most}",
            )
        )
    if value.unit not in fits:
        return f"单位 {value.unit!r} 不明", f"unknown unit {value.unit!r}"
    return None if fits[value.unit] else (f"与单位 {value.unit} 不符", f"not of unit {value.unit}")


def _all(value: object, kind: type) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, kind) for v in value)
