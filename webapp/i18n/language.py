"""The language of a request: chosen, then the account's, then the browser's, then Chinese."""

from __future__ import annotations

from flask import g, request, session
from flask_login import current_user

from webapp.i18n import catalogue


def current_language() -> str:
    """Return `zh` or `en` for this request."""
    own = current_user.language if current_user.is_authenticated else None
    return preferred(session.get("language"), own)


def preferred(*chosen: str | None) -> str:
    """Return the first language that was chosen, else what the browser prefers."""
    found = next((one for one in chosen if one in catalogue.LANGUAGES), None)
    return found or _of_browser()


def _of_browser() -> str:
    """Return what the browser prefers, asked once: a page has a hundred texts."""
    if "language_of_browser" not in g:
        best = request.accept_languages.best_match(["zh", "zh-CN", "en"], "zh")
        g.language_of_browser = best[:2]
    return str(g.language_of_browser)


def t(key: str, **values: object) -> str:
    """Return a text of the catalogue in the language of this request."""
    return catalogue.text(key, current_language(), **values)


def both(chinese: str | None, english: str | None) -> str:
    """Return whichever of two wordings fits the language of this request."""
    return catalogue.pick(current_language(), chinese, english)
