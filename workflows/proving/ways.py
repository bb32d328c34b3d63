"""Judges the ways through the steps of authorities: the shortest has to fit its period."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from engine.verification.statutes.deciding import Ground, quickest
from engine.verification.statutes.declarations import Feasible, Statutes
from engine.verification.statutes.shortest import Leg, Shortest
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar
from workflows.judgement import Judgement, Worded, article
from workflows.proving import feasibility

_Found = Mapping[str, Shortest | None]


def passed(asked: Statutes, judged: Collection[str]) -> set[str]:
    """Return the processes of the ways that lead through one of those judged."""
    return {one.process for way in _touching(asked, judged) for one in _of(asked, way)}


def judge(
    asked: Statutes,
    grounds: Mapping[str, Ground],
    judged: Collection[str],
    rules: RuleSet,
    calendar: WorkingCalendar | None,
) -> Iterator[Judgement]:
    """Yield what is known of every way through a process that is judged.

    Args:
        asked: what is declared.
        grounds: the processes that are known, by name.
        judged: those that are judged; ways through others alone are not asked.
        rules: the numbers.
        calendar: the working days; those shipped if none are given.
    """
    found: dict[str, Shortest | None] = {}
    for way in _touching(asked, judged):
        whole = _of(asked, way)
        if any(one.process not in grounds for one in whole):
            continue
        for one in whole:
            if one.id not in found:
                found[one.id] = quickest(asked, one, grounds[one.process])
        yield _feasible(way, [found[one.id] for one in whole], rules, calendar)


def _touching(asked: Statutes, judged: Collection[str]) -> Iterator[Feasible]:
    for way in asked.feasible:
        if any(one.process in judged for one in _of(asked, way)):
            yield way


def _of(asked: Statutes, way: Feasible) -> list[Feasible]:
    """Return a way with those whose steps come before it, in their order."""
    known = {one.id: one for one in asked.feasible}
    found = [way]
    while found[0].after and len(found) <= len(known):
        found.insert(0, known[found[0].after])
    return found


def _feasible(
    way: Feasible,
    found: Sequence[Shortest | None],
    rules: RuleSet,
    calendar: WorkingCalendar | None,
) -> Judgement:
    """Judge a way: an error where an ordinary week is too short, a warning where holidays are."""
    told = Judgement(
        kind="feasibility",
        id=way.id,
        process=way.process,
        name=Worded(way.sentence_zh, way.sentence),
        article=article(way.article_zh, way.article),
        sentence=Worded(way.sentence_zh, way.sentence),
        holds=None,
        severity="warning",
    )
    known = [one for one in found if one is not None]
    if any(not one.there for one in known):
        return replace(told, holds=False, severity="error", sentence=_never(told.sentence))
    if len(known) < len(found):
        return told
    legs = tuple(leg for one in known for leg in one.legs)
    days = feasibility.period(rules, way.period)
    left = feasibility.slack_on(calendar, legs, days)
    if left is None:
        return told
    table = (feasibility.row({"way": way.id, "level": way.level}, legs, left),)
    if not left.late:
        return replace(told, holds=True, severity="error", table=table)
    if not all(one.surely for one in known):
        return replace(told, table=table)  # another way may be quicker
    return _too_short(replace(told, table=table), legs, left)


def _never(said: Worded) -> Worded:
    return Worded(
        f"{said.zh}：没有一条路只经过有办理时限的步骤，都要等某个日期，要等多久没有限制",
        f"{said.en}: no way is made of steps with limits alone; each waits for a date that nothing "
        "bounds",
    )


def _too_short(told: Judgement, legs: Sequence[Leg], left: feasibility.Slack) -> Judgement:
    late = feasibility.spans(left.late)
    return replace(
        told,
        holds=False,
        severity="warning" if left.fits_ordinarily else "error",
        element=legs[-1].element if legs else "",
        sentence=Worded(
            f"{told.sentence.zh}：以下日期起算的办不完：{'、'.join(late)}",
            f"{told.sentence.en}: they do not fit from these dates: {', '.join(late)}",
        ),
    )
