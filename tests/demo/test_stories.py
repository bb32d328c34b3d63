"""The stories of the demonstration stand where they promise, on whatever day it is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import clock
from engine.history.verify import verify_all
from engine.store import queries
from workflows.app import Bihuan, Settings
from workflows.demo import loading
from workflows.demo.enterprises import ENTERPRISES
from workflows.demo.stories import DemoStory, load_stories, tell
from workflows.domain import organisation
from workflows.scenarios.facts import read_facts
from workflows.scenarios.loader import Wait

ORDINARY = datetime(2026, 10, 20, 10, tzinfo=clock.BEIJING)
# A working day, one with days of rest before and after it, one before a working day.
DAYS = (
    pytest.param(ORDINARY, id="a Tuesday"),
    pytest.param(datetime(2026, 10, 4, 23, 30, tzinfo=clock.BEIJING), id="National Day"),
    pytest.param(datetime(2026, 11, 22, 0, 20, tzinfo=clock.BEIJING), id="early on a Sunday"),
)
ACCOUNTS = (
    "park_east",
    "park_west",
    "industry_economy",
    "industry_construction",
    "bureau_clerk",
    "bureau_head",
    "office",
    "leader_incharge",
    "leader_principal",
    *(enterprise.id for enterprise in ENTERPRISES),
)


@dataclass(frozen=True)
class Zone:
    """A zone in which every story was told, by the story's name."""

    bihuan: Bihuan
    today: datetime
    stories: dict[str, DemoStory]
    cases: dict[str, str]

    def document(self, name: str) -> dict[str, Any]:
        """Return the document of a story's case."""
        with self.bihuan.database.read() as session:
            return dict(queries.case(session, self.cases[name]).document)

    def row(self, name: str, kind: str) -> dict[str, Any]:
        """Return the last date of a kind in a story's case."""
        found = [one for one in self.document(name)["deadlines"] if one["kind"] == kind]
        return dict(found[-1])


@pytest.fixture(scope="module", params=DAYS)
def zone(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Zone]:
    today: datetime = request.param
    folder: Path = tmp_path_factory.mktemp("zone")
    settings = Settings(
        f"sqlite:///{folder / 'bihuan.db'}", data_directory=folder, evidence_directory=folder / "e"
    )
    bihuan = Bihuan.open(settings)
    bihuan.database.create_all()
    cases = {}
    with clock.use(clock.VirtualClock(today)):
        loading.load_base(bihuan)
        stories = load_stories(clock.beijing_date(today))
        for story in stories:
            case = tell(bihuan, story.scenario, today)
            assert case is not None
            cases[story.scenario.name] = case
        yield Zone(bihuan, today, {one.scenario.name: one for one in stories}, cases)
    bihuan.database.dispose()


def test_every_story_arrives_at_the_state_it_promises(zone: Zone) -> None:
    with zone.bihuan.database.read() as session:
        for name, story in zone.stories.items():
            facts = read_facts(session, zone.cases[name])
            assert facts.state == story.state, name
            assert set(story.waits) <= set(facts.open), name
        assert queries.open_incidents(session) == []
        assert verify_all(session).sound


def test_every_promised_task_lies_in_the_inbox_of_its_person(zone: Zone) -> None:
    with zone.bihuan.database.read() as session:
        for name, story in zone.stories.items():
            tasks = queries.case_tasks(session, zone.cases[name], status="open")
            for element, person in story.waits.items():
                held = set(organisation.actor_of(session, person, zone.today).grants)
                offered = [set(task.candidates) for task in tasks if task.element == element]
                assert any(held & grants for grants in offered), (name, element, person)


@pytest.mark.parametrize("person", ACCOUNTS)
def test_every_account_finds_open_work(zone: Zone, person: str) -> None:
    with zone.bihuan.database.read() as session:
        actor = organisation.actor_of(session, person, zone.today)
        assert queries.count_inbox(session, actor) > 0


def test_extensions_stand_in_every_stage(zone: Zone) -> None:
    statuses = {
        one["status"] for name in zone.cases for one in zone.document(name)["extension_requests"]
    }
    assert statuses >= {"pending", "returned", "effective", "refused", "withdrawn"}
    filed = zone.document("extension_filed")["extension_requests"][-1]["filing"]
    assert filed["register_number"]
    assert zone.row("extension_filed", "filing")["state"] == "met"
    never = zone.document("extension_never_filed")["extension_requests"][-1]["filing"]
    assert never["register_number"] is None
    assert zone.row("extension_never_filed", "filing")["due_date"] < _day(zone)
    assert zone.document("extension_second")["extension_requests"][-1]["second"]
    assert zone.row("order_awaits_issuer", "order")["state"] == "live"


