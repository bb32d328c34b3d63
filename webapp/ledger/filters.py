"""The filters of the ledger as a page shows them: controls by group, and chips to take off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.i18n.catalogue import pick, text
from webapp.ledger import asked
from webapp.presentation import choices, labels
from webapp.presentation.case_facts import Bodies
from webapp.presentation.choices import Choice
from webapp.presentation.remaining import day_words
from workflows.domain.ledger_fields import FIELDS, GROUPS, LedgerField
from workflows.domain.ledger_filters import EMPTY, FILLED, FROM, NO, TO, YES, Wanted
from workflows.domain.ledger_words import YES_NO, Words

QUICK = ("level", "state", "park", "department")
"""Fields whose filters are always in sight."""


@dataclass(frozen=True)
class Control:
    """One filter: `kind` says how it is drawn; a range has two ends."""

    name: str
    title: str
    kind: str
    options: Sequence[Choice] = ()
    chosen: Sequence[str] = ()
    low: str = ""
    high: str = ""

    @property
    def value(self) -> str:
        """What a control for one value holds."""
        return " ".join(self.chosen)

    @property
    def summary(self) -> Sequence[str]:
        """The names of what is chosen."""
        return [one.label for one in self.options if one.value in self.chosen]


@dataclass(frozen=True)
class ControlGroup:
    """Controls under a heading."""

    title: str
    controls: Sequence[Control]


@dataclass(frozen=True)
class Chip:
    """One filter in force, with the address of the list without it."""

    title: str
    words: str
    address: str


def quick(bodies: Bodies, language: str) -> list[Control]:
    """Return the filters that are always in sight."""
    progress = [
        Choice("open", text("ledger.open_only", language)),
        Choice("overdue", text("case.overdue", language)),
        Choice("closed", text("ledger.closed_only", language)),
    ]
    flags = choices.named(labels.FLAGS, labels.FLAGS, language)
    own = [
        Control(
            asked.OPEN, text("filter.open", language), "one", progress, asked.values(asked.OPEN)
        ),
        Control(asked.FLAG, text("filter.flag", language), "many", flags, asked.values(asked.FLAG)),
    ]
    return [*(control(FIELDS[name], bodies, language) for name in QUICK), *own]


def groups(bodies: Bodies, language: str) -> list[ControlGroup]:
    """Return the filters of all other fields."""
    return [
        ControlGroup(
            pick(language, *title),
            [
                control(field, bodies, language)
                for field in FIELDS.values()
                if field.group == group and field.key not in QUICK
            ],
        )
        for group, title in GROUPS.items()
    ]


def control(field: LedgerField, bodies: Bodies, language: str) -> Control:
    """Return the filter of a field with what the address asks of it."""
    kinds = {"choice": "many", "body": "many", "flag": "one", "person": "text"}
    return Control(
        name=field.key,
        title=pick(language, *field.title),
        kind=kinds.get(field.kind, field.kind),
        options=_options(field, bodies, language),
        chosen=asked.values(field.key),
        low=asked.value(field.key + FROM),
        high=asked.value(field.key + TO),
    )


def chips(words: Words, wanted: Sequence[Wanted], language: str) -> list[Chip]:
    """Return every filter in force."""
    return [
        *_own(language),
        *(chip for one in wanted for chip in _of(words, one, language)),
    ]


def _own(language: str) -> Iterator[Chip]:
    if asked.value(asked.TEXT):
        title = text("filter.text", language)
        yield Chip(title, asked.value(asked.TEXT), asked.address(asked.without([asked.TEXT])))
    for one in quick({}, language):
        if one.name in asked.OWN:
            for option in one.options:
                if option.value in one.chosen:
                    rest = asked.without([one.name], option.value)
                    yield Chip(one.title, option.label, asked.address(rest))


def _of(words: Words, wanted: Wanted, language: str) -> Iterator[Chip]:
    field = wanted.field
    title = words.title(field)
    if field.kind in ("choice", "body", "flag"):
        for held in wanted.values:
            rest = asked.address(asked.without([field.key], held))
            yield Chip(title, _said(words, field, held, language), rest)
        return
    rest = asked.address(asked.without([field.key, field.key + FROM, field.key + TO]))
    yield Chip(title, _range(wanted, language), rest)


def _said(words: Words, field: LedgerField, held: str, language: str) -> str:
    if held == EMPTY:
        return text("ledger.empty_value", language)
    if field.kind == "flag":
        return pick(language, *YES_NO[held == YES])
    return words.named(field, held)


def _range(wanted: Wanted, language: str) -> str:
    low, high = (_end(end, language) for end in (wanted.low, wanted.high))
    said = [
        text("ledger.empty_value" if held == EMPTY else "ledger.filled_value", language)
        if wanted.field.kind in ("day", "number")
        else held
        for held in wanted.values
    ]
    if low and high:
        said.append(low if low == high else f"{low} – {high}")
    elif low or high:
        said.append(f"≥ {low}" if low else f"≤ {high}")
    return " ".join(said)


def _end(end: object, language: str) -> str:
    if end is None:
        return ""
    return day_words(end, language) if isinstance(end, date) else f"{end:f}"


def _options(field: LedgerField, bodies: Bodies, language: str) -> list[Choice]:
    if field.kind == "flag":
        return [
            Choice(YES, pick(language, *YES_NO[True])),
            Choice(NO, pick(language, *YES_NO[False])),
        ]
    if field.kind == "choice":
        found = [Choice(name, pick(language, *words)) for name, words in field.choices.items()]
    elif field.kind == "body":
        found = choices.of_bodies(
            [one for one in bodies.values() if one.kind in field.bodies], language
        )
    elif field.optional and field.kind in ("day", "number"):
        return [
            Choice(FILLED, text("ledger.filled_value", language)),
            Choice(EMPTY, text("ledger.empty_value", language)),
        ]
    else:
        return []
    empty = [Choice(EMPTY, text("ledger.empty_value", language))] if field.optional else []
    return [*found, *empty]
