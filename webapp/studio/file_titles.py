"""What the files of a process are called in front of people, by their paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.deployment.bundle import FORMS
from engine.execution.bpmn_model import Node
from webapp.i18n.catalogue import Text
from workflows.designing import drafts
from workflows.domain.acts import ACTS
from workflows.scenarios.written import read_one
from workflows.trying import asking


def file_titles(process: str, title: Text, files: Mapping[str, bytes]) -> Mapping[str, Text]:
    """Return what files are called: what cannot be read, or nothing uses, has no title.

    Args:
        process: the process that they belong to.
        title: what the process is called.
        files: the files by path.
    """
    bundle = drafts.bundle_of(process, files)
    nodes = bundle.diagram.nodes if bundle.diagram is not None else ()
    tables: dict[str, list[Text]] = {}
    for identity, one in bundle.read.decisions.items():
        asked = [node.titles[1] for node in nodes if node.decision == identity]
        name = one.node.name or identity
        tables.setdefault(one.path, []).append((name, (asked or [name])[0]))
    forms: dict[str, list[Text]] = {}
    for name, titles in _of_forms(nodes):
        forms.setdefault(f"{FORMS}{name}.json", []).append(titles)
    for act in ACTS.values():
        if act.form:
            forms.setdefault(f"{FORMS}{act.form}.json", [(act.title_zh, act.title)])
    named = {path: _joined(titles) for path, titles in {**tables, **forms}.items()}
    return {bundle.diagram_path: title, **named, **dict(_scenarios(files))}


def _of_forms(nodes: Iterable[Node]) -> Iterator[tuple[str, Text]]:
    """Yield the forms that elements draw, each with what the element is called."""
    for node in nodes:
        name = node.properties.get("form") or (node.id if node.kind == "userTask" else "")
        if name:
            yield name, node.titles


def _scenarios(files: Mapping[str, bytes]) -> Iterator[tuple[str, Text]]:
    for path, content in asking.scenarios(files).items():
        title = read_one(path, content).value.get("title")
        if isinstance(title, dict) and all(isinstance(title.get(one), str) for one in ("zh", "en")):
            yield path, (title["zh"], title["en"])


def _joined(titles: Iterable[Text]) -> Text:
    several = list(dict.fromkeys(titles))
    zh, en = (dict.fromkeys(one[place] for one in several) for place in (0, 1))
    return "、".join(zh), ", ".join(en)
