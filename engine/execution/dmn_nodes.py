"""What every reader of decision documents needs: children by name, texts, refusals with a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine import errors
from engine.execution.xml import local_name

_LANGUAGES: Final = ("feel", "/FEEL/", "/dmn/")


def every(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of a name."""
    return [child for child in element if local_name(child) == name]


def one(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of a name."""
    return next(iter(every(element, name)), None) if element is not None else None


def text_of(element: etree._Element | None) -> str:
    """Return the text of an element's child `text`."""
    found = one(element, "text")
    return (found.text or "").strip() if found is not None else ""


def type_of(element: etree._Element | None) -> str:
    """Return the type that an element refers to, `any` if it gives none."""
    name = element.get("typeRef") if element is not None else None
    # dmn-js writes `string`, other tools `feel:string`.
    return (name or "any").rpartition(":")[2]


def refuse_languages(element: etree._Element) -> None:
    """Refuse an expression of any other language than FEEL.

    Raises:
        Invalid: there is one.
    """
    for part, language in _languages(element):
        if not any(known in language for known in _LANGUAGES):
            raise refusal(part, "expressions in FEEL", "FEEL 表达式", language)


def _languages(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for part in element.iter():
        language = part.get("expressionLanguage")
        if language:
            yield part, language


def refusal(element: etree._Element, wanted: str, wanted_zh: str, found: str) -> errors.Invalid:
    """Return the refusal of something in a document, with its place."""
    identity = _identity(element)
    return errors.Invalid(
        f"Expected {wanted} at {identity}, but found {found}",
        f"{identity} 处应为{wanted_zh}，实际为 {found}",
        element=identity,
        line=element.sourceline,
    )


def _identity(element: etree._Element) -> str:
    while element.get("id") is None:
        above = element.getparent()
        if above is None:
            return local_name(element)
        element = above
    return element.get("id") or ""
