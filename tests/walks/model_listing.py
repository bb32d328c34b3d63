"""Listed supervision as the model sees it: one listing, raised as often as a ground is added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.walks.calendar_days import day_of, end_of

PROGRESS = timedelta(days=7)


@dataclass
class Listing:
    """Where the listing stands: nowhere, to publish, watched, to report on, to take down."""

    at: str | None = None
    published: bool = False
    next_report: datetime | None = None
    grade: int = 0
    major: bool = False
    other: bool = False
    removed: bool = True

    def tasks(self) -> list[tuple[str, int | None]]:
        """Return the one task that is open, if there is one."""
        return [(self.at, None)] if self.at in ("publish", "progress", "remove") else []

    def open(self, level: str, *, ground: str) -> None:
        """Begin or raise; whatever was under way, the listing is published anew."""
        if not (self.major or self.other):
            self.published = self.published and not self.removed
        if level == "major" and not self.major:
            self.major = True
        elif ground:
            self.other = True
        self.grade = 2 if self.other else 1
        self.at = "publish"

    def downgraded(self) -> None:
        """End a listing that had no ground but the level."""
        if not self.major:
            return
        self.major = False
        if not self.other and self.at in ("publish", "watch", "progress"):
            self.grade = 0
            self._take_down()

    def closed(self) -> None:
        """Take down what was published, because the case is closed."""
        if self.at in ("publish", "watch", "progress"):
            self._take_down()

    def done(self, task: str, now: datetime) -> None:
        """Do the task that is open."""
        if task == "remove":
            self.at, self.removed = "end", True
            return
        if task == "publish":
            self.published, self.removed = True, False
        self.at, self.next_report = "watch", end_of(day_of(now) + PROGRESS)

    def settle(self, now: datetime) -> bool:
        """Ask for the report of progress once its day has passed."""
        late = self.at == "watch" and self.next_report is not None and self.next_report <= now
        if late:
            self.at = "progress"
        return late

    def dates(self) -> list[datetime]:
        """Return the date that is awaited."""
        return [self.next_report] if self.at == "watch" and self.next_report else []

    def _take_down(self) -> None:
        self.at = "remove" if self.published else "end"
