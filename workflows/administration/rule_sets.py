"""Rule sets: every version with its articles, two compared, a new one adopted from a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import Invalid
from engine.ports import Actor
from engine.store.database import Database
from engine.work.once import Keeping, Once, run_once
from workflows.administration import rule_withdrawal
from workflows.administration.desk import open_desk
from workflows.domain import rule_set, rule_store, rule_uses
from workflows.domain.ledger_tables import DeadlineRow
from workflows.domain.rule_set import RuleSet, RuleValue
from workflows.domain.rule_tables import RuleSetRow

LARGEST = 200_000
"""Characters of a rule set; the shipped one has about 30,000."""

FURTHEST = timedelta(days=366)
"""How far ahead a version may begin; what lies beyond is a slip of the pen."""


@dataclass(frozen=True)
class Version:
    """A version with since when it is taken by new cases, and whether it is today or waits."""

    id: str
    version: int
    since: date | None
    current: bool
    title_zh: str
    title: str
    pending: bool = False


@dataclass(frozen=True)
class Difference:
    """What differs in one value; None = the value is not there."""

    key: str
    before: RuleValue | None
    after: RuleValue | None


def versions(session: Session, today: date) -> Sequence[Version]:
    """Return every version, the latest first."""
    rows = session.scalars(
        select(RuleSetRow).order_by(
            func.coalesce(RuleSetRow.effective_from, date.max).desc(), RuleSetRow.version.desc()
        )
    ).all()
    due = [row for row in rows if row.effective_from is not None and row.effective_from <= today]
    current = due[0] if due else None
    return [_version(row, today, current=row is current) for row in rows]


def text_of(session: Session, name: str, version: int) -> str:
    """Return the text of a version, to be looked at or to begin the next one with."""
    rule_store.rules_of(session, name, version)
    row = session.get_one(RuleSetRow, (name, version))
    return row.content


def compare(before: RuleSet, after: RuleSet) -> Sequence[Difference]:
    """Return what differs, in the order of the newer one; what is gone comes last."""
    found = [
        Difference(value.key, before.values.get(value.key), value)
        for value in after
        if _content(before.values.get(value.key)) != _content(value)
    ]
    gone = [Difference(value.key, value, None) for value in before if value.key not in after.values]
    return found + gone


def check(session: Session, text: str) -> RuleSet:
    """Return the rule set of a text that could be adopted; raise Invalid naming what is wrong."""
    if len(text) > LARGEST:
        raise _invalid(f"Expected at most {LARGEST} characters, but it is longer", "规则集文本过长")
    try:
        parsed = rule_set.parse(text)
    except Invalid as error:
        raise _invalid(error.message, error.message_zh) from error
    except (TypeError, ValueError) as error:
        raise _invalid(
            "Expected texts and whole numbers in a rule set, but there is something else",
            "规则集的文字或数字写法有误，请对照现行版本逐项检查",
        ) from error
    _check_complete(parsed)
    rule_uses.check(parsed)
    if session.get(RuleSetRow, (parsed.id, parsed.version)) is not None:
        raise _invalid(
            f"Expected a new version of {parsed.id}, but version {parsed.version} exists",
            f"规则集 {parsed.id} 第 {parsed.version} 版已存在，请改写版本号（version）",
        )
    return parsed


def check_from(session: Session, today: date, text: str, since: date) -> RuleSet:
    """Return the rule set of a text that could be adopted from a day; raise Invalid if not."""
    _refuse_past(today, since)
    _refuse_far(today, since)
    parsed = check(session, text)
    _refuse_before_the_last(session, since)
    _refuse_same(session, parsed, since)
    return parsed


def adopt(
    database: Database,
    actor: Actor,
    agency: str,
    text: str,
    since: date,
    *,
    once: Once | None = None,
) -> RuleSet:
    """Adopt a new version for cases that begin on a day or later; open cases keep theirs.

    Under the key `once` it is adopted only once.

    Raises:
        NotAllowed: the actor is no administrator.
        Invalid: the text or the day will not do.
    """

    def work(session: Session) -> RuleSet:
        desk = open_desk(session, actor, agency)
        parsed = check_from(session, desk.today, text, since)
        rule_store.add_rule_set(session, text, since)
        told = {"version": parsed.version, "since": since.isoformat()}
        desk.record("rules.adopt", parsed.id, told)
        return parsed

    return run_once(database, agency, actor.id, once, _KEEPING, work)


def open_dates(session: Session, name: str, version: int) -> int:
    """Return how many awaited dates rest on a version."""
    query = select(func.count()).where(
        DeadlineRow.rule_set == name,
        DeadlineRow.rule_version == version,
        DeadlineRow.state.in_(("live", "held")),
    )
    return session.scalar(query) or 0


def next_version(session: Session, name: str) -> int:
    """Return the number that a new version of a rule set takes."""
    last = session.scalar(select(func.max(RuleSetRow.version)).where(RuleSetRow.id == name))
    return (last or 0) + 1


def _version(row: RuleSetRow, today: date, *, current: bool) -> Version:
    parsed = rule_set.parse(row.content)
    return Version(
        row.id,
        row.version,
        row.effective_from,
        current,
        parsed.title_zh,
        parsed.title,
        rule_withdrawal.pending(row.effective_from, today),
    )


def _content(value: RuleValue | None) -> tuple[Any, ...] | None:
    if value is None:
        return None
    return (value.value, value.unit, value.article, value.zh, value.en)


def _check_complete(parsed: RuleSet) -> None:
    """Refuse a set that lacks what the processes read, or gives it in another unit."""
    shipped = rule_set.parse(rule_set.shipped_text())
    missing = [value.key for value in shipped if value.key not in parsed.values]
    other = [
        value.key
        for value in shipped
        if value.key in parsed.values and parsed.values[value.key].unit not in _units(value)
    ]
    if missing or other:
        named = ", ".join([*missing, *other][:10])
        raise _invalid(
            f"Expected every value that the processes read, in its unit, but look at: {named}",
            f"缺少流程所需的条目，或单位不符：{named}",
        )


def _units(value: RuleValue) -> frozenset[str]:
    """Return the units that may stand for a value's: days may become working days."""
    spans = frozenset({"days", "workdays"})
    return spans if value.unit in spans else frozenset({value.unit})


