"""A label with its value, as the lists of facts show them."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.presentation.naming import spoken


@dataclass(frozen=True)
class Fact:
    """One fact; `whole` = it takes the whole width, `written` = the value is a person's words."""

    label: str
    value: str
    whole: bool = False
    written: bool = False

    @property
    def lang(self) -> str:
        """The language to mark the value with; "" for none."""
        return spoken(self.value) if self.written else ""
