"""What a draft would put into force: its files as they are kept, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from engine.deployment.bundle import Bundle
from workflows.designing import drafts, normal, paths
from workflows.designing.drafts import Draft
from workflows.designing.tables import DraftRow

What = Literal["added", "changed", "removed", "same"]


@dataclass(frozen=True)
class Change:
    """What became of one file since the base."""

    path: str
    what: What


def bundle(
    session: Session, draft: Draft | DraftRow, held: Mapping[str, bytes] | None = None
) -> Bundle:
    """Return the bundle that would be deployed: an untouched file is the base's, byte for byte.

    Args:
        session: reads it.
        draft: which draft.
        held: its files, where they were read before.
    """
    held = drafts.files(session, draft.id) if held is None else held
    deployed = {path: held[path] for path in held if paths.is_deployed(path)}
    return Bundle(draft.process, normal.kept(deployed, drafts.base_files(session, draft)))


def changes(held: Mapping[str, bytes], base: Mapping[str, bytes]) -> list[Change]:
    """Return what became of every file; how a file is written is no change of it."""
    return [Change(path, _what(path, held, base)) for path in sorted({*held, *base})]


def changed(held: Mapping[str, bytes], base: Mapping[str, bytes]) -> list[str]:
    """Return the files of what is deployed that are not as they were."""
    found = changes(held, base)
    return [one.path for one in found if one.what != "same" and paths.is_deployed(one.path)]


def _what(path: str, held: Mapping[str, bytes], base: Mapping[str, bytes]) -> What:
    if path not in held:
        return "removed"
    if path not in base:
        # Versions keep no scenarios: those of a draft are no change of the process.
        return "added" if paths.is_deployed(path) else "same"
    return "same" if normal.same(path, held[path], base[path]) else "changed"
