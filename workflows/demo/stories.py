"""Hand-written stories: one hazard each, told so that it stands today where it is worth a look.

A story is a scenario whose instants count from today: `-12d 10:00` is ten o'clock twelve days
ago, `-2w 10:00` the second working day before today, `+3d` a date three days ahead. Nobody
acts today in a story, so that it may be told at any hour. Its word `today` is what it promises:

    today: {state: overdue, waits: {hold: leader_incharge}}     # tasks by who finds them
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from engine import clock
from engine.errors import Incident
from engine.store import queries
from workflows import yaml_text
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.demo import photos
from workflows.domain import working_days
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.working_days import WorkingCalendar
from workflows.scenarios.loader import Scenario, scenario_of
from workflows.scenarios.player import Played, Story

FOLDER: Final = Path(__file__).with_name("stories")
_RELATIVE: Final = re.compile(r"([+-]?\d+)([dw])(?: (\d\d):(\d\d))?")
_JUST_AFTER: Final = timedelta(seconds=1)
_MOST_DATES: Final = 200


@dataclass(frozen=True)
class DemoStory:
    """A story with what it promises a visitor today: the state, and who finds which task."""

    scenario: Scenario
    state: str
    waits: Mapping[str, str]


def load_stories(today: date, folder: Path = FOLDER) -> list[DemoStory]:
    """Return every story with its instants counted from today, in the order of their beginnings."""
    calendar = WorkingCalendar.of(working_days.seeded_days())
    found = [_story(path, today, calendar) for path in sorted(folder.glob("*.yaml"))]
    return sorted(found, key=lambda story: story.scenario.begins)


def tell(bihuan: Bihuan, story: Scenario, until: datetime) -> str | None:
    """Play a story to its end and on until today; return its case, None if told before."""
    if _is_known(bihuan, story):
        return None
    virtual = clock.VirtualClock(story.begins)
    played = Played(story)
    with clock.use(virtual):
        told = _Told(bihuan, story, virtual)
        told.run(played)
        if played.failures:
            failure = played.failures[0]
            raise Incident(
                f"Expected the story {story.name} to go as written, but at step {failure.step}: "
                f"{failure.sentence}",
                f"演示故事 {story.name} 第{failure.step}步不成立",
            )
        told.wait_until(until)
    return told.case


class _Told(Story):
    """A story lets every date on its way pass at its own instant, and shows pictures."""

    def wait_until(self, moment: datetime) -> None:
        for _ in range(_MOST_DATES):
            with self.bihuan.database.read() as session:
                due = queries.case(session, self.case).next_due_at
            if due is None or due > moment:
                break
            self.clock.set(max(due + _JUST_AFTER, self.clock.now()))
            self.bihuan.runtime.fire_due()
        self.clock.set(max(moment, self.clock.now()))

    def file(self, name: str) -> tuple[str, bytes]:
        seed = int(clock.now().timestamp()) % 1_000_000
        return f"{name}.jpg", photos.picture("file", seed)


def _is_known(bihuan: Bihuan, story: Scenario) -> bool:
    told = story.start.data
    query = select(HazardRow.case_id).where(
        HazardRow.enterprise == told["enterprise"], HazardRow.description == told["description"]
    )
    with bihuan.database.read() as session:
        return session.scalar(query.limit(1)) is not None


def _story(path: Path, today: date, calendar: WorkingCalendar) -> DemoStory:
    raw = _counted(yaml_text.read(path.read_text(encoding="utf-8")), today, calendar)
    scenario = scenario_of(raw, path.stem, ROOT_PROCESS)
    promise = raw["today"]
    return DemoStory(scenario, promise["state"], promise["waits"])


def _counted(value: Any, today: date, calendar: WorkingCalendar) -> Any:  # noqa: ANN401 any YAML value
    """Return a value of the file with every relative instant in it made absolute."""
    if isinstance(value, Mapping):
        return {key: _counted(one, today, calendar) for key, one in value.items()}
    if isinstance(value, list):
        return [_counted(one, today, calendar) for one in value]
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    count, unit, hour, minute = found.groups()
    day = _day(int(count), unit, today, calendar)
    if hour is None:
        return day
    return datetime.combine(day, time(int(hour), int(minute)), clock.BEIJING)


def _day(count: int, unit: str, today: date, calendar: WorkingCalendar) -> date:
    if unit == "d":
        return today + timedelta(days=count)
    if count >= 0:
        return calendar.add_workdays(today, count)
    day = today
    for _ in range(-count):
        day = calendar.roll_back(day - timedelta(days=1))
    return day
