"""Values that a form starts with, in the one language of whoever fills it in."""

from __future__ import annotations

from engine.ports import Context


def spoken(context: Context, zh: str, en: str) -> str:
    """Return the wording in the language of whoever asks; Chinese unless he reads English."""
    return en if context.actor.language == "en" else zh
