"""Reads the parts that components have in common: limits, options, binding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from engine.errors import FieldError, Invalid
from engine.forms.components import Binding, Kind, Limits, Option

_VALIDATE_KEYS: Final = frozenset(
    {"required", "minLength", "maxLength", "min", "max", "pattern", "validationType"}
)
_BINDING: Final = re.compile(r"(ext|token)\.([a-z][a-z0-9_]{0,59})")
_VALUE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_PATTERN_LIMIT: Final = 200
_NESTED_QUANTIFIER: Final = re.compile(r"[*+}]\)?[*+{]|\([^)]*[*+}][^)]*\)[*+{]")
"""Such a pattern may take exponential time on a hostile value."""


class Problems:
    """Collects what is wrong with a form definition."""

    def __init__(self) -> None:
        """Start with none."""
        self._errors: list[FieldError] = []

    def add(self, path: str, message: str, message_zh: str) -> None:
        """Note a problem at the path of a component."""
        self._errors.append(FieldError(path, message, message_zh))

    def raise_if_any(self) -> None:
        """Raise Invalid with all problems, if there are any."""
        if self._errors:
            raise Invalid(
                f"Expected a form that Bihuan draws, but it has {len(self._errors)} problems",
                f"表单定义有 {len(self._errors)} 处问题",
                self._errors,
            )


def read_limits(raw: Mapping[str, Any], kind: Kind, path: str, problems: Problems) -> Limits:
    """Read `validate` and `decimalDigits`."""
    validate = raw.get("validate") or {}
    if not isinstance(validate, dict):
        problems.add(path, "Expected validate as an object", "validate 应为对象")
        return Limits()
    for name in sorted(set(validate) - _VALIDATE_KEYS):
        problems.add(path, f"Expected a known rule, but {name} is none", f"不支持校验规则 {name}")
    reader = _Rules(validate, path, problems)
    digits = raw.get("decimalDigits")
    return Limits(
        required=validate.get("required") is True,
        min_length=reader.count("minLength"),
        max_length=reader.count("maxLength"),
        minimum=reader.number("min") if kind == "number" else None,
        maximum=reader.number("max") if kind == "number" else None,
        pattern=reader.pattern(),
        digits=digits if isinstance(digits, int) else None,
    )


class _Rules:
    """The rules of one component's `validate`."""

    def __init__(self, rules: Mapping[str, Any], path: str, problems: Problems) -> None:
        self._rules = rules
        self._path = path
        self._problems = problems

    def count(self, name: str) -> int | None:
        value = self._rules.get(name)
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._problems.add(self._path, f"Expected {name} as a count", f"{name} 应为非负整数")
            return None
        return value

    def number(self, name: str) -> Decimal | None:
        value = self._rules.get(name)
        if value in (None, ""):
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation:
            self._problems.add(self._path, f"Expected {name} as a number", f"{name} 应为数字")
            return None

    def pattern(self) -> str | None:
        value = self._rules.get("pattern")
        if value in (None, ""):
            return None
        if not isinstance(value, str) or len(value) > _PATTERN_LIMIT or not _is_tame(value):
            self._problems.add(
                self._path,
                "Expected a short regular expression without nested repetition, but it is another",
                "pattern 应为简短的正则表达式，且不得嵌套重复",
            )
            return None
        return value


def _is_tame(pattern: str) -> bool:
    if _NESTED_QUANTIFIER.search(pattern):
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def read_options(raw: Mapping[str, Any], path: str, problems: Problems) -> tuple[Option, ...]:
    """Read `values` with their English labels from `properties.values_en`."""
    values = raw.get("values")
    if not isinstance(values, list) or not values:
        problems.add(path, "Expected options in values or valuesKey, but it has none", "缺少选项")
        return ()
    english = _english(raw.get("properties"))
    options: list[Option] = []
    for item in values:
        value = item.get("value") if isinstance(item, dict) else None
        if not isinstance(value, str) or not _VALUE.fullmatch(value):
            problems.add(
                path, f"Expected a plain option value, but it is {value!r}", "选项值不合法"
            )
            continue
        if any(option.value == value for option in options):
            problems.add(
                path, f"Expected every option once, but {value} repeats", f"选项 {value} 重复"
            )
        label = str(item.get("label") or value)
        options.append(Option(value, label, str(english.get(value) or label)))
    return tuple(options)


def _english(properties: object) -> Mapping[str, object]:
    labels = properties.get("values_en") if isinstance(properties, dict) else None
    return labels if isinstance(labels, dict) else {}


def read_binding(raw: object, path: str, problems: Problems) -> Binding | None:
    """Read `binds`: `token.<flag>`, or `ext.<name>` for a field that the designer adds."""
    if raw in (None, ""):
        return None
    match = _BINDING.fullmatch(raw) if isinstance(raw, str) else None
    if match is None:
        problems.add(
            path,
            f"Expected binds as token.flag or ext.name, but it is {raw!r}",
            "binds 应为 token.标志 或 ext.名称",
        )
        return None
    target, name = match.groups()
    return Binding("token" if target == "token" else "ext", name)
