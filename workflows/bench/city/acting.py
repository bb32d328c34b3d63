"""Acts beside the tasks that befall some cases: voided, shut down, handed over, raised, urged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from workflows.app import Bihuan
from workflows.bench.city.fate import Fate
from workflows.bench.city.photos import Album
from workflows.bench.city.posts import People

_REASON = "现场复核后按规定办理"
_DATA: Mapping[str, Mapping[str, Any]] = {
    "case.void_propose": {"reason": "登记有误，现场无此隐患"},
    "case.shut_down": {"reason": "企业停产关闭，危险已消除"},
    "case.transfer": {"receiver": "市场监督管理局", "reason": "属特种设备，移交主管部门"},
    "level.raise": {"level": "larger", "reason": "现场复核，危害加重"},
    "comment": {"text": "已电话督促，企业正在整改"},
    "urge": {"text": "请抓紧办理"},
}


class Acting:
    """Performs the act that a case's fate holds for it."""

    def __init__(self, bihuan: Bihuan, people: People, album: Album) -> None:
        """Take who acts, and the photographs they attach."""
        self._runtime, self._people, self._album = bihuan.runtime, people, album

    def at(self, fate: Fate, document: Mapping[str, Any], *, befallen: bool) -> datetime | None:
        """Return when the act comes: while the hazard is being mended; None if not, or no more."""
        order = document["order"]
        if not fate.act or befallen or order is None or document["phase"] != "rectifying":
            return None
        served = datetime.fromisoformat(order["served_at"])
        return served + timedelta(hours=fate.hours * fate.act_after)

    def perform(self, case: str, act: str, document: Mapping[str, Any]) -> None:
        """Do it as somebody who may."""
        actor = self._people.actor(_person(act, str(document["bodies"]["finder"])))
        data = dict(_DATA[act])
        if act == "case.shut_down":
            data["photos"] = [self._album.photo(actor, "closed")]
        self._runtime.perform_act(actor, case, act, data)


def _person(act: str, finder: str) -> str:
    if act == "case.void_propose":
        return "bureau_deputy" if finder == "bureau" else finder
    return "inspector1" if act == "level.raise" else "bureau_head"
