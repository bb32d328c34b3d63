"""A filter that names what there is not is refused by name, with what is allowed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import roads
from tests.api.harness import Zone, ok, refused
from tests.api.test_towns import OUTSIDE

LISTS: list[tuple[str, str, str, str]] = [
    ("/cases", "park", "gone", "park_east"),
    ("/cases", "town", "park_east", "town1"),
    ("/cases", "department", "gone", "industry_economy"),
    ("/cases", "body", "enterprise01", "bureau"),
    ("/cases", "state", "finished", "struck_off"),
    ("/cases", "level", "huge", "major"),
    ("/cases", "enterprise", "enterprise99", "enterprise01"),
    ("/cases", "supervising_body", "gone", "bureau"),
    ("/cases", "recheck", "maybe", "pass"),
    ("/exports/ledger", "park", "gone", "park_east"),
    ("/exports/ledger", "columns", "gone", "number"),
    ("/tasks", "park", "gone", "park_east"),
    ("/tasks", "body", "gone", "bureau"),
    ("/tasks", "process", "gone", "extension_request"),
    ("/tasks", "element", "gone", "confirm_level"),
    ("/tasks", "act", "gone", "level.confirm"),
    ("/tasks", "level", "huge", "major"),
    ("/tasks", "scope", "others", "claimable"),
    ("/interviews", "body", "gone", "park_east"),
    ("/interviews", "host", "gone", "park_command"),
    ("/interviews", "step", "gone", "schedule"),
]


@pytest.mark.parametrize(("path", "name", "value", "allowed"), LISTS)
def test_what_there_is_not_is_named_with_what_there_is(
    small_zone: Zone, path: str, name: str, value: str, allowed: str
) -> None:
    client = small_zone.client("bureau_head")
    for language in ("en", "zh"):
        client.language = language
        told = refused(client.get(path, **{name: value}), 422)
        (field,) = told["errors"]
        assert field.split(".")[0] == name
        said = str(told["errors"][field])
        assert allowed in said or "more" in said or "等" in said
        assert said.isascii() == (language == "en"), said
    assert client.get(path, **{name: allowed}).status_code == 200


def test_what_nobody_has_done_yet_may_be_asked_for(small_zone: Zone) -> None:
    client = small_zone.client("enterprise01")
    for query in ({"act": "extension.file"}, {"element": "propose_host"}, {"park": "park_west"}):
        assert ok(client.get("/tasks", **query))["total"] == 0


def test_of_several_all_are_named(small_zone: Zone) -> None:
    client = small_zone.client("bureau_head")
    told = refused(client.get("/cases", park="x", town="y", enterprise="z"), 422)
    assert set(told["errors"]) == {"park", "town", "enterprise"}


@pytest.mark.parametrize("stranger", ["park_west", "enterprise02"])
def test_who_may_not_know_is_told_the_same_as_of_nothing(small_zone: Zone, stranger: str) -> None:
    """Neither an enterprise of another park nor a case there is told from one that is not."""
    case = roads.graded(small_zone, "larger")
    client = small_zone.client(stranger)

    def told(path: str, name: str, value: str) -> Any:
        answer = refused(client.get(path, **{name: value}), 422, name)
        return str(answer).replace(value, "?")

    assert told("/cases", "enterprise", "enterprise01") == told(
        "/cases", "enterprise", "nobody0001"
    )
    assert "enterprise01" not in str(told("/cases", "enterprise", "nobody0001"))
    assert told("/tasks", "case", case) == told("/tasks", "case", "0" * len(case))


def test_an_own_enterprise_or_task_may_be_asked_for(zone: Zone) -> None:
    case = roads.graded(zone, "larger")
    assert ok(zone.client("enterprise01").get("/cases", enterprise="enterprise01"))["total"] == 1
    assert ok(zone.client("park_east").get("/cases", enterprise="enterprise01"))["total"] == 1
    assert ok(zone.client("inspector1").get("/tasks", case=case))["total"] == 1
    assert ok(zone.client("enterprise01").get("/tasks", case=case))["total"] == 0


def test_a_parameter_that_stands_there_twice_is_refused(small_zone: Zone) -> None:
    client = small_zone.client("bureau_head")
    for language, said in (("en", "one value, but there are 2"), ("zh", "只能有一个值，现有 2 个")):
        client.language = language
        told = refused(client.get("/cases", park=["park_east", "park_west"]), 422, "park")
        assert said in told["errors"]["park"][0]


def test_a_place_without_a_park_is_asked_for_by_a_dash(zone: Zone) -> None:
    zone.begin()
    client = zone.client("bureau_head")
    assert ok(client.get("/cases", park="-"))["total"] == 0
    assert ok(client.get("/cases", park="park_east"))["total"] == 1
    outside = zone.begin(enterprise=OUTSIDE)
    assert [one["id"] for one in ok(client.get("/cases", park="-"))["items"]] == [outside]
    refused(client.get("/cases", town="-"), 422, "town")
