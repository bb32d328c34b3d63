"""Running cases are taken to a newer version through the interface: looked at, done, reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy.orm import Session

from engine.ports import SYSTEM
from engine.work.migrate import MigrateCase
from tests.api.harness import Zone, ok
from tests.api.newer import PROCESS, deploy_newer
from workflows.checking.inspection import inspect
from workflows.running import migrating
from workflows.running.incidents import numbers_of

REASON = {"reason": "新版本已公布"}


@pytest.fixture
def cases(zone: Zone) -> tuple[str, str]:
    """One case awaits its level, another a second opinion; both under version 1."""
    plain = zone.begin("inspector3", finder_body="industry_economy")
    second = zone.begin(proposed_level="major", criterion="判定标准第三条")
    zone.do("inspector1", second, "propose_major", **_proposal(zone))
    assert deploy_newer(zone.bihuan) == 2
    return plain, second


def _proposal(zone: Zone) -> dict[str, str]:
    return {"level": "major", "criterion": "判定标准第三条", "reason": "符合"}


def _address(version: int = 2, *, dry: bool = False) -> str:
    return f"/definitions/{PROCESS}/{version}/migrate" + ("?dry_run=true" if dry else "")


def test_a_dry_run_says_what_would_become_of_each_case(zone: Zone, cases: tuple[str, str]) -> None:
    plain, second = cases
    before = zone.acts_done(plain)
    told = ok(zone.client("office_head").post(_address(dry=True), {}))
    lines = {line["case_id"]: line for line in told["cases"]}
    assert set(lines) == {plain, second}
    assert (told["dry_run"], told["left"]) == (True, 0)
    assert (lines[plain]["possible"], lines[plain]["done"]) == (True, False)
    assert lines[plain]["from_versions"] == [1]
    [date] = lines[plain]["dates"]
    assert date["element"] == "confirm_level"
    assert (date["before"][:10], date["after"][:10]) == ("2026-03-04", "2026-03-06")
    [actor] = lines[plain]["actors"]
    assert {one["body"] for one in actor["after"]} == {"bureau"}
    assert not lines[second]["possible"]
    assert "does not have" in lines[second]["why"][0]
    assert zone.acts_done(plain) == before


def test_the_deed_takes_each_case_that_can_and_reports(zone: Zone, cases: tuple[str, str]) -> None:
    plain, second = cases
    told = ok(zone.client("office_head").post(_address(), REASON))
    lines = {line["case_id"]: line for line in told["cases"]}
    assert (lines[plain]["done"], lines[second]["done"]) == (True, False)
    assert zone.acts_done(plain)[-1] == "process.migrated"
    assert zone.case(plain)["version"] == 2
    assert zone.case(second)["version"] == 1
    assert "process.migrated" not in zone.acts_done(second)
    zone.do("inspector2", plain, "confirm_level", level="general")
    zone.do("inspector2", second, "second_proposal", decision="return", opinion="证据不足")
    assert agrees(zone)


def agrees(zone: Zone) -> bool:
    """Check everything that is stored, as `db check --deep` does."""
    report = inspect(zone.bihuan)
    assert report.sound, report.lines("en")
    return True


def test_only_the_chosen_cases_are_taken(zone: Zone) -> None:
    first, second = zone.begin(), zone.begin()
    deploy_newer(zone.bihuan)
    told = ok(zone.client("office_head").post(_address(), {**REASON, "cases": [second]}))
    assert [line["case_id"] for line in told["cases"]] == [second]
    assert (zone.case(first)["version"], zone.case(second)["version"]) == (1, 2)


def test_the_same_request_twice_is_answered_alike(zone: Zone) -> None:
    zone.begin()
    deploy_newer(zone.bihuan)
    key = {"Idempotency-Key": "once"}
    office = zone.client("office_head")
    first = ok(office.post(_address(), REASON, key))
    again = office.post(_address(), REASON, key)
    assert ok(again) == first
    assert again.headers["Idempotency-Replayed"]
    assert ok(office.post(_address(), REASON))["cases"] == []


def test_a_reason_is_owed_for_the_deed_only(zone: Zone) -> None:
    case = zone.begin()
    deploy_newer(zone.bihuan)
    office = zone.client("office_head")
    refused = office.post(_address(), {"reason": " "})
    assert refused.status_code == 422
    assert list(refused.get_json()["errors"]) == ["reason"]
    assert zone.case(case)["version"] == 1
    assert len(ok(office.post(_address(dry=True), {}))["cases"]) == 1


def test_an_officer_of_the_office_looks_and_the_head_decides(zone: Zone) -> None:
    zone.begin()
    deploy_newer(zone.bihuan)
    assert len(ok(zone.client("office").post(_address(dry=True), {}))["cases"]) == 1
    assert zone.client("office").post(_address(), REASON).status_code == 403
    for other in ("bureau_head", "park_east", "inspector1", "designer", "admin", "enterprise01"):
        assert zone.client(other).post(_address(dry=True), {}).status_code == 403


def test_a_version_that_is_none_is_not_found(zone: Zone) -> None:
    assert zone.client("office_head").post(_address(7, dry=True), {}).status_code == 404
    assert zone.client("office_head").post(_address(1, dry=True), {}).status_code == 200


def test_cases_that_cannot_be_taken_keep_none_behind_them_out_of_reach(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = zone.begin(proposed_level="major", criterion="判定标准第三条")
    zone.do("inspector1", stuck, "propose_major", **_proposal(zone))
    behind = zone.begin()
    deploy_newer(zone.bihuan)
    monkeypatch.setattr(migrating, "MOST", 1)
    office = zone.client("office_head")
    first = ok(office.post(_address(), REASON))
    assert [(one["case_id"], one["done"]) for one in first["cases"]] == [(stuck, False)]
    assert (first["left"], first["next"]) == (1, stuck)
    ahead = ok(office.post(_address(dry=True), {"after": first["next"]}))
    assert [one["case_id"] for one in ahead["cases"]] == [behind]
    then = ok(office.post(_address(), {**REASON, "after": first["next"]}))
    assert [(one["case_id"], one["done"]) for one in then["cases"]] == [(behind, True)]
    assert (then["left"], then["next"]) == (0, None)


def test_a_case_that_was_named_is_told_of_even_where_it_is_not_behind(zone: Zone) -> None:
    behind, there = zone.begin(), zone.begin()
    deploy_newer(zone.bihuan)
    office = zone.client("office_head")
    ok(office.post(_address(), {**REASON, "cases": [there]}))
    for dry in (True, False):
        told = ok(office.post(_address(dry=dry), {**REASON, "cases": [there, "nothing"]}))
        assert [(one["case_id"], one["possible"], one["done"]) for one in told["cases"]] == [
            (there, False, False),
            ("nothing", False, False),
        ]
        assert all("earlier version" in one["why"][0] for one in told["cases"])
    back = ok(office.post(_address(1), {**REASON, "cases": [there, behind]}))
    assert [one["done"] for one in back["cases"]] == [False, False]
    assert zone.case(there)["version"] == 2


def test_a_case_that_another_has_just_taken_there_is_told_of_as_such(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = zone.begin()
    deploy_newer(zone.bihuan)
    office, looked = zone.client("office_head"), migrating.preview

    def overtaken(*known: object) -> migrating.Survey:
        monkeypatch.setattr(migrating, "preview", looked)
        survey = looked(*known)  # type: ignore[arg-type]
        ok(office.post(_address(), REASON))
        return survey

    monkeypatch.setattr(migrating, "preview", overtaken)
    [line] = ok(office.post(_address(), {**REASON, "cases": [case]}))["cases"]
    assert (line["possible"], line["done"]) == (False, False)
    assert PROCESS not in line["why"][0]
    assert "later one already" in line["why"][0]


def test_a_named_case_that_is_taken_there_while_it_is_looked_for_is_told_of(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = zone.begin()
    deploy_newer(zone.bihuan)
    named = numbers_of

    def overtaken(session: Session, cases: Sequence[str]) -> Mapping[str, str]:
        monkeypatch.setattr(migrating, "numbers_of", named)
        zone.bihuan.runtime.migrate_case(SYSTEM, MigrateCase(case, PROCESS, 2, "新版图"))
        return named(session, cases)

    monkeypatch.setattr(migrating, "numbers_of", overtaken)
    [line] = ok(zone.client("office_head").post(_address(dry=True), {"cases": [case]}))["cases"]
    assert (line["case_id"], line["possible"], line["done"]) == (case, False, False)


def test_each_named_case_is_told_of_in_one_part(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = zone.begin(), zone.begin()
    deploy_newer(zone.bihuan)
    monkeypatch.setattr(migrating, "MOST", 1)
    asked = {"cases": [first, second, "0", "zzz"]}
    office, told, after = zone.client("office_head"), [], None
    for _ in range(2):
        part = ok(office.post(_address(dry=True), asked | ({"after": after} if after else {})))
        told.append({one["case_id"] for one in part["cases"]})
        after = part["next"]
    assert (told, after) == ([{"0", first}, {second, "zzz"}], None)
