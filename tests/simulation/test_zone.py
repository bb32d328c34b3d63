"""A zone's hazards: repeatable to the byte, near the volumes, and two versions side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import Invalid, NotFound
from workflows.deploying import bundles
from workflows.simulation import behaviour, versions
from workflows.simulation.studies import Study, Target, Version, conduct
from workflows.simulation.world import Setting

SHIPPED = Version("current", bundles())
ROOT = Path(__file__).resolve().parents[2]


def single_signer() -> Version:
    data = versions.example("single_signer").data
    return Version("single", versions.with_diagram(SHIPPED.bundles, "extension_request", data))


def study(**more: object) -> Study:
    return Study(process="extension_request", version=SHIPPED, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_seed_gives_the_same_report_to_the_byte(hash_seed: str) -> None:
    code = (
        "import json; from tests.simulation.test_zone import study; "
        "from workflows.simulation.studies import conduct; "
        "print(json.dumps(conduct(study(cases=150, seed=5))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == json.dumps(conduct(study(cases=150, seed=5)))


def test_another_seed_gives_another_report() -> None:
    one, other = (conduct(study(cases=150, seed=seed))["versions"][0] for seed in (5, 6))
    assert one["groups"] != other["groups"]


def test_a_zone_year_is_near_the_volumes() -> None:
    """Shares of a city-year, chapter 5.2, within what 4,000 cases leave to chance."""
    report = conduct(study(cases=4000, seed=2))
    version = report["versions"][0]
    groups = {one["group"]: one for one in version["groups"]}
    assert report["unknown"] == []
    assert (version["unfinished"], version["astray"]) == (0, 0)
    assert groups["general"]["shares"]["overdue"] < 0.005
    assert 0.01 < groups["larger"]["shares"]["overdue"] < 0.05
    assert 0.03 < groups["major"]["shares"]["overdue"] < 0.17
    assert 0.15 < groups["major"]["sums"]["requests"] / groups["major"]["cases"] < 0.35
    assert 0.015 < groups["larger"]["sums"]["requests"] / groups["larger"]["cases"] < 0.07
    voided = 1 - groups["major"]["shares"]["struck_off"]
    assert 0.005 < voided < 0.1
    assert groups["general"]["median_days"] < 2 < groups["larger"]["median_days"] < 16
    assert groups["larger"]["median_days"] < groups["major"]["median_days"] < 30


def test_a_single_signer_decides_sooner_on_the_same_load() -> None:
    report = conduct(study(against=single_signer(), cases=1500, replications=4, seed=3))
    compared = {one["name"]: one for one in report["comparison"]}
    decided = compared["hours/decided_after"]
    assert decided["certain"]
    assert decided["high"] < 0
    # What the signatures have nothing to do with is the same to the last case.
    assert compared["sum/requests"]["difference"] == 0
    assert compared["days/general/median"]["difference"] == 0
    assert compared["days/general/median"]["low"] == 0


def test_a_version_against_itself_makes_no_difference() -> None:
    report = conduct(study(against=SHIPPED, cases=300, replications=3))
    assert {one["difference"] for one in report["comparison"]} == {0}
    assert not any(one["certain"] for one in report["comparison"])


def test_fewer_people_let_tasks_wait_and_a_target_names_how_many_it_takes() -> None:
    setting = Setting(per_year=120_000, staff={"park_east.head": 1})
    report = conduct(study(cases=1500, setting=setting, target=Target("park_east.head", 0.1)))
    target = report["target"]
    waits = [one["p90_hours"] for one in target["tried"]]
    assert waits == sorted(waits, reverse=True)
    assert target["met"]
    assert target["staff"] == len(waits) > 1
    assert waits[-1] <= 0.1 < waits[-2]


def test_the_example_differs_from_the_shipped_process_by_one_signature() -> None:
    shipped = next(one for one in SHIPPED.bundles if one.process == "extension_request").diagram
    example = next(
        one for one in single_signer().bundles if one.process == "extension_request"
    ).diagram
    assert shipped is not None
    assert example is not None
    gone = {"sign_department", "g_department", "department_stopped", "split", "join"}
    assert set(shipped.by_id) - set(example.by_id) == gone
    assert set(example.by_id) <= set(shipped.by_id)


@pytest.mark.parametrize(
    "setting",
    [Setting(load="nowhere"), Setting(staff={"nobody.head": 1}), Setting(staff={"bureau.head": 0})],
)
def test_a_setting_that_is_none_is_refused(setting: Setting) -> None:
    with pytest.raises(Invalid):
        conduct(study(cases=10, setting=setting))


@pytest.mark.parametrize(("cases", "replications"), [(0, 1), (1_000_000, 1), (1, 0), (1, 1000)])
def test_numbers_out_of_bounds_are_refused(cases: int, replications: int) -> None:
    with pytest.raises(Invalid):
        conduct(study(cases=cases, replications=replications))


def test_a_process_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        conduct(Study("nothing", SHIPPED))


def test_every_act_of_the_shipped_tasks_has_a_behaviour() -> None:
    known = behaviour.shipped().acts
    drawn = {
        node.properties["act"]
        for bundle in SHIPPED.bundles
        if bundle.diagram is not None
        for node in bundle.diagram.of_kind("userTask")
    }
    assert drawn - set(known) == set()


def test_every_figure_says_where_it_is_from_or_that_it_is_assumed() -> None:
    raw = behaviour.shipped().raw
    for part in ("arrivals", "hours", "bodies", "parts", "manners", "fixing", "extension"):
        for name, entry in raw[part].items():
            assert {"source", "assumption"} & set(entry), f"{part}.{name}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{uniform: [5, 20]}", "{uniform: [20, 5]}"),
        ("{uniform: [5, 20]}", "{gamma: 3}"),
        ("{uniform: [5, 20]}", "{uniform: [5, .nan]}"),
        ("late: 0.0001", "late: seldom"),
        ("like: desk}", "like: nothing}"),
        ("befalls:", "befell:"),
        ("loads:", "loads: ["),
    ],
)
def test_a_behaviour_that_cannot_be_is_refused(before: str, after: str) -> None:
    text = behaviour.SHIPPED.read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(Invalid):
        behaviour.parse(text.replace(before, after))
