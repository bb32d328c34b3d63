"""Nothing holds only because too little is known, or because what it speaks of never happens."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engine.deployment.bundle import Bundle
from engine.verification.names import UNKNOWN, Write
from tests.statutes.drawing import (
    choice,
    document,
    flows,
    judged,
    names,
    one,
    plain,
    service,
    task,
    way,
)
from tests.statutes.mutants import changed, erase
from tests.verification.mutation import shipped, surroundings
from workflows.operations.answers import ANSWER_NAMES, ANSWERS
from workflows.statutes import judge
from workflows.surroundings import of_bundles

ENDS = plain("startEvent", "s") + plain("endEvent", "e")
DECIDED = (
    ENDS + task("a") + service("decide", "decide", "d") + service("tell", "tell") + choice("g", "e")
)
DEAF = {"deaf": {"event": "operation decide[good]", "after": "act a[refuse]"}}
CONSENT = {
    "pattern": "precedence",
    "event": "operation decide[good]",
    "needs": ["act a[agree]"],
    "relies_on": ["deaf"],
}


def test_an_answer_that_is_not_known_bars_nothing() -> None:
    data = document(DECIDED, flows('s > a > decide > g > tell[d = "good"] > e', "g > e"))
    known = names(a="agree refuse", decide="good bad")
    assert one(judged(data, CONSENT, written=known, never=DEAF)).holds is True
    free = replace(known, writes={**known.writes, "a": (Write("a_answer", (UNKNOWN,)),)})
    found = one(judged(data, CONSENT, written=free, never=DEAF))
    assert (found.holds, way(found)[-1]) == (False, "decide")


def test_what_may_have_ended_a_bar_ends_it() -> None:
    drawn = DECIDED + task("b")
    data = document(drawn, flows("s > a > b > decide > g > tell[x] > e", "g > e"))
    until = {"deaf": {**DEAF["deaf"], "until": "act b[again]"}}
    known = names(a="agree refuse", b="again enough", decide="good bad")
    sold = {**CONSENT, "needs": ["act b[enough]"]}
    assert one(judged(data, CONSENT, written=known, never=until)).holds is False
    free = replace(known, writes={**known.writes, "b": (Write("b_answer", (UNKNOWN,)),)})
    assert one(judged(data, sold, written=free, never=until)).holds is False


def test_what_cannot_happen_does_not_arise_and_may_have_to_be_drawn() -> None:
    data = document(ENDS, task("a"), flows("s > a > e"))
    for pattern, argument in (("precedence", {"needs": ["act c"]}), ("absence", {})):
        found = one(judged(data, {"pattern": pattern, "event": "act b", **argument}))
        assert (found.holds, found.arises) == (True, False)
    part = {"pattern": "response", "after": "act b", "event": "act a"}
    assert one(judged(data, part)).arises is False
    apart = {"pattern": "separation", "acts": ["a", "b"], "apart": "bodies"}
    assert (one(judged(data, apart)).holds, one(judged(data, apart)).arises) == (True, False)
    assert one(judged(data, {**part, "after": "act a"})).arises is True
    drawn = {"pattern": "drawn", "event": ["act a[agree]", "element e"]}
    known = names(a="agree refuse")
    assert one(judged(data, drawn, written=known)).holds is True
    refusing = one(judged(data, drawn, written=names(a="refuse")))
    assert (refusing.holds, refusing.message) == (
        False,
        "act a[agree] never happens on the diagram",
    )
    both = judged(data, {**drawn, "event": ["act b", "act c"]})
    assert [verdict.holds for verdict in both] == [False, False]


def test_what_takes_too_long_is_not_decided() -> None:
    data = document(ENDS, task("a"), task("b"), flows("s > a > b > e"))
    for part in (
        {"pattern": "precedence", "event": "act b", "needs": ["act a"]},
        {"pattern": "possible", "event": "act a", "during": "act a"},
        {"pattern": "escalated", "alarms": ["act x"]},
        {"pattern": "absence", "event": "act b"},
    ):
        assert {verdict.holds for verdict in judged(data, part, until=0.0)} == {None}


def test_a_task_that_is_never_open_asks_for_nothing_to_be_possible() -> None:
    tasks = (ENDS, task("a"), task("b"), task("c"))
    part = {"pattern": "possible", "event": "received stop", "during": "act b"}
    found = one(judged(document(*tasks, flows("s > a > e", "b > c > b")), part))
    assert (found.holds, found.arises) == (True, False)
    opened = one(judged(document(*tasks, flows("s > a > b > c > e")), part))
    assert (opened.holds, opened.arises) == (False, True)


def test_two_tasks_of_one_act_are_no_two_acts_to_be_apart() -> None:
    again = task("a") + task("again", act="a")
    data = document(ENDS, again, flows("s > a > again > e"))
    part = {"pattern": "separation", "acts": ["a", "b"], "apart": "bodies"}
    found = one(judged(data, part))
    assert (found.holds, found.arises) == (True, False)


@pytest.mark.parametrize(
    ("element", "zh", "en"),
    [
        (
            "sign_leader",
            "流程图中没有或走不到任务“分管领导同意”（结果为“同意”）",
            "the task “Leader in charge consents” with the outcome “Agree” never happens",
        ),
        (
            "resubmit_late",
            "流程图中没有或走不到到期的“补正期满”",
            "the date of “Time to send it again has passed” never happens",
        ),
    ],
)
def test_what_is_missing_is_called_by_its_title_and_its_outcome(
    element: str, zh: str, en: str
) -> None:
    bundle = changed(shipped()["extension_request"], erase(element))
    found = judge([bundle], of_bundles(surroundings(), shipped()))
    told = [one.sentence for one in found if one.id == "steps_are_there" and one.holds is False]
    assert any(zh in one.zh and en in one.en for one in told), told
    assert not any(" [" in one.zh or "act " in one.zh for one in told)


def test_every_answer_of_an_operation_has_a_name() -> None:
    assert {one for said in ANSWERS.values() for one in said} == set(ANSWER_NAMES)


def _unsaid(*forms: str) -> Bundle:
    """Return the shipped request for an extension with forms that ask for any text as an answer."""
    bundle = shipped()["extension_request"]
    files = dict(bundle.files)
    for name in forms:
        path = f"forms/{name}.json"
        form = json.loads(files[path])
        (asked,) = (one for one in form["components"] if one.get("key") == "decision")
        asked["type"] = "textfield"
        del asked["values"], asked["properties"]["values_en"]
        files[path] = json.dumps(form).encode()
    return Bundle("extension_request", files)


def test_signatures_that_may_say_anything_are_no_consent() -> None:
    found = judge([_unsaid("sign_park", "sign_department")], surroundings())
    signed = [one for one in found if one.id == "extension_signatures"]
    assert any(one.holds is False and one.element == "decide" for one in signed)