def test_the_silent_signatory_has_reached_the_top_of_the_ladder(zone: Zone) -> None:
    with zone.bihuan.database.read() as session:
        history = queries.case_history(session, zone.cases["silent_signatory"])
    rungs = [entry.data.get("rung") for entry in history if entry.element == "sign_department"]
    assert "leader_and_office" in rungs
    assert zone.document("silent_signatory")["interviews"][0]["silent"] == ["industry_department"]


def test_interviews_are_due_today_and_one_is_late(zone: Zone) -> None:
    assert zone.row("interview_today_leader", "interview")["due_date"] == _day(zone)
    calendar_day = zone.row("interview_today_commander", "interview")["due_date"]
    assert calendar_day >= _day(zone), "a larger hazard's date rolls over rest days"
    for name in ("interview_today_leader", "interview_today_commander", "no_show"):
        notice = zone.document(name)["interviews"][-1]["notice"]
        met = clock.beijing_date(datetime.fromisoformat(notice["time"]))
        assert met.isoformat() == _day(zone), name
    late = zone.document("interview_late")["interviews"][-1]
    assert late["late"]
    assert zone.row("interview_late", "interview")["state"] == "expired"
    assert zone.document("no_show")["interviews"][-1]["no_shows"][0]["substitute"]


def test_after_the_minutes_a_final_date_runs_and_a_second_expiry_binds_the_bureau(
    zone: Zone,
) -> None:
    assert zone.row("minutes_final_date", "final")["state"] == "live"
    assert zone.row("second_expiry", "final")["state"] == "expired"
    assert zone.document("second_expiry")["enforcements"][-1]["mandatory"]
    checked = zone.document("referral_checked")["enforcements"][-1]["referral"]
    assert len(checked["elements"]) == 4
    assert checked["refer"] is None


def test_a_hazard_listed_at_zone_grade_has_one_report_in_time_and_one_missed(zone: Zone) -> None:
    listing = zone.document("listed_zone_grade")["listing"]
    assert listing["grade"] == 2
    with zone.bihuan.database.read() as session:
        case = zone.cases["listed_zone_grade"]
        reports = queries.case_history(session, case)
        (awaited,) = (
            task
            for task in queries.case_tasks(session, case, status="open")
            if task.element == "progress"
        )
    assert [one.act for one in reports].count("listing.progress") == 1
    assert len(listing["missed"]) == 1
    assert awaited.due_at is not None


def test_nobody_acts_today_and_time_runs_forward(zone: Zone) -> None:
    for name, story in zone.stories.items():
        waits = [step for step in story.scenario.steps if isinstance(step, Wait)]
        moments = [story.scenario.begins, *(step.until for step in waits if step.until)]
        assert moments == sorted(moments), name
        assert clock.beijing_date(moments[-1]) < clock.beijing_date(zone.today), name


def test_stories_told_twice_add_nothing(zone: Zone) -> None:
    assert [tell(zone.bihuan, one.scenario, zone.today) for one in zone.stories.values()] == [
        None
    ] * len(zone.stories)


def test_instants_count_from_today_in_days_and_working_days(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(
        "title: {zh: 一, en: One}\n"
        "today: {state: rectifying, waits: {}}\n"
        "clock: -2w 08:15\n"
        "start: {by: inspector1, data: {a: -3d, b: +1w, c: [0d 15:00], d: -3d of text}}\n",
        encoding="utf-8",
    )
    story = load_stories(date(2026, 10, 4), tmp_path)[0].scenario
    assert story.begins == datetime(2026, 9, 29, 8, 15, tzinfo=clock.BEIJING)
    assert story.start.data == {
        "a": date(2026, 10, 1),
        "b": date(2026, 10, 8),
        "c": [datetime(2026, 10, 4, 15, tzinfo=clock.BEIJING)],
        "d": "-3d of text",
    }


def _day(zone: Zone, days: int = 0) -> str:
    return (clock.beijing_date(zone.today) + timedelta(days=days)).isoformat()
