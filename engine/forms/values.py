"""Turns one submitted value into a clean JSON value, or says which rule it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from engine import clock
from engine.forms.components import Component
from engine.forms.sentences import Sentence

TEXT_LIMIT: Final = {"textfield": 500, "textarea": 5_000}
ENTRY_LIMIT: Final = 100
"""Entries of a checklist, files of a picker, rows of a list."""

NUMBER_LIMIT: Final = Decimal(10) ** 15
YEARS: Final = range(1949, 2200)

_VISIBLE: Final = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
"""A character that a reader can see: no space, no mark without width, no blank letter."""

_WIDTHLESS: Final = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
"""Marks that nobody sees and that come along from other programs; those that join the parts of
an emoji are not among them."""

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e]")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_FILE_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_CHOICE_LIMIT: Final = 200
_WORDS: Final = {"true": True, "on": True, "1": True, "false": False, "off": False, "0": False}


class Refused(Exception):  # noqa: N818 named by what happened
    """A value breaks a rule; `sentence` says which."""

    def __init__(self, code: str, **details: object) -> None:
        """Keep the sentence of a code."""
        super().__init__(code)
        self.sentence = Sentence.of(code, **details)


def is_blank(value: object) -> bool:
    """Return whether nothing that can be seen was entered; false and 0 are values."""
    return value is None or value == [] or (isinstance(value, str) and not _VISIBLE.search(value))


def without_widthless(text: str) -> str:
    """Return a text without the marks that nobody sees, so that equal names are equal."""
    return _WIDTHLESS.sub("", text)


def text_value(component: Component, value: object) -> str:
    """Return trimmed text within its limits."""
    if not isinstance(value, str):
        raise Refused("type.text")
    text = without_widthless(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(text):
        raise Refused("control")
    if component.kind == "textfield" and "\n" in text:
        raise Refused("line")
    _check_length(component, text)
    pattern = component.limits.pattern
    if pattern is not None and re.fullmatch(pattern, text) is None:
        raise Refused("pattern")
    return text


def _check_length(component: Component, text: str) -> None:
    limits = component.limits
    most = limits.max_length if limits.max_length is not None else TEXT_LIMIT[component.kind]
    if len(text) > most:
        raise Refused("shorter", limit=most, value=len(text))
    if limits.min_length is not None and len(text) < limits.min_length:
        raise Refused("longer", limit=limits.min_length, value=len(text))


def number_value(component: Component, value: object) -> int | float:
    """Return a number within its limits: whole if it is whole."""
    number = _decimal(value)
    limits = component.limits
    if limits.minimum is not None and number < limits.minimum:
        raise Refused("least", limit=limits.minimum, value=number)
    most = limits.maximum if limits.maximum is not None else NUMBER_LIMIT
    if number > most or number < -NUMBER_LIMIT:
        raise Refused("most", limit=most, value=number)
    if limits.digits is not None and number != round(number, limits.digits):
        raise Refused("digits", limit=limits.digits)
    return int(number) if number == number.to_integral_value() else float(number)


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused("type.number")
    text = value.strip() if isinstance(value, str) else repr(value)
    if isinstance(value, str) and not _NUMBER.fullmatch(text):
        raise Refused("type.number")
    try:
        number = Decimal(text)
    except (InvalidOperation, ValueError) as error:
        raise Refused("type.number") from error
    if not number.is_finite():
        raise Refused("type.number")
    return number


def date_value(_component: Component, value: object) -> str:
    """Return an ISO date that exists."""
    text = value.strip() if isinstance(value, str) else ""
    if not _DATE.fullmatch(text):
        raise Refused("date")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("date") from error
    _check_year(day.year)
    return day.isoformat()


def instant_value(value: object, *, assume_beijing: bool) -> str:
    """Return an RFC 3339 instant in Beijing time."""
    text = value.strip() if isinstance(value, str) else ""
    if not _DATETIME.fullmatch(text):
        raise Refused("datetime")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("datetime") from error
    _check_year(instant.year)
    if instant.tzinfo is None:
        if not assume_beijing:
            raise Refused("zone")
        instant = instant.replace(tzinfo=clock.BEIJING)
    return instant.astimezone(clock.BEIJING).isoformat()


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise Refused("year", value=year)


def boolean_value(_component: Component, value: object) -> bool:
    """Return true or false, also from what a page's checkbox sends."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in _WORDS:
        return _WORDS[value.lower()]
    raise Refused("type.boolean")


def choice_value(options: frozenset[str] | None, value: object) -> str:
    """Return one of the options; any short text if they are not known (None)."""
    if not isinstance(value, str):
        raise Refused("type.text")
    if len(value) > _CHOICE_LIMIT or CONTROL.search(value):
        raise Refused("option")
    if options is not None and value not in options:
        raise Refused("option")
    return value


def file_value(value: object) -> str:
    """Return the id of an uploaded file."""
    if not isinstance(value, str) or not _FILE_ID.fullmatch(value):
        raise Refused("type.id")
    return value


def entries(component: Component, value: object, read: Callable[[object], Any]) -> list[Any]:
    """Return a list of distinct entries, each read on its own; one bare value is a list of one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        raise Refused("type.list")
    check_count(component, len(value))
    found = [read(item) for item in value]
    if len(set(found)) != len(found):
        raise Refused("repeated")
    return found


def check_count(component: Component, count: int) -> None:
    """Refuse too many or too few entries."""
    limits = component.limits
    most = ENTRY_LIMIT if limits.max_length is None else min(limits.max_length, ENTRY_LIMIT)
    if component.kind == "filepicker" and not component.multiple:
        most = 1
    if count > most:
        raise Refused("fewer", limit=most, value=count)
    if limits.min_length is not None and count < limits.min_length:
        raise Refused("more", limit=limits.min_length, value=count)
