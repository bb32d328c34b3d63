"""Commands that must be refused: by the wrong person, at the wrong time, with wrong data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.walks import answers_duties as duties
from tests.walks import model_raising as raising
from tests.walks.answers import ANSWERS, CLAUSE, LIMITS, asked
from tests.walks.calendar_days import end_of
from tests.walks.commands import Command
from tests.walks.draws import DAY, Draw
from tests.walks.model_voiding import DECIDE, VOIDING, proposer
from tests.walks.seen import OpenTask, able
from tests.walks.walk import Walk

Trespass = Callable[[Walk, Draw], Command]
_REASON = {"reason": "r"}
_DATA: dict[str, dict[str, Any]] = {
    "level.raise": {"level": "larger", **_REASON},
    raising.PROPOSE: {"criterion": CLAUSE, **_REASON},
    "level.lower": {"level": "general", "expert_opinion": "o", **_REASON},
    "case.transfer": {"receiver": "x", **_REASON},
    "case.shut_down": {"photos": ["photo"], **_REASON},
}
_AGREEING = ("sign_park", "sign_department", "sign_leader", "issuer_reply")
_ACTS = ("level.raise", "level.lower", "case.transfer", "case.shut_down")


def draw(walk: Walk, chance: Draw) -> Command:
    """Return a command that must be refused now."""
    near = [one for one, meets in _NEAR.items() if meets(walk)]
    if near and chance.rng.random() < 0.6:
        return chance.rng.choice(near)(walk, chance)
    return chance.rng.choice(_TRESPASSES)(walk, chance)


def _by_a_stranger(walk: Walk, chance: Draw) -> Command:
    """An auditor decides nothing."""
    if not walk.seen.tasks:
        return _an_act_by_a_stranger(walk, chance)
    task = chance.rng.choice(walk.seen.tasks)
    data = ANSWERS[task.element](chance, task.number) or {}
    return Command("task", "auditors:auditor", task.element, task.number, data, lawful=False)


def _with_an_old_page(walk: Walk, chance: Draw) -> Command:
    """The task has changed since the page was made."""
    if not walk.seen.tasks:
        return _an_act_by_a_stranger(walk, chance)
    task = chance.rng.choice(walk.seen.tasks)
    data = ANSWERS[task.element](chance, task.number) or {}
    version = task.version + 1
    return Command(
        "task", "bureau:head", task.element, task.number, data, lawful=False, seen_version=version
    )


def _an_act_by_a_stranger(_walk: Walk, chance: Draw) -> Command:
    name = chance.rng.choice(_ACTS)
    data = _DATA.get(name, _REASON)
    return Command("act", "enterprise:safety_officer", name, data=data, lawful=False)


def _an_act_out_of_time(walk: Walk, chance: Draw) -> Command:
    lawful = walk.model.offers(walk.now)
    names = sorted(
        {*_ACTS, *VOIDING, *raising.RAISING, "extension.withdraw", "listing.open"} - lawful
    )
    if not names:
        return _an_act_by_a_stranger(walk, chance)
    name = chance.rng.choice(names)
    if _is_late(walk) and "level.lower" in names and chance.rng.random() < 0.5:
        name = "level.lower"
    person = "enterprise:principal" if name.startswith("extension") else "bureau:head"
    person = "leaders:principal" if name.startswith("listing") else person
    person = proposer(walk.finder) if name in VOIDING else person
    person = raising.PROPOSER if name in raising.RAISING else person
    return Command("act", person, name, data=_DATA.get(name, _REASON), lawful=False)


def _a_request_out_of_time(walk: Walk, chance: Draw) -> Command:
    """Before a paper is served, after expiry, beside another, a third, or by the bureau."""
    rows = walk.model.of_round("rectification")
    data = (asked(chance, rows[-1].due) if rows else None) or _NOTHING
    person = "enterprise:principal"
    if "extension.request" in walk.model.offers(walk.now):
        person = "bureau:head"
    return Command("act", person, "extension.request", data=data, lawful=False)


def _a_wrong_request(walk: Walk, chance: Draw) -> Command:
    """A date before the one that stands or beyond the cap, no evidence, no objective ground."""
    row = walk.model.row("rectification")
    data = asked(chance, row.due) if row is not None else None
    if data is None or row is None:
        return _a_request_out_of_time(walk, chance)
    wrong: dict[str, Any] = chance.rng.choice(
        [
            {"new_date": row.due.isoformat()},
            {"new_date": (row.due + timedelta(days=61)).isoformat()},
            {"evidence": []},
            {"interim_measures": " "},
            {"milestones": []},
            {"ground": "lack_of_funds"},
        ]
    )
    person = "enterprise:principal"
    return Command("act", person, "extension.request", data=data | wrong, lawful=False)


def _a_wrong_measure(walk: Walk, chance: Draw) -> Command:
    """To stop or to cut off what is gone or lowered; to leave undone what the head decided."""
    measures = [task for task in walk.seen.tasks if task.element in ("stop_measures", "power_cut")]
    if not measures:
        return _by_a_stranger(walk, chance)
    task, enforcements = chance.rng.choice(measures), walk.model.enforcements
    person, done = "bureau:head", duties.cutting(chance)
    if task.element == "stop_measures":
        person, done = "bureau:officer", duties.stopping()
    wrong = {**duties.LEFT_UNDONE, "not_carried_out_reason": " "}
    if enforcements.groundless or (task.element == "power_cut" and not enforcements.stopped):
        wrong = done
    return Command("task", person, task.element, task.number, wrong, lawful=False)


def _a_wrong_paper(walk: Walk, chance: Draw) -> Command:
    """A date beyond the limit of the level, or beyond the one once printed for it."""
    task = next((one for one in walk.seen.tasks if one.element == "serve_order"), None)
    if task is None:
        return _by_a_stranger(walk, chance)
    data = ANSWERS["serve_order"](chance, None) or {}
    level = str(walk.model.level)
    printed = [r.due for r in walk.model.rows if r.kind == "rectification" and r.level == level]
    last = min([chance.today + LIMITS[level] * DAY, *(max(d, chance.today) for d in printed)])
    person = chance.rng.choice(able(walk.zone, task, walk.enterprise))
    beyond = data | {"due_date": (last + DAY).isoformat()}
    return Command("task", person, task.element, task.number, beyond, lawful=False)


def _a_passed_date(walk: Walk, chance: Draw) -> Command:
    """To agree to a date that is over: by a signatory, the leader or the issuer of the order."""
    over = [one for one in _to_agree_late(walk) if able(walk.zone, one, walk.enterprise)]
    if not over:
        return _by_a_stranger(walk, chance)
    task = chance.rng.choice(over)
    person = chance.rng.choice(able(walk.zone, task, walk.enterprise))
    data = {"decision": "agree", "opinion": "o"}
    return Command("task", person, task.element, task.number, data, lawful=False)


def _to_agree_late(walk: Walk) -> list[OpenTask]:
    """Return the tasks that ask to agree to a date which is over."""
    known = walk.model.extensions.all
    asking = [task for task in walk.seen.tasks if task.element in _AGREEING]
    return [one for one in asking if walk.now >= end_of(known[(one.number or 0) - 1].asked)]


def _a_decision_of_ones_own(walk: Walk, chance: Draw) -> Command:
    """Whoever proposed to void, or is no head, decides nothing."""
    person = chance.rng.choice((str(walk.model.voiding.by), "bureau:officer"))
    data = {"decision": "agree", "reason": "r"}
    return Command("task", person, DECIDE, data=data, lawful=False)


def _three_in_two(walk: Walk, chance: Draw) -> Command:
    """Who proposed neither seconds nor confirms, who seconded or is an officer never confirms."""
    ((name, _),) = walk.model.raising.tasks()
    found = walk.model.raising
    others = ("bureau:head",) if name == raising.SECOND else (found.second, "bureau:officer")
    person = str(chance.rng.choice((found.by, *others)))
    data = {"decision": "agree", "reason": "r"}
    data |= {"criterion": CLAUSE} if name == raising.CONFIRM else {}
    return Command("task", person, name, data=data, lawful=False)


def _is_late(walk: Walk) -> bool:
    return walk.model.expired() is not None


def _may_not_ask(walk: Walk) -> bool:
    """A date runs or has run out, and the enterprise may ask for no other: the rule alone says."""
    model = walk.model
    waits = model.place == "rectification" and bool(model.of_round("rectification"))
    return waits and "extension.request" not in model.offers(walk.now)


def _has(*elements: str) -> Callable[[Walk], bool]:
    return lambda walk: any(task.element in elements for task in walk.seen.tasks)


_NOTHING = {
    "new_date": "2026-12-31",
    "ground": "procurement",
    "reason": "r",
    "evidence": ["photo"],
    "interim_measures": "m",
    "milestones": [{"what": "w", "finish_on": "2026-12-31"}],
}
_TRESPASSES: tuple[Trespass, ...] = (
    _by_a_stranger,
    _with_an_old_page,
    _an_act_by_a_stranger,
    _an_act_out_of_time,
    _a_request_out_of_time,
    _a_wrong_request,
    _a_wrong_measure,
    _a_wrong_paper,
)
_NEAR: dict[Trespass, Callable[[Walk], bool]] = {
    _an_act_out_of_time: _is_late,
    _a_request_out_of_time: _may_not_ask,
    _a_wrong_measure: _has("stop_measures", "power_cut"),
    _a_wrong_paper: _has("serve_order"),
    _a_decision_of_ones_own: _has(DECIDE),
    _three_in_two: _has(*raising.RAISES),
    _a_passed_date: lambda walk: bool(_to_agree_late(walk)),
}
"""Trespasses that a rule of this moment alone refuses."""
