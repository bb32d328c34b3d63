"""A duty of the calendar as its line says it: who, with whom, when, where, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from webapp.i18n.catalogue import pick, text
from webapp.presentation import labels
from webapp.presentation.case_facts import Bodies, body_name
from webapp.presentation.naming import spoken
from webapp.presentation.remaining import Remaining, end_words, instant_words, remaining
from workflows.domain import interview_hosts as hosts
from workflows.domain.interview.calendar import FINAL_DATE, INTERVIEW, REPORT, Duty
from workflows.domain.town_words import for_town

_WHAT = {
    INTERVIEW: "interviews.interview",
    FINAL_DATE: "interviews.final",
    REPORT: "interviews.report",
}
_LATE = {
    INTERVIEW: "interview.late",
    FINAL_DATE: "interviews.final_late",
    REPORT: "interviews.report_late",
}


@dataclass(frozen=True)
class CalendarLine:
    """One duty in words."""

    case_id: str
    number: str
    level: str | None
    enterprise: str
    what: str
    area: str
    host: str
    time: str
    where: str
    missing: str
    left: Remaining
    by: str
    tags: Sequence[str]

    @property
    def where_lang(self) -> str:
        """The language of the place."""
        return spoken(self.where)


class Lines:
    """Puts duties into words."""

    def __init__(self, bodies: Bodies, now: datetime, language: str) -> None:
        """Take what names them."""
        self._bodies = bodies
        self._now = now
        self._language = language

    def line(self, duty: Duty) -> CalendarLine:
        """Return a duty in words."""
        hazard = duty.hazard
        places = (hazard.park or hazard.town, hazard.industry_department)
        meeting = duty.kind == INTERVIEW
        return CalendarLine(
            case_id=hazard.case_id,
            number=hazard.number,
            level=hazard.level,
            enterprise=pick(self._language, hazard.enterprise_name_zh, hazard.enterprise_name),
            what=self._say(_WHAT[duty.kind]),
            area=" / ".join(body_name(self._bodies, one, self._language) for one in places),
            host=self._host(duty) or self._say("interviews.no_host"),
            time=self._time(duty) if meeting else "",
            where=duty.place if meeting else "",
            missing=self._say(f"interview.step_{duty.step}"),
            left=remaining(duty.due_at, self._now, self._language),
            by=self._say("interviews.by", day=end_words(duty.due_at, self._language)),
            tags=list(self._tags(duty)),
        )

    def _host(self, duty: Duty) -> str:
        host = labels.label(hosts.NAMES, duty.host, self._language)
        return host if duty.hazard.park else for_town(host)

    def _time(self, duty: Duty) -> str:
        if duty.meet_at is None:
            return self._say("interviews.no_time")
        return instant_words(duty.meet_at, self._language)

    def _tags(self, duty: Duty) -> Iterator[str]:
        if duty.late:
            yield self._say(_LATE[duty.kind])
        if duty.of_authority:
            yield self._say("interview.of_authority")
        if duty.no_shows:
            yield self._say("interview.no_shows", count=duty.no_shows)

    def _say(self, key: str, **values: object) -> str:
        return text(key, self._language, **values)
