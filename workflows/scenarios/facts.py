"""What is true of a case, in the words of a scenario's expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

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


def differences(wanted: Mapping[str, Any], facts: CaseFacts) -> Iterator[str]:
    """Yield a sentence for every expectation that does not hold."""
    for word, value in wanted.items():
        sentence = _CHECKS[word](value, facts)
        if sentence is not None:
            yield sentence


def _same(word: str) -> Callable[[Any, CaseFacts], str | None]:
    def check(wanted: Any, facts: CaseFacts) -> str | None:  # noqa: ANN401 any YAML value
        found = getattr(facts, word)
        return None if found == wanted else f"Expected {word} {wanted}, but it is {found}"

    return check


def _open(wanted: Sequence[str], facts: CaseFacts) -> str | None:
    if sorted(wanted) == list(facts.open):
        return None
    return f"Expected the open tasks {sorted(wanted)}, but they are {list(facts.open)}"


def _deadlines(wanted: Sequence[Mapping[str, Any]], facts: CaseFacts) -> str | None:
    left = list(facts.deadlines)
    for one in wanted:
        fitting = next((d for d in left if _fits(one, d)), None)
        if fitting is None:
            known = [{k: d[k] for k in ("kind", "state", "due_date")} for d in facts.deadlines]
            return f"Expected a deadline {dict(one)}, but there are {known}"
        left.remove(fitting)
    return None


def _fits(wanted: Mapping[str, Any], deadline: Mapping[str, Any]) -> bool:
    return all(str(deadline.get(key)) == str(value) for key, value in wanted.items())


def _history(wanted: Sequence[str], facts: CaseFacts) -> str | None:
    """The wanted acts lie in the history in this order; others may lie between."""
    place = iter(facts.history)
    missing = next((act for act in wanted if act not in place), None)
    if missing is None:
        return None
    return f"Expected {missing} in the history in that order, but it is {list(facts.history)}"


_CHECKS: Final[Mapping[str, Callable[[Any, CaseFacts], str | None]]] = {
    "open": _open,
    "state": _same("state"),
    "level": _same("level"),
    "closed": _same("closed"),
    "listed": _same("listed"),
    "deadlines": _deadlines,
    "history": _history,
}

EXPECTATIONS: Final = frozenset(_CHECKS)
"""The words that an expectation may use."""
