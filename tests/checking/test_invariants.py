"""Each invariant of the product finds the breach that it is there for, and nothing else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.checking.zone import Spoiled
from workflows.checking import invariants
from workflows.checking.invariants import INVARIANTS, Facts

SIGNED = {"standing": True, "decision": "agree"}
DOCUMENT: dict[str, Any] = {
    "phase": "struck_off",
    "source": "inspection",
    "level": "major",
    "criterion": "令10 第五条(六)",
    "extension_requests": [
        {
            "number": 1,
            "at": "2026-02-01T02:00:00+00:00",
            "original_due": "2026-02-05",
            "effective_at": "2026-02-02T02:00:00+00:00",
            "signatures": [
                {**SIGNED, "part": "park_command", "by": "park"},
                {**SIGNED, "part": "industry_department", "by": "industry"},
            ],
        }
    ],
    "deadlines": [
        {
            "number": 1,
            "kind": "rectification",
            "level": "major",
            "state": "expired",
            "due_date": "2026-02-15",
            "days": 15,
            "changes": [{"cause": "served"}, {"cause": "extension"}],
        },
        {
            "number": 2,
            "kind": "interview",
            "level": "major",
            "state": "met",
            "due_date": "2026-02-18",
            "days": 3,
            "changes": [],
        },
    ],
    "interviews": [{"deadline": 1, "duty": 2, "kind": "interview"}],
    "enforcements": [
        {"referral": {"refer": True, "elements": [{"element": "refusal", "met": True}]}}
    ],
}
ACTS: list[tuple[str, str | None, str]] = [
    ("rectify.report_done", None, "enterprise"),
    ("deadline.expired", None, "system"),
    ("recheck.submit", "pass", "inspector"),
    ("case.struck_off", None, "head"),
]


def facts() -> Facts:
    return Facts("c", "closed", copy.deepcopy(DOCUMENT), "struck_off", list(ACTS), [])


def breaches(one: Facts) -> set[int]:
    return {number for number, check in invariants._OF_A_CASE for _ in check(one)}


def test_a_lawful_case_breaks_none() -> None:
    assert breaches(facts()) == set()


@pytest.mark.parametrize(("level", "broken"), [("larger", set()), ("major", {4})])
def test_only_a_larger_hazard_waits_for_the_end_of_the_spring_festival(
    level: str, broken: set[int]
) -> None:
    one = facts()
    for deadline, day in zip(one.document["deadlines"], ("2024-02-07", "2024-02-18"), strict=True):
        deadline.update(level=level, due_date=day)
    assert breaches(one) == broken


def _nobody_acts(one: Facts) -> None:
    one.status, one.state = "open", "rectifying"
    one.document["phase"] = "rectifying"  # type: ignore[index]


def _no_date(one: Facts) -> None:
    _nobody_acts(one)
    one.waits = [None]


def _another_exit(one: Facts) -> None:
    one.state = "voided"


def _rechecked_by_himself(one: Facts) -> None:
    one.acts[2] = ("recheck.submit", "pass", "enterprise")


def _never_rechecked(one: Facts) -> None:
    del one.acts[2]


def _one_signature(one: Facts) -> None:
    del one.document["extension_requests"][0]["signatures"][1]


def _one_person(one: Facts) -> None:
    one.document["extension_requests"][0]["signatures"][1]["by"] = "park"


def _asked_late(one: Facts) -> None:
    one.document["extension_requests"][0]["at"] = "2026-02-05T16:00:00+00:00"


def _no_interview(one: Facts) -> None:
    one.document["interviews"].clear()


def _late_interview(one: Facts) -> None:
    one.document["deadlines"][1]["due_date"] = "2026-03-02"


def _silence_consents(one: Facts) -> None:
    one.acts.append(("extension.sign.park_command", "agree", "system"))


def _silence_passes(one: Facts) -> None:
    one.acts.append(("some.new.act", "pass", "system"))


def _moved(one: Facts) -> None:
    one.document["deadlines"][0]["changes"].append({"cause": "asked nicely"})


def _told(one: Facts) -> None:
    one.document["source"] = "report_transferred"  # type: ignore[index]


def _no_criterion(one: Facts) -> None:
    one.document["criterion"] = ""  # type: ignore[index]


def _unmet(one: Facts) -> None:
    one.document["enforcements"][0]["referral"]["elements"][0]["met"] = False


@pytest.mark.parametrize(
    ("breach", "number"),
    [
        (_nobody_acts, 1),
        (_no_date, 1),
        (_another_exit, 1),
        (_rechecked_by_himself, 2),
        (_never_rechecked, 2),
        (_one_signature, 3),
        (_one_person, 3),
        (_asked_late, 3),
        (_no_interview, 4),
        (_late_interview, 4),
        (_silence_consents, 5),
        (_silence_passes, 5),
        (_moved, 6),
        (_told, 7),
        (_no_criterion, 10),
        (_unmet, 10),
    ],
)
def test_a_breach_is_found_by_its_own_invariant(
    breach: Callable[[Facts], None], number: int
) -> None:
    one = facts()
    breach(one)
    assert breaches(one) == {number}


def test_every_invariant_of_a_case_has_a_number() -> None:
    checked = {number for number, _ in invariants._OF_A_CASE} | {8, 9}
    assert checked == set(INVARIANTS)


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE hz_hazard SET level = 'odd' WHERE rowid = 1",
        "UPDATE hz_hazard SET state = 'odd' WHERE rowid = 1",
        "UPDATE hz_hazard SET town = 'nowhere' WHERE rowid = 1",
        "DELETE FROM hz_hazard WHERE rowid = 1",
    ],
)
def test_the_ledger_tells_of_every_hazard_in_one_part(spoiled: Spoiled, fault: str) -> None:
    database = spoiled.world.bihuan.database
    with database.read() as session:
        assert list(invariants._sums(session)) == []
    assert spoiled.spoil(fault) == 1
    with database.read() as session:
        assert {one.check for one in invariants._sums(session)} == {"invariant 9"}
