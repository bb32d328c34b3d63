"""Who stands behind a word that a case document keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def makers(word: Mapping[str, Any]) -> list[str]:
    """Return who made a proposal: the person, and whom they stood in for."""
    return [str(found) for name in ("by", "acting_for") if (found := word.get(name))]
