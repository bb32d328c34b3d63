"""Two tasks of one element are open at once: a step says which of them it means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.ports import Grant
from engine.store.queries import TaskRow
from tests.processes.test_written_scenarios import GOOD, faults
from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES
from workflows.scenarios import rows, yaml_nodes
from workflows.scenarios.choosing import chosen, names_of
from workflows.scenarios.loader import Deed, Scenario, load_scenarios
from workflows.scenarios.player import Played, Player, Story
from workflows.scenarios.runner import Stage
from workflows.scenarios.written import read_all
from workflows.trying.filling import Fill, filled
from workflows.trying.standing import standing

TWICE = next(
    one
    for one in load_scenarios(PROCESSES, "overdue_interview")
    if one.name == "no_show_and_second_expiry"
)
"""At its end the enterprise owes two reports, each on an interview of its own."""

REPORT = Deed("enterprise05", "report", True, {"text": "已整改"})


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("several"), load_zone)


def then(*deeds: Deed) -> Scenario:
    return replace(TWICE, steps=(*TWICE.steps, *deeds))


def test_without_which_it_is_told_how_they_are_told_apart(stage: Stage) -> None:
    [failure] = stage.play(then(REPORT)).failures
    assert "which of 2 open tasks report is meant, such as: 1, 2" in failure.sentence
    assert "待办任务 report 有 2 项，请用 which 写明是哪一项，如：1, 2" in failure.sentence_zh


def test_one_is_done_by_its_number_and_the_other_is_the_one_that_is_left(stage: Stage) -> None:
    assert stage.play(then(replace(REPORT, which="2"), REPORT)).passed
    [failure] = stage.play(then(replace(REPORT, which="3"))).failures
    assert "report (3)" in failure.sentence


def test_recording_offers_both_and_keeps_which_was_done(stage: Stage) -> None:
    seen: list[list[tuple[str, str]]] = []
    kept: list[rows.Row] = []

    def look(story: Story, _: Played) -> None:
        def reports() -> list[tuple[str, str]]:
            tasks = standing(story)["tasks"]
            return [(one["name"], one["which"]) for one in tasks if one["name"] == "report"]

        seen.append(reports())
        values = [(name, str(value)) for name, value in REPORT.data.items()]
        fill = Fill("task", "report", REPORT.by, values, "", True, "en", "2")
        kept.append(filled(story, fill)["row"])
        seen.append(reports())

    with stage.copied("recording") as bihuan:
        assert Player(bihuan).play(TWICE, look).passed
    assert seen == [[("report", "1"), ("report", "2")], [("report", "")]]
    assert kept[0]["which"] == "2"


def test_a_table_keeps_which() -> None:
    written = GOOD.replace("task: confirm_level,", "task: confirm_level, which: 2,")
    by_body = GOOD.replace("task: confirm_level,", "task: confirm_level, which: bureau,")
    for text, value in ((written, 2), (by_body, "bureau")):
        [one] = read_all("p", {"scenarios/a.yaml": text.encode()})
        assert one.scenario is not None
        assert isinstance(one.scenario.steps[0], Deed)
        assert one.scenario.steps[0].which == str(value)
        again = rows.text_of(one.value["title"], "2026-03-02T09:00", [], rows.rows_of(one.value))
        assert yaml_nodes.read(again).value["steps"][0]["which"] == value


@pytest.mark.parametrize("value", ["0", "-1", "true", "[1]", "''"])
def test_what_tells_nothing_apart_is_told(value: str) -> None:
    text = GOOD.replace("task: confirm_level,", f"task: confirm_level, which: {value},")
    [fault] = faults(text)
    assert fault.field == "steps.0.which"
    assert "a number from 1 or a body" in fault.sentence


def test_a_body_tells_apart_what_is_offered_to_no_other(stage: Stage) -> None:
    def look(story: Story, _: Played) -> None:
        task = story.open_task("confirm_level")
        east, west = (
            replace(task, id=body, candidates=(Grant(body, "head"),)) for body in ("east", "west")
        )
        both: list[TaskRow] = [west, east]
        assert names_of([east, west]) == ["east", "west"]
        assert chosen(both, "confirm_level", "west") is west
        assert chosen(both, "confirm_level", "1") is east

    with stage.copied("bodies") as bihuan:
        assert Player(bihuan).play(replace(TWICE, steps=()), look).passed
