"""The diagrams of a case, with every place where one of its tokens stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from engine.store.queries import InstanceRecord
from engine.store.waiting import WaitingRecord
from webapp.cases.sources import CaseSources
from webapp.context import bihuan
from webapp.i18n.catalogue import pick, text
from webapp.presentation.step_titles import step_title


@dataclass(frozen=True)
class DiagramView:
    """A diagram with where the case stands and how it came there."""

    name: str
    address: str
    tokens: Sequence[str]
    visited: Sequence[str]
    words: str


def drawing_address(process: str, version: int, language: str, *, town: bool = False) -> str:
    """Return where a diagram is with its shapes named for a page, or for a case of a town."""
    asked = "yes" if town else None
    return url_for(
        "studio.drawing", process=process, version=version, language=language, town=asked
    )


def diagrams(sources: CaseSources, language: str) -> list[DiagramView]:
    """Return the diagrams of a case: the root always, the others while they run."""
    shown: dict[str, InstanceRecord] = {}
    for instance in sources.instances:
        told = sources.reader.follows(instance.process)
        if instance.root or (instance.status == "live" and told):
            shown[instance.process] = instance
    return [_diagram(instance, sources, language) for instance in shown.values()]


def element_title(waiting: WaitingRecord, element: str, language: str) -> str:
    """Return what an element is called in its diagram."""
    titles = bihuan().catalogue.drawing(waiting.process, waiting.version).titles
    return pick(language, *titles.get(element, (element, element)))


def _diagram(instance: InstanceRecord, sources: CaseSources, language: str) -> DiagramView:
    tasks = [task for task in sources.open_tasks if task.process == instance.process]
    waiting = [one for one in sources.waiting if one.process == instance.process]
    events = [(one, element) for one in waiting for element in one.elements]
    known = sources.definitions.get(instance.process)
    name = pick(language, known.name_zh, known.name) if known else instance.process
    places = dict.fromkeys(
        [step_title(task, sources.bodies, language, sources.record.document) for task in tasks]
        + [element_title(one, element, language) for one, element in events]
    )
    here = text("list.or", language).join(places) or text("diagram.nowhere", language)
    return DiagramView(
        name=name,
        address=drawing_address(instance.process, instance.version, language, town=sources.in_town),
        tokens=[task.element for task in tasks] + [element for _, element in events],
        visited=_visited(instance, sources),
        words=text("diagram.words", language, name=name, here=here),
    )


def _visited(instance: InstanceRecord, sources: CaseSources) -> list[str]:
    found = {
        name
        for visit in sources.visits
        if visit.process == instance.process
        for name in (visit.element, visit.flow)
        if name
    }
    return sorted(found)