def _refuse_far(today: date, since: date) -> None:
    if since > today + FURTHEST:
        raise Invalid.at(
            "since",
            f"Expected a day not later than {today + FURTHEST}, but it is {since}",
            f"生效日期不得晚于 {today + FURTHEST}（今天起 {FURTHEST.days} 日内），请核对年份",
        )


def _refuse_same(session: Session, parsed: RuleSet, since: date) -> None:
    """Refuse what changes nothing of the version that it would follow."""
    followed = session.scalar(select(RuleSetRow.id).where(RuleSetRow.effective_from <= since))
    if followed is None:
        return
    before = rule_store.rules_in_force(session, since)
    if _head(before) == _head(parsed) and not compare(before, parsed):
        raise _invalid(
            f"Expected a change of version {before.version}, but every value is the same",
            f"与第 {before.version} 版内容完全相同，无须采用",
        )


def _head(rules: RuleSet) -> tuple[str, ...]:
    head = (rules.id, rules.number_prefix, rules.title_zh, rules.title)
    return (*head, rules.basis_zh, rules.basis)


def _refuse_past(today: date, since: date) -> None:
    if since < today:
        raise Invalid.at(
            "since",
            f"Expected today or a later day, but it is {since}: no rule applies backwards",
            "生效日期不得早于今天，规则不溯及既往",
        )


def _refuse_before_the_last(session: Session, since: date) -> None:
    last = session.scalar(select(func.max(RuleSetRow.effective_from)))
    if last is not None and since <= last:
        raise Invalid.at(
            "since",
            f"Expected a day after {last}, since when the last version holds, but it is {since}",
            f"生效日期须晚于最近一版的生效日期 {last}",
        )


def _invalid(message: str, message_zh: str) -> Invalid:
    return Invalid.at("text", message, message_zh)


_KEEPING: Keeping[RuleSet] = Keeping(
    "rules.adopt",
    lambda adopted: {"id": adopted.id, "version": adopted.version},
    lambda session, kept: rule_store.rules_of(session, kept["id"], kept["version"]),
)
