"""The form that asks for more time: what its dates rest on, and what it does not offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.clock import beijing_date
from engine.forms.rendering import Widget
from engine.store.queries import TaskRow
from webapp.cases.sources import CaseSources
from webapp.context import reading
from webapp.forms.page_form import PageForm
from webapp.i18n.catalogue import pick, text
from webapp.presentation.facts import Fact
from webapp.presentation.remaining import day_words, instant_words
from workflows.domain import extension_requests as requests
from workflows.domain import rule_store
from workflows.domain.deadline import Deadline
from workflows.domain.extension.content import last_lawful_day
from workflows.domain.rule_set import RuleSet
from workflows.domain.working_days import WorkingCalendar

REQUEST, RESUBMIT = "extension.request", "extension.resubmit"


@dataclass(frozen=True)
class Asking:
    """What a request for more time is measured by; `before` = the one that is sent again."""

    standing: date
    last: date
    second: bool
    rules: RuleSet
    calendar: WorkingCalendar
    now: datetime
    language: str
    before: Mapping[str, Any] | None = None

    @property
    def today(self) -> date:
        """The day on which the form is read."""
        return beijing_date(self.now)

    @property
    def first(self) -> date:
        """The first day that may be asked for, which lies ahead if any such day does."""
        after = self.standing + timedelta(days=1)
        return after if self.today > self.last else max(after, self.today)

    def facts(self) -> list[Fact]:
        """Return what is told above the form."""
        latest = f"{day_words(self.last, self.language)}{self._rules('max_days', 'max_total_days')}"
        which = self._text("extension.form_second" if self.second else "extension.form_first")
        return [
            self._fact(
                "extension.form_standing", self._say("extension.form_standing_day", self.standing)
            ),
            self._fact("extension.form_when", self._when()),
            self._fact("extension.form_latest", latest),
            self._fact("extension.form_which", f"{which}{self._rules('second_needs')}"),
        ]

    def drawn(self, form: PageForm) -> PageForm:
        """Return the form with its days bounded and only what may be asked for offered."""
        return replace(form, widgets=_each(form.widgets, self._widget))

    def _widget(self, widget: Widget) -> Widget:
        field = widget.name.rpartition(".")[2]
        if field == "new_date":
            rest = self._text("extension.form_rests") if self._rests(widget.value) else ""
            hint = f"{widget.hint}{rest}"
            return replace(widget, hint=hint, attributes=_between(self.first, self.last))
        if field == "finish_on":
            return replace(widget, attributes=_between(self.today, self.last))
        return self._ground(widget) if field == "ground" else widget

    def _ground(self, widget: Widget) -> Widget:
        refused = self.rules.words("extension.grounds_refused")
        offered = tuple(one for one in widget.options if one.value not in refused)
        rule = self.rules["extension.grounds_refused"]
        hint = self._text("extension.form_refused", rule=pick(self.language, rule.zh, rule.en))
        return replace(widget, options=offered, hint=hint)

    def _rests(self, typed: str) -> bool:
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return False
        return self.calendar.covers(day) and not self.calendar.is_workday(day)

    def _when(self) -> str:
        if self.before is not None:
            timely = self.before["timeliness"] == requests.TIMELY
            at = instant_words(datetime.fromisoformat(self.before["at"]), self.language)
            return self._text(
                "extension.form_kept_timely" if timely else "extension.form_kept_late", at=at
            )
        until = self.standing - timedelta(days=self.rules.whole("extension.timely_days_before"))
        return self._say(
            "extension.form_timely" if self.today <= until else "extension.form_late", until
        )

    def _rules(self, *names: str) -> str:
        found = [self.rules[f"extension.{name}"] for name in names]
        said = [pick(self.language, one.zh, one.en) for one in found]
        return self._text(
            "extension.form_rules", rules=self._text("extension.form_then").join(said)
        )

    def _say(self, key: str, day: date) -> str:
        return self._text(key, day=day_words(day, self.language))

    def _text(self, key: str, **values: object) -> str:
        return text(key, self.language, **values)

    def _fact(self, key: str, value: str) -> Fact:
        return Fact(self._text(key), value, whole=True)


def of_act(sources: CaseSources, act: str, now: datetime, language: str) -> Asking | None:
    """Return what a new request is measured by; None for another act, or without a date."""
    rows = (Deadline.from_json(one) for one in sources.record.document["deadlines"])
    row = next((one for one in rows if one.kind == "rectification" and one.running), None)
    if act != REQUEST or row is None:
        return None
    second = bool(requests.in_force(sources.record.document))
    return _asking(sources, row.due_date, now, language, second=second)


def of_task(sources: CaseSources, task: TaskRow, now: datetime, language: str) -> Asking | None:
    """Return what a returned request is measured by; None for another task."""
    if task.act != RESUBMIT:
        return None
    before = requests.named(sources.record.document, task.token)
    standing = date.fromisoformat(before["original_due"])
    found = _asking(sources, standing, now, language, second=before["second"])
    return replace(found, before=before)


def _asking(
    sources: CaseSources, standing: date, now: datetime, language: str, *, second: bool
) -> Asking:
    rules = sources.own_rules
    with reading() as session:
        calendar = rule_store.calendar(session)
    last = last_lawful_day(sources.record.document, rules, standing)
    return Asking(standing, last, second, rules, calendar, now, language)


def _each(widgets: Sequence[Widget], change: Callable[[Widget], Widget]) -> tuple[Widget, ...]:
    """Change every widget of a form, those of rows and of the row to copy too."""
    return tuple(
        change(
            replace(
                one,
                children=_each(one.children, change),
                rows=tuple(_each(row, change) for row in one.rows),
                blank_row=_each(one.blank_row, change),
            )
        )
        for one in widgets
    )


def _between(first: date, last: date) -> dict[str, str]:
    return {"min": first.isoformat(), "max": last.isoformat()}
