"""What is published of a listed hazard in the demonstration, and what is reported on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.demo.scene import Answer, Scene

_MEDIUM = "管委会网站"


def _published(scene: Scene) -> dict[str, Any]:
    return {"medium": _MEDIUM, "published_on": scene.today()}


LISTING: Mapping[str, Answer] = {
    "publish": _published,
    "publish_zone": lambda s: {"basis": "实施意见第（十五）条", **_published(s)},
    "progress": lambda s: {"progress": "按方案推进", "percent": s.chance.randint(20, 80)},
    "take_note": lambda _: {"opinion": "已阅，请按节点推进"},
    "remove": lambda s: {"medium": _MEDIUM, "removed_on": s.today()},
}
"""What is typed into each task's form, by element; the rest is filled in already."""
