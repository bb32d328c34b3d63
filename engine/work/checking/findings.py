"""What checking finds: which check, about which case, what disagrees, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One disagreement; what is not `serious` is told and is no fault of the data."""

    check: str
    message: str
    message_zh: str
    case_id: str | None = None
    serious: bool = True

    def text(self, language: str) -> str:
        """Return the sentence in a language: anything but English means Chinese."""
        return self.message if language.startswith("en") else self.message_zh


def differs(
    check: str, case_id: str, what: str, what_zh: str, found: object, wanted: object
) -> Finding:
    """Return the finding that a stored value is not the one that it must be."""
    return Finding(
        check,
        f"Expected {what} to be {_shown(wanted)}, but it is {_shown(found)}",
        f"{what_zh}应为 {_shown(wanted)}，实为 {_shown(found)}",
        case_id,
    )


_LONGEST = 200


def _shown(value: object) -> str:
    if isinstance(value, set | frozenset):
        value = sorted(map(str, value))
    text = "—" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
