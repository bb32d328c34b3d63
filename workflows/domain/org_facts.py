"""What is known of bodies, persons and enterprises, and the words for their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from engine.ports import Grant

BODY_KINDS = (
    "park_command",
    "industry_department",
    "emergency_bureau",
    "office",
    "town",
    "leaders",
    "experts",
    "enterprise",
    "designers",
    "auditors",
    "vault",
    "admins",
)
ROLES = (
    "head",
    "deputy",
    "officer",
    "clerk",
    "principal",
    "safety_officer",
    "expert",
    "in_charge",
    "designer",
    "auditor",
    "vault",
    "admin",
)
ABOVE_SCALE = "above_scale"
SIZE_CLASSES = (ABOVE_SCALE, "small")
FOREVER = date(2000, 1, 1)


@dataclass(frozen=True)
class Body:
    """A body of the zone; `may_order` = it has enforcement power of its own."""

    id: str
    kind: str
    name_zh: str
    name: str
    may_order: bool
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        """Return whether it may be chosen for something new."""
        return self.closed_on is None


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Master data of an enterprise, with its names."""

    id: str
    name_zh: str
    name: str
    park: str | None
    town: str
    industry_department: str
    industry: str
    size_class: str
    address: str
    legal_representative: str
    actual_investor: str
    contact: str
    phone: str
    sort_key: str
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        """Return whether hazards may still be registered for it."""
        return self.closed_on is None

    @property
    def command(self) -> str:
        """Return the park command, or the town where there is no park."""
        return self.park or self.town


@dataclass(frozen=True)
class Person:
    """A person who may act."""

    id: str
    name_zh: str
    name: str


@dataclass(frozen=True, slots=True)
class Post:
    """A role that a person holds in a body from a day to a day, both included."""

    person: str
    grant: Grant
    valid_from: date
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        """Return whether it is held on a day."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)
