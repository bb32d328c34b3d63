"""Reads a form-js schema into components, and says everything that is wrong with it at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, cast

from engine.errors import Invalid
from engine.forms.components import CHOICES, Component, Kind, Option, fields_of
from engine.forms.conditions import condition_problem, reserved_names
from engine.forms.parts import Problems, read_binding, read_limits, read_options

SIZE_LIMIT: Final = 200_000
"""Bytes of one form; the largest shipped one has about 10,000."""

DEPTH_LIMIT: Final = 4
"""Groups and repeated rows inside one another."""

COMPONENT_LIMIT: Final = 200

_KINDS: Final = frozenset(
    {
        "textfield",
        "textarea",
        "number",
        "datetime",
        "select",
        "radio",
        "checkbox",
        "checklist",
        "filepicker",
        "group",
        "dynamiclist",
        "text",
    }
)
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


def read_form(text: str | bytes) -> tuple[str, tuple[Component, ...]]:
    """Return the id and the components of a form-js schema.

    Raises:
        Invalid: with every problem, each at the path of its component.
    """
    schema = _parse(text)
    problems = Problems()
    if schema.get("type") != "default":
        problems.add("type", 'Expected type "default", but it is another', "表单类型应为 default")
    form_id = schema.get("id")
    if not isinstance(form_id, str) or not form_id:
        problems.add("id", "Expected an id of the form, but it has none", "表单缺少 id")
    reader = _Reader(problems)
    components = reader.read_all(schema.get("components"), "components", 1)
    _refuse_repeated_keys(components, problems)
    problems.raise_if_any()
    return cast("str", form_id), components


def _parse(text: str | bytes) -> Mapping[str, Any]:
    size = len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    if size > SIZE_LIMIT:
        raise Invalid(
            f"Expected a form of at most {SIZE_LIMIT} bytes, but it has {size}",
            f"表单最多 {SIZE_LIMIT} 字节，实际为 {size} 字节",
        )
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            f"Expected a form in JSON, but the parser says: {error}",
            f"表单不是有效的 JSON：{error}",
        ) from error
    if not isinstance(schema, dict):
        raise Invalid("Expected a form object, but the JSON holds none", "表单应为一个 JSON 对象")
    return schema


class _Reader:
    """Walks through the components of one form."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._count = 0

    def read_all(self, raw: object, path: str, depth: int) -> tuple[Component, ...]:
        """Read a list of components whose keys share one scope."""
        if not isinstance(raw, list):
            self._problems.add(
                path, "Expected a list of components, but it is none", "应为组件列表"
            )
            return ()
        if depth > DEPTH_LIMIT:
            self._problems.add(
                path, "Expected fewer nested groups, but they lie deeper", "分组嵌套过深"
            )
            return ()
        found = [self._read(item, f"{path}.{n}", depth) for n, item in enumerate(raw)]
        return tuple(component for component in found if component is not None)

    def _read(self, raw: object, path: str, depth: int) -> Component | None:
        self._count += 1
        if self._count == COMPONENT_LIMIT + 1:
            self._problems.add(path, f"Expected at most {COMPONENT_LIMIT} components", "组件过多")
        if not isinstance(raw, dict):
            self._problems.add(path, "Expected a component object, but it is none", "应为组件对象")
            return None
        kind = self._kind(raw, path)
        if kind is None:
            return None
        properties = self._properties(raw, path)
        label = str(raw.get("label") or raw.get("dateLabel") or raw.get("text") or "")
        component = Component(
            kind=kind,
            key=self._key(raw, kind, path),
            label_zh=label,
            label=str(properties.get("label_en") or label),
            hint_zh=str(properties.get("hint") or raw.get("description") or ""),
            hint=str(properties.get("hint_en") or properties.get("hint") or ""),
            limits=read_limits(raw, kind, path, self._problems),
            options=self._options(raw, kind, path),
            options_from=self._options_from(raw, kind),
            binding=read_binding(properties.get("binds"), path, self._problems),
            hide=self._hide(raw, path),
            readonly=self._flag(raw, "readonly", path) or self._flag(raw, "disabled", path),
            multiple=kind == "filepicker" and self._flag(raw, "multiple", path),
            default=raw.get("defaultValue"),
            children=self._children(raw, kind, path, depth),
        )
        self._check(component, path)
        return component

    def _kind(self, raw: Mapping[str, Any], path: str) -> Kind | None:
        kind = raw.get("type")
        if kind == "datetime":
            kind = raw.get("subtype", "date")
            if kind not in ("date", "datetime"):
                self._problems.add(
                    path, "Expected subtype date or datetime", "subtype 应为 date 或 datetime"
                )
                return None
        elif not isinstance(kind, str) or kind not in _KINDS:
            self._problems.add(
                path,
                f"Expected a component that Bihuan draws, but it is {kind!r}",
                f"不支持组件类型 {kind}",
            )
            return None
        return cast("Kind", kind)

    def _properties(self, raw: Mapping[str, Any], path: str) -> Mapping[str, Any]:
        properties = raw.get("properties", {})
        if isinstance(properties, dict):
            return properties
        self._problems.add(path, "Expected properties as an object", "properties 应为对象")
        return {}

    def _key(self, raw: Mapping[str, Any], kind: Kind, path: str) -> str:
        if kind in ("group", "text"):
            return ""
        key = raw.get("path") or raw.get("key") if kind == "dynamiclist" else raw.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            self._problems.add(
                path,
                f"Expected a key of small letters, digits and _, but it is {key!r}",
                "字段 key 应由小写字母、数字和下划线组成",
            )
            return ""
        if key in reserved_names():
            self._problems.add(
                path, f"Expected a free key, but {key} is reserved", f"key {key} 为保留名称"
            )
        return key

    def _options_from(self, raw: Mapping[str, Any], kind: Kind) -> str | None:
        found = raw.get("valuesKey")
        return found if kind in CHOICES and isinstance(found, str) else None

    def _options(self, raw: Mapping[str, Any], kind: Kind, path: str) -> tuple[Option, ...]:
        if kind not in CHOICES or self._options_from(raw, kind) is not None:
            return ()
        return read_options(raw, path, self._problems)

    def _hide(self, raw: Mapping[str, Any], path: str) -> str | None:
        conditional = raw.get("conditional") or {}
        hide = conditional.get("hide") if isinstance(conditional, dict) else conditional
        if not hide:
            return None
        if not isinstance(hide, str) or not hide.startswith("="):
            self._problems.add(path, 'Expected a condition as "=FEEL"', "条件应写作 =FEEL 表达式")
            return None
        expression = hide[1:].strip()
        problem = condition_problem(expression)
        if problem is not None:
            self._problems.add(path, problem.message, problem.message_zh)
            return None
        return expression

    def _flag(self, raw: Mapping[str, Any], name: str, path: str) -> bool:
        value = raw.get(name, False)
        if not isinstance(value, bool):
            self._problems.add(
                path, f"Expected {name} to be true or false", f"{name} 应为 true 或 false"
            )
            return False
        return value

    def _children(
        self, raw: Mapping[str, Any], kind: Kind, path: str, depth: int
    ) -> tuple[Component, ...]:
        if kind not in ("group", "dynamiclist"):
            return ()
        if kind == "group" and raw.get("path"):
            self._problems.add(path, "Expected a group without path", "分组不支持 path")
        return self.read_all(raw.get("components"), f"{path}.components", depth + 1)

    def _check(self, component: Component, path: str) -> None:
        if component.kind != "group" and not component.label_zh:
            self._problems.add(path, "Expected a label, but it has none", "缺少中文标签")


def _refuse_repeated_keys(
    components: tuple[Component, ...], problems: Problems, scope: str = ""
) -> None:
    seen: set[str] = set()
    for field in fields_of(components):
        path = f"{scope}{field.key}"
        if field.key and field.key in seen:
            problems.add(path, "Expected every key once, but it is repeated", "字段 key 重复")
        seen.add(field.key)
        _refuse_repeated_keys(field.children, problems, f"{path}.")
