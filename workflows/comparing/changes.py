"""The list of changes between two versions, as page, interface and command line tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.deployment import differences as compared
from engine.deployment.differences_values import Change, Written
from workflows.comparing.sentences import aspect_words, sentence
from workflows.comparing.words import Words


@dataclass(frozen=True)
class ToldChange:
    """A change with its sentence in one language."""

    change: Change
    sentence: str
    aspect: str
    before: str | None
    after: str | None

    def as_json(self) -> dict[str, str | None]:
        """Return it as the interface does."""
        one = self.change
        return {
            "path": one.path,
            "subject": one.subject,
            "change": one.change,
            "element": one.element,
            "aspect": one.aspect,
            "before": self.before,
            "after": self.after,
            "sentence": self.sentence,
        }


def changes_between(
    before: Mapping[str, bytes | str], after: Mapping[str, bytes | str], language: str
) -> list[ToldChange]:
    """Return what differs between the files of two versions, each as a sentence.

    Args:
        before: the files of the older by path, as in a bundle.
        after: the files of the newer.
        language: `zh` or `en`.
    """
    place = 1 if language == "en" else 0
    return [
        ToldChange(
            change,
            sentence(change)[place],
            _aspect(change)[place],
            _in(change.before, place),
            _in(change.after, place),
        )
        for change in compared.differences(_bytes(before), _bytes(after))
    ]


def counted(changes: Sequence[ToldChange]) -> dict[str, int]:
    """Return how many there are of each kind."""
    found = dict.fromkeys(("added", "removed", "changed", "moved"), 0)
    for one in changes:
        found[one.change.change] += 1
    return found


def _aspect(change: Change) -> Words:
    return aspect_words(change.aspect) if change.aspect else ("", "")


def _in(value: Written | None, place: int) -> str | None:
    return value[place] if isinstance(value, tuple) else value


def _bytes(files: Mapping[str, bytes | str]) -> dict[str, bytes]:
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
    }
