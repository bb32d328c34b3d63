"""What a form says when a value is not accepted, in both languages, by code."""

from __future__ import annotations

from typing import Final

from engine.errors import FieldError

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "required": ("Expected a value, but it is empty", "此项必填"),
    "unknown": ("Expected a field of this form, but it has none of this name", "表单中没有此字段"),
    "reserved": (
        "Expected a field of this form, but this name is reserved",
        "此名称为系统保留，不得提交",
    ),
    "type.text": ("Expected text, but it is of another type", "应为文字"),
    "type.number": ("Expected a number, but it is none", "应为数字"),
    "type.boolean": ("Expected true or false, but it is neither", "应为是或否"),
    "type.list": ("Expected a list, but it is none", "应为列表"),
    "type.row": ("Expected a row of named values, but it is none", "应为一行数据"),
    "type.id": ("Expected the id of an uploaded file, but it is none", "应为已上传文件的编号"),
    "date": (
        "Expected a date that exists, written as 2026-01-31, but it is none",
        "应为真实存在的日期，格式如 2026-01-31",
    ),
    "datetime": (
        "Expected a date and time that exist, written as 2026-01-31 09:30, but it is none",
        "应为真实存在的日期和时间，格式如 2026-01-31 09:30",
    ),
    "zone": (
        "Expected a time with its zone, such as +08:00, but it has none",
        "时间须注明时区，例如 +08:00",
    ),
    "year": ("Expected a year from 1949 to 2199, but it is {value}", "年份应在 1949 至 2199 之间"),
    "control": ("Expected text without control characters, but it has some", "文字中含有控制字符"),
    "line": ("Expected one line, but it has several", "此项只能填写一行"),
    "longer": (
        "Expected at least {limit} characters, but it has {value}",
        "至少填写 {limit} 个字，现有 {value} 个",
    ),
    "shorter": (
        "Expected at most {limit} characters, but it has {value}",
        "最多填写 {limit} 个字，现有 {value} 个",
    ),
    "pattern": ("Expected the form that the hint describes, but it differs", "格式不符合要求"),
    "least": ("Expected at least {limit}, but it is {value}", "不得小于 {limit}"),
    "most": ("Expected at most {limit}, but it is {value}", "不得大于 {limit}"),
    "digits": ("Expected at most {limit} decimal places, but it has more", "小数最多 {limit} 位"),
    "option": ("Expected one of the options, but it is none of them", "请从给定选项中选择"),
    "repeated": ("Expected every entry once, but one is repeated", "同一项不得重复"),
    "fewer": (
        "Expected at most {limit} entries, but there are {value}",
        "最多 {limit} 项，现有 {value} 项",
    ),
    "more": (
        "Expected at least {limit} entries, but there are {value}",
        "至少 {limit} 项，现有 {value} 项",
    ),
    "oversized": (
        "Expected at most {limit} bytes in the whole form, but it has {value}",
        "表单内容最多 {limit} 字节，现有 {value} 字节",
    ),
    "mapping": (
        "Expected named values, but the data is something else",
        "表单数据应为字段与值的对应",
    ),
}


class Sentence(str):
    """An English sentence that carries the Chinese one; a `str` wherever one is asked for."""

    __slots__ = ("zh",)
    zh: str

    @classmethod
    def of(cls, code: str, **details: object) -> Sentence:
        """Return the sentence of a code, with its details filled in."""
        english, chinese = _SENTENCES[code]
        sentence = cls(english.format(**details))
        sentence.zh = chinese.format(**details)
        return sentence

    def at(self, field: str) -> FieldError:
        """Return the sentence as the error of a field."""
        return FieldError(field, str(self), self.zh)
