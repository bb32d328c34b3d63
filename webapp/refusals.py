"""Why a form was not accepted, told above the form that is given back."""

from __future__ import annotations

from engine.errors import BihuanError, Unavailable
from webapp.errors import RETRY_SECONDS, outcome_of
from webapp.forms.form_page import Refusal
from webapp.i18n.catalogue import text


def refusal(error: BihuanError | None, language: str) -> Refusal | None:
    """Return the banner for a refusal; None where there was none."""
    if error is None:
        return None
    title, advice = "task.stale_title", "task.stale_kept"
    if isinstance(error, Unavailable):
        title, advice = "form.not_saved", "form.not_saved_text"
    return Refusal(text(title, language), error.text(language), text(advice, language))


def status_of(error: BihuanError | None) -> int:
    """Return the status of a page that gives a form back."""
    return 422 if error is None else outcome_of(error).status


def headers_of(error: BihuanError | None) -> dict[str, str]:
    """Return what else such a page says to programs."""
    return {"Retry-After": str(RETRY_SECONDS)} if isinstance(error, Unavailable) else {}
