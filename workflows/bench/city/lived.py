"""What of a year was lived so far, agency by agency: a run of hours may pause on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import Invalid
from workflows.bench.city.year import AGENCIES, COUNTY_WEIGHTS

_NAME = "lived.json"


@dataclass
class Lived:
    """The agencies that were begun, and what those came to that lived their year."""

    scale: float
    begun: list[str] = field(default_factory=list)
    parts: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    paused: list[str] = field(default_factory=list)
    """Agencies that stand between two hazards."""

    seconds: float = 0.0
    """How long all of it took, on the wall's clock."""

    @property
    def founded(self) -> bool:
        """Whether the city was founded."""
        return self.seconds > 0

    @property
    def left(self) -> Sequence[str]:
        """The agencies whose year is not over, those under way first, then the largest."""
        heaviest = sorted(zip(COUNTY_WEIGHTS, AGENCIES, strict=True), reverse=True)
        return [*self.paused, *(one for _, one in heaviest if one not in self.begun)]

    def note(self, agency: str, part: Mapping[str, Any] | str | None) -> None:
        """Note that an agency's year began or goes on (None), paused, or what it came to."""
        if part is None and agency in self.paused:
            self.paused.remove(agency)
        elif part is None:
            self.begun.append(agency)
        elif isinstance(part, str):
            self.paused.append(agency)
        else:
            self.parts[agency] = part

    def keep(self, folder: Path) -> None:
        """Write it down."""
        beside = folder / f"{_NAME}.new"
        beside.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        beside.replace(folder / _NAME)


def lived(folder: Path, scale: float) -> Lived:
    """Return what was lived in a folder before, or the beginning.

    Raises:
        Invalid: it is a city of another scale, or a run was broken off within an agency's year.
    """
    path = folder / _NAME
    if not path.exists():
        return Lived(scale)
    found = Lived(**json.loads(path.read_text(encoding="utf-8")))
    if found.scale != scale:
        raise Invalid.at(
            "keep",
            f"Expected a city of scale {scale:g}, but the one kept is of {found.scale:g}",
            f"保存的城市规模是 {found.scale:g}，而不是 {scale:g}",
        )
    broken = [one for one in found.begun if one not in found.parts and one not in found.paused]
    if broken:
        raise Invalid.at(
            "keep",
            f"Expected agencies with whole years, but the run was broken off within {broken}; "
            "remove the folder and begin anew",
            f"上次运行在 {'、'.join(broken)} 的一年中途中断，请删除该目录后重新开始",
        )
    return found
