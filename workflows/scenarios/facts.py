"""What is true of a case, in the words of a scenario's expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from engine.store import queries
from workflows.domain.ledger_tables import HazardRow


@dataclass(frozen=True)
class CaseFacts:
    """What a scenario may ask about."""

    open: tuple[str, ...]
    state: str
    level: str | None
    closed: bool
    listed: bool
    deadlines: tuple[Mapping[str, Any], ...]
    history: tuple[str, ...]


def read_facts(session: Session, case_id: str) -> CaseFacts:
    """Return the facts of a case as they stand."""
    case = queries.case(session, case_id)
    row = session.get_one(HazardRow, case_id)
    tasks = queries.case_tasks(session, case_id, status="open")
    return CaseFacts(
        open=tuple(sorted(task.element for task in tasks)),
        state=row.state,
        level=row.level,
        closed=not case.open,
        listed=case.document["listing"]["grade"] > 0,
        deadlines=tuple(case.document["deadlines"]),
        history=tuple(entry.act for entry in queries.case_history(session, case_id)),
    )


@dataclass(frozen=True)
class Difference:
    """An expectation that does not hold: what was wanted, and what was found in its place."""

    word: str
    wanted: Any
    found: Any
    sentence: str
    sentence_zh: str


Check: TypeAlias = Callable[[Any, CaseFacts], Difference | None]


def compared(wanted: Mapping[str, Any], facts: CaseFacts) -> Iterator[Difference]:
    """Yield every expectation that does not hold."""
    for word, value in wanted.items():
        found = _CHECKS[word](value, facts)
        if found is not None:
            yield found


def differences(wanted: Mapping[str, Any], facts: CaseFacts) -> Iterator[str]:
    """Yield a sentence for every expectation that does not hold."""
    for one in compared(wanted, facts):
        yield one.sentence


def _same(word: str, word_zh: str) -> Check:
    def check(wanted: Any, facts: CaseFacts) -> Difference | None:  # noqa: ANN401 any YAML value
        found = getattr(facts, word)
        if found == wanted:
            return None
        return Difference(
            word,
            wanted,
            found,
            f"Expected {word} {wanted}, but it is {found}",
            f"{word_zh}应为 {wanted}，实际为 {found}",
        )

    return check


def _open(wanted: Sequence[str], facts: CaseFacts) -> Difference | None:
    expected, found = sorted(wanted), list(facts.open)
    if expected == found:
        return None
    return Difference(
        "open",
        expected,
        found,
        f"Expected the open tasks {expected}, but they are {found}",
        f"待办任务应为 {_listed(expected)}，实际为 {_listed(found)}",
    )


def _deadlines(wanted: Sequence[Mapping[str, Any]], facts: CaseFacts) -> Difference | None:
    left = list(facts.deadlines)
    for one in wanted:
        fitting = next((d for d in left if _fits(one, d)), None)
        if fitting is None:
            known = [{k: d[k] for k in ("kind", "state", "due_date")} for d in facts.deadlines]
            return Difference(
                "deadlines",
                dict(one),
                known,
                f"Expected a deadline {dict(one)}, but there are {known}",
                f"应有期限 {dict(one)}，实际有 {known}",
            )
        left.remove(fitting)
    return None


def _fits(wanted: Mapping[str, Any], deadline: Mapping[str, Any]) -> bool:
    return all(str(deadline.get(key)) == str(value) for key, value in wanted.items())


def _history(wanted: Sequence[str], facts: CaseFacts) -> Difference | None:
    """The wanted acts lie in the history in this order; others may lie between."""
    place = iter(facts.history)
    missing = next((act for act in wanted if act not in place), None)
    if missing is None:
        return None
    found = list(facts.history)
    return Difference(
        "history",
        missing,
        found,
        f"Expected {missing} in the history in that order, but it is {found}",
        f"历史中应依次有 {missing}，实际为 {_listed(found)}",
    )


def _listed(names: Sequence[str]) -> str:
    return "、".join(names) or "无"


_CHECKS: Final[Mapping[str, Check]] = {
    "open": _open,
    "state": _same("state", "状态"),
    "level": _same("level", "等级"),
    "closed": _same("closed", "是否办结"),
    "listed": _same("listed", "是否挂牌"),
    "deadlines": _deadlines,
    "history": _history,
}

EXPECTATIONS: Final = frozenset(_CHECKS)
"""The words that an expectation may use."""
