"""Diagrams with other names on their shapes: what a viewer is sent, never what is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from engine.execution import xml
from engine.execution.label_place import find_places
from engine.execution.label_room import make_room

Rename = Callable[[str, str], str]
"""Takes the name as it is written and what the documentation calls it, "" where it is silent."""

_NOT_DRAWN: Final = frozenset(
    {"message", "signal", "error", "escalation", "process", "extensionElements"}
)


def renamed(data: bytes, rename: Rename) -> bytes:
    """Return the XML of a diagram with every name that is drawn given anew.

    The first line of an element's documentation is its other name; a pool bears that of the
    process it stands for.
    """
    root = xml.safe_parse(data)
    processes = {one.get("id"): one for one in root.iter(xml.tag(xml.BPMN, "process"))}
    changed: dict[str, str] = {}
    for element in _drawn(root):
        written, told = element.get("name", ""), processes.get(element.get("processRef"), element)
        name = rename(written, _other(told))
        if name != written:
            element.set("name", name)
            changed[element.get("id", "")] = name
    make_room(root, changed)
    find_places(root)
    for note in root.iter(xml.tag(xml.BPMN, "textAnnotation")):
        for text in note.iterchildren(xml.tag(xml.BPMN, "text")):
            text.text = rename(text.text or "", _other(note))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _drawn(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(f"{{{xml.BPMN}}}*"):
        if element.get("name") and xml.local_name(element) not in _NOT_DRAWN:
            yield element


def _other(element: etree._Element) -> str:
    found = element.find(xml.tag(xml.BPMN, "documentation"))
    return (found.text or "").strip().partition("\n")[0].strip() if found is not None else ""
