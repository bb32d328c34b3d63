"""One difference between two versions of a process, as a value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

Kind = Literal["added", "removed", "changed", "moved"]

Titles = tuple[str, str]
"""What something is called, in Chinese and in English."""

Written = str | Titles
"""How something is written; where it is called by a name, in both languages."""

Aspects = Mapping[str, Written | None]
"""How everything of something is written, by its name; None where there is nothing."""

Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        path: the file of the bundle.
        subject: what differs: the tag of an element, or `flow`, `lane`, `process`, `decision`,
            `input`, `output`, `rule`, `form`, `field`, `file`.
        change: `moved` where nothing but the layout differs.
        element: its id; of a field the key, of a rule the id of the row.
        title: what it is called.
        aspect: what of it differs, such as `name`, `condition` or `property.ladder`.
        before: how it was written; None where there was nothing.
        after: how it is written; None where there is nothing.
        place: what it lies in, such as the decision of a rule.
    """

    path: str
    subject: str
    change: Kind
    element: str
    title: Titles
    aspect: str = ""
    before: Written | None = None
    after: Written | None = None
    place: Titles | None = None


def compared(spot: Change, was: Aspects | None, now: Aspects | None) -> Iterator[Change]:
    """Yield how something differs: that it is new or gone, else each aspect, at a spot."""
    if was is None or now is None:
        yield replace(spot, change="added" if was is None else "removed")
        return
    for name in dict.fromkeys((*now, *was)):
        before, after = was.get(name) or None, now.get(name) or None
        if before != after:
            yield replace(spot, change="changed", aspect=name, before=before, after=after)


def either(key: Key, old: Mapping[Key, Thing], new: Mapping[Key, Thing]) -> Thing:
    """Return the newer of what goes by a key."""
    return new[key] if key in new else old[key]


def in_order(before: Iterable[Key], after: Iterable[Key]) -> list[Key]:
    """Return everything of both, in the order of the newer, what is gone at its end."""
    return list(dict.fromkeys((*after, *before)))
