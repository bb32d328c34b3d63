"""What the application ensures beside a diagram, as far as statutes are proved with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """How long an act may take: a number of the rule set, or of the ladder itself."""

    amount: int
    unit: str
    """`workdays`, `days` or `hours`."""
    rule: str = ""
    shared: str = ""
    """A duty that several acts discharge together within one limit."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """The messages and signals that a process sends, and those that it takes."""

    sends: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Application:
    """Facts of the application that no diagram shows.

    Attributes:
        barred: by act, the acts whose doer may not do it.
        limits: the service limit by the name of the ladder.
        of_acts: the same by the act, for those that a date of the case limits.
        tops: the ladders that tell a final body in the end.
        without_top: acts that no ladder is climbed for, whatever their task names.
        dues: the rule that a name of `due(…)` is computed from.
        rules: values of the rule set by name.
        by_people: messages that somebody sends by an act.
        kinds: by candidate rule the kind of body that it always comes to; a rule that may come to
            bodies of several kinds is not among them.
        outside: the candidate rules of those who cannot be made to act: no duty of an authority
            may hang on a task of theirs.
    """

    barred: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    of_acts: Mapping[str, Limit] = field(default_factory=dict)
    tops: frozenset[str] = frozenset()
    without_top: frozenset[str] = frozenset()
    dues: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Any] = field(default_factory=dict)
    by_people: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()

    def limit(self, properties: Mapping[str, str]) -> Limit | None:
        """Return the service limit of a task with some properties."""
        own = self.of_acts.get(properties.get("act", ""))
        return own or self.limits.get(properties.get("ladder", ""))

    def tells_a_final_body(self, properties: Mapping[str, str]) -> bool:
        """Tell whether somebody final in the rule set hears when a task waits too long."""
        if properties.get("act", "") in self.without_top:
            return False
        return properties.get("ladder", "") in self.tops
