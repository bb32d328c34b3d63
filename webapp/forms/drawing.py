"""Draws a form of the engine into a page, and takes posted data back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from engine import clock
from engine.errors import FieldError, Invalid
from engine.ports import Actor
from engine.work.form_view import FormView
from engine.work.parts import Parts
from webapp.context import bihuan
from webapp.forms.page_form import PageForm, Surroundings, page_form
from webapp.forms.posting import posted


def parts() -> Parts:
    """Return what the engine reads forms with."""
    runtime = bihuan().runtime
    return Parts(runtime.database, runtime.application, runtime.catalogue)


def drawn(
    view: FormView,
    values: Mapping[str, Any] | None,
    language: str,
    *,
    errors: Sequence[FieldError] = (),
    redraw: str = "",
) -> PageForm:
    """Draw a form with what was typed, else with its starting values."""
    around = Surroundings(view.names, view.options)
    return page_form(
        view.form,
        view.values if values is None else values,
        errors,
        language,
        around,
        redraw=redraw,
    )


def submitted(view: FormView, actor: Actor) -> tuple[dict[str, Any], list[FieldError]]:
    """Return posted data with uploads kept, and what was wrong with the uploads.

    A refused file does not lose the others: it is told at its field.
    """
    faults: list[FieldError] = []

    def keep(name: str, file: FileStorage) -> str | None:
        try:
            return _keep(actor, file)
        except Invalid as error:
            faults.append(FieldError(name, error.message, error.message_zh))
            return None

    return posted(view.form, keep), faults


def _keep(actor: Actor, file: FileStorage) -> str:
    product = bihuan()
    content = file.read()
    with product.database.begin() as session:
        return product.evidence.add(session, actor, file.filename or "", content, clock.now())
