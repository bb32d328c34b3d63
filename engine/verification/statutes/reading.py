"""Reads statutes from plain values, as YAML gives them, and says everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import product
from typing import Any, Final

from engine.errors import FieldError, Invalid
from engine.verification.statutes.declarations import (
    BODIES,
    PATTERNS,
    PERSONS,
    Bar,
    Charge,
    Feasible,
    Part,
    Statute,
    Statutes,
)
from engine.verification.statutes.events import Event, parse_event
from engine.verification.statutes.facts import Fact, Setting, Value

_OF_EVENTS: Final = frozenset(
    {"event", "after", "until", "since", "unless", "through", "alarms", "during", "by"}
)
_OF_WAY: Final = frozenset({"process", "from", "to", "period", "article", "article_en", "zh", "en"})
_OF_PART: Final = frozenset({"process", "pattern", "relies_on", "assume", "zh", "en"})
_TOLD: Final = frozenset({"zh", "en"})
_OF_TOP: Final = frozenset({"id", "facts", "never", "statutes", "feasible"})
_ENFORCED: Final = frozenset({"enforced", "enforced_en"})
_OF_STATUTE: Final = frozenset({"article", "article_en", "parts"}) | _TOLD


def read_statutes(raw: object) -> Statutes:
    """Read declarations.

    Raises:
        Invalid: something is missing, unknown or written wrongly; `errors` says where.
    """
    reader = _Reader()
    found = reader.statutes(raw)
    if reader.errors:
        first = reader.errors[0]
        raise Invalid(
            f"{first.field}: {first.message}", f"{first.field}：{first.message_zh}", reader.errors
        )
    return found


class _Reader:
    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def statutes(self, raw: object) -> Statutes:
        top = self._mapping("", raw, needed={"id"}, others=_OF_TOP)
        facts = {name: self._fact(name, one) for name, one in self._table("facts", top)}
        bars = {name: self._bar(name, one) for name, one in self._table("never", top)}
        statutes = tuple(self._statute(name, one) for name, one in self._table("statutes", top))
        ways = tuple(self._feasible(name, one) for name, one in self._table("feasible", top))
        known = facts.keys() | bars.keys()
        self._check_ways(ways, known)
        for statute in statutes:
            for part in statute.parts:
                for name in part.relies_on:
                    if name not in known:
                        self._wrong(
                            f"statutes.{statute.id}",
                            f"Expected a known fact, but there is no {name}",
                            f"没有名为 {name} 的前提",
                        )
        return Statutes(str(top.get("id", "")), facts, bars, statutes, ways)

    def _fact(self, name: str, raw: object) -> Fact:
        where = f"facts.{name}"
        entry = self._mapping(where, raw, needed={"name", "set"} | _TOLD, others={"initially"})
        return Fact(
            id=name,
            name=tuple(str(entry.get("name", "")).split(".")),
            initially=_value(entry.get("initially")),
            settings=tuple(self._setting(where, one) for one in _listed(entry.get("set"))),
            sentence_zh=str(entry.get("zh", "")),
            sentence=str(entry.get("en", "")),
        )

    def _setting(self, where: str, raw: object) -> Setting:
        entry = self._mapping(where, raw, needed={"by", "to"}, others=())
        events = self._events(where, entry.get("by"))
        if len(events) > 1:
            self._wrong(where, "Expected one event in `by`, but there are more", "by 须为一个事件")
        return Setting(events[0] if events else Event("element", ""), _value(entry.get("to")))

    def _bar(self, name: str, raw: object) -> Bar:
        where = f"never.{name}"
        entry = self._mapping(where, raw, needed={"event"} | _TOLD, others={"after", "until"})
        return Bar(
            name,
            self._events(where, entry.get("event")),
            self._events(where, entry.get("after")),
            self._events(where, entry.get("until")),
            str(entry.get("zh", "")),
            str(entry.get("en", "")),
        )

    def _statute(self, name: str, raw: object) -> Statute:
        where = f"statutes.{name}"
        entry = self._mapping(where, raw, needed=_OF_STATUTE, others=_ENFORCED)
        return Statute(
            id=name,
            article_zh=str(entry.get("article", "")),
            article=str(entry.get("article_en", "")),
            sentence_zh=str(entry.get("zh", "")),
            sentence=str(entry.get("en", "")),
            enforced_zh=str(entry.get("enforced", "")),
            enforced=str(entry.get("enforced_en", "")),
            parts=tuple(
                part
                for number, one in enumerate(_listed(entry.get("parts")), start=1)
                for part in self._parts(f"{where}.{number}", one)
            ),
        )

    def _parts(self, where: str, raw: object) -> Iterator[Part]:
        """Yield a part for each process that it names, and for each of several values."""
        entry = self._mapping(where, raw)
        pattern = str(entry.get("pattern", ""))
        needed, optional = PATTERNS.get(pattern, (frozenset[str](), frozenset[str]()))
        if pattern not in PATTERNS:
            self._wrong(where, f"Expected a pattern, but it is {pattern!r}", f"没有样式 {pattern}")
        free = {"relies_on", "assume"}
        self._keys(where, entry, needed | _OF_PART - free, optional | free)
        arguments = {
            name: self._argument(where, name, value)
            for name, value in entry.items()
            if name not in _OF_PART
        }
        assume = self._mapping(where, entry.get("assume") or {})
        supposed = [
            [(key.split("."), _value(one)) for one in _listed(v)] for key, v in assume.items()
        ]
        for process, *known in product(_listed(entry.get("process")), *supposed):
            yield Part(
                process=str(process),
                pattern=pattern,
                arguments=arguments,
                relies_on=tuple(map(str, _listed(entry.get("relies_on")))),
                assume={tuple(name): value for name, value in known},
                sentence_zh=str(entry.get("zh", "")),
                sentence=str(entry.get("en", "")),
            )

    def _feasible(self, name: str, raw: object) -> Feasible:
        where = f"feasible.{name}"
        others = {"after", "outside", "level", "assume", "relies_on"}
        entry = self._mapping(where, raw, needed=_OF_WAY, others=others)
        assume = self._mapping(where, entry.get("assume") or {})
        return Feasible(
            id=name,
            process=str(entry.get("process", "")),
            level=str(entry.get("level", "")),
            article_zh=str(entry.get("article", "")),
            article=str(entry.get("article_en", "")),
            sentence_zh=str(entry.get("zh", "")),
            sentence=str(entry.get("en", "")),
            begin=self._events(where, entry.get("from")),
            goal=self._events(where, entry.get("to")),
            period=tuple(map(str, _listed(entry.get("period")))),
            assume={tuple(k.split(".")): _value(v) for k, v in assume.items()},
            relies_on=tuple(map(str, _listed(entry.get("relies_on")))),
            after=str(entry.get("after", "")),
            outside=tuple(map(str, _listed(entry.get("outside")))),
        )

    def _check_ways(self, ways: Sequence[Feasible], known: Set[str]) -> None:
        named = {way.id for way in ways}
        for way in ways:
            for name in {way.after} - named - {""} | set(way.relies_on) - known:
                self._wrong(
                    f"feasible.{way.id}",
                    f"Expected what is known, but there is no {name}",
                    f"没有名为 {name} 的前提",
                )

    def _argument(self, where: str, name: str, value: object) -> object:
        if name in _OF_EVENTS:
            return self._events(where, value)
        if name == "needs":
            return tuple(self._events(where, one) for one in _listed(value))
        if name == "who":
            return tuple(self._charges(where, value))
        if name == "apart" and value not in (BODIES, PERSONS):
            self._wrong(
                where, f"Expected {BODIES} or {PERSONS}", f"apart 须为 {BODIES} 或 {PERSONS}"
            )
        return tuple(map(str, value)) if isinstance(value, list) else value

    def _charges(self, where: str, raw: object) -> Iterator[Charge]:
        for written, who in self._mapping(where, raw).items():
            body, _, role = str(who).partition(" ")
            for event in self._events(where, written):
                if event.kind != "act":
                    self._wrong(where, f"Expected an act, but it is {event}", "who 只列出 act")
                yield Charge(event, body, role)

    def _events(self, where: str, raw: object) -> tuple[Event, ...]:
        found: list[Event] = []
        for one in _listed(raw):
            try:
                found.append(parse_event(str(one)))
            except Invalid as error:
                self._wrong(where, error.message, error.message_zh)
        return tuple(found)

    def _table(self, name: str, top: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
        yield from self._mapping(name, top.get(name) or {}).items()

    def _mapping(
        self,
        where: str,
        raw: object,
        *,
        needed: Iterable[str] = (),
        others: Iterable[str] | None = None,
    ) -> Mapping[str, Any]:
        """Return named values; with `others` these and what is needed are all that may be."""
        if not isinstance(raw, Mapping):
            self._wrong(where or "id", "Expected named values, but there are none", "应为键值")
            return {}
        self._keys(where, raw, needed, others)
        return raw

    def _keys(
        self,
        where: str,
        raw: Mapping[str, Any],
        needed: Iterable[str],
        others: Iterable[str] | None,
    ) -> None:
        for name in sorted(set(needed) - raw.keys()):
            self._wrong(where, f"Expected {name}, but it is missing", f"缺少 {name}")
        if others is not None:
            for name in sorted(map(str, raw.keys() - {*needed, *others})):
                self._wrong(where, f"Expected nothing named {name}", f"不应有 {name}")

    def _wrong(self, where: str, message: str, message_zh: str) -> None:
        self.errors.append(FieldError(where, message, message_zh))


def _listed(raw: object) -> Sequence[Any]:
    if raw is None:
        return ()
    return raw if isinstance(raw, list | tuple) else (raw,)


def _value(raw: object) -> Value:
    if isinstance(raw, bool) or raw is None:
        return raw
    return Decimal(raw) if isinstance(raw, int) else str(raw)
