"""Listed supervision as the model sees it: one listing, raised as often as a ground is added."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.walks.calendar_days import day_of, end_of, workdays_after

PROGRESS = timedelta(days=7)
PUBLISH_DAYS = 5
CARRIED_OUT = timedelta(minutes=1)
"""What is carried out in the minute after 24:00 belongs to the day that has ended."""


@dataclass
class Listing:
    """Where the listing stands: nowhere, to publish, watched, to report on, to take down."""

    at: str | None = None
    published: bool = False
    next_report: datetime | None = None
    missed: int = 0
    grounds: set[str] = field(default_factory=set)
    by_zone: bool = False
    kept_grade: int = 0
    ordered: bool = False
    ended: bool = False
    removed: bool = True
    owed: datetime | None = None

    @property
    def grade(self) -> int:
        """2 where the zone supervises, 1 where only the level is a ground."""
        by_grounds = 2 if self.grounds - {"major"} else len(self.grounds)
        return 0 if self.ended else max(by_grounds, self.kept_grade)

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the one task that is open, if there is one."""
        if self.at == "publish":
            return [("publish_zone" if self.grade > 1 else "publish", None)]
        return [(self.at, None)] if self.at in ("progress", "take_note", "remove") else []

    def open(self, *, major: bool, overdue: bool, extended: bool) -> None:
        """Begin or raise; whatever was under way, the listing is published anew."""
        if not self.grounds:
            self.published = self.published and not self.removed
        self.ended, self.kept_grade = False, 0
        shown = {"major": major, "overdue": major and overdue, "order": self.ordered}
        self.grounds |= {ground for ground, holds in shown.items() if holds}
        self.grounds |= {"extension"} if extended else set()
        if self.at != "publish":
            self.owed = None
        self.at = "publish"

    def owe(self, now: datetime) -> None:
        """Note since when a publication is owed: a further ground gives no more time for it."""
        self.owed = (self.owed or now) if self.at == "publish" else None

    def publish_by(self) -> datetime | None:
        """Return by when the publication that is owed is due."""
        since = self.owed and day_of(self.owed - CARRIED_OUT)
        return end_of(workdays_after(since, PUBLISH_DAYS)) if since else None

    def downgraded(self) -> None:
        """End a listing that had no ground but the level."""
        if "major" not in self.grounds:
            return
        self.grounds.discard("major")
        if not self.grounds:
            self.ended = True
            self.closed()

    def undone(self) -> None:
        """Take away the ground of an extension; what the zone has published stands for a major."""
        if "extension" not in self.grounds:
            return
        self.grounds.discard("extension")
        if not self.grounds:
            self.ended = True
            self.closed()
        elif self.published and self.by_zone:
            self.kept_grade = 2
        elif self.at == "publish" and self.grade == 1:
            self.at = "watch" if self.published else "publish"

    def closed(self) -> None:
        """Take down what was published, because the case is closed."""
        if self.at in ("publish", "watch", "progress", "take_note"):
            self.at = "remove" if self.published else "end"

    def done(self, task: str, person: str, now: datetime) -> None:
        """Do the task that is open; what the enterprise reports is taken note of."""
        if task == "take_note":
            self.at = "watch"
            return
        if task == "remove":
            self.at, self.removed = "end", True
            return
        if task != "progress":
            self.published, self.removed = True, False
            self.by_zone = task == "publish_zone"
            self.next_report = end_of(day_of(now) + PROGRESS)
        by_it = task == "progress" and person.startswith("enterprise")
        self.at = "take_note" if by_it else "watch"
        while self.next_report is not None and self.next_report <= now:
            self.next_report += PROGRESS

    def settle(self, now: datetime) -> bool:
        """Ask for the report of progress once its day has passed; what is missed waits no more."""
        due = self._awaited()
        if due is None or due > now:
            return False
        if self.at == "progress":
            self.next_report, self.missed = due, self.missed + 1
        self.at = "progress"
        return True

    def dates(self) -> list[datetime]:
        """Return the date that is awaited."""
        due = self._awaited()
        return [due] if due else []

    def _awaited(self) -> datetime | None:
        """Return when the next report falls due, whatever became of the last one."""
        if self.next_report is None or self.at not in ("watch", "take_note", "progress"):
            return None
        return self.next_report + PROGRESS * (self.at == "progress")
