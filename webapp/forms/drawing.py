"""Draws a form of the engine into a page, and takes posted data back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.errors import FieldError, Unavailable
from engine.ports import Actor
from engine.work.form_view import FormView
from engine.work.parts import Parts
from webapp.context import bihuan
from webapp.forms.attempt import Attempt, attempt
from webapp.forms.page_form import PageForm, Surroundings, page_form
from webapp.forms.posting import posted
from webapp.forms.uploads import Uploads
from workflows.domain.town_form import as_told

Result = TypeVar("Result")


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
    view = as_told(view)
    around = Surroundings(view.names, view.options)
    return page_form(
        view.form,
        view.values if values is None else values,
        errors,
        language,
        around,
        redraw=redraw,
    )


@dataclass(frozen=True)
class Submitted:
    """What was posted: its data with the ids of kept files, and what went wrong with files."""

    data: dict[str, Any]
    faults: Sequence[FieldError] = ()
    outage: Unavailable | None = None

    def attempt(self, command: Callable[[], Result]) -> Attempt[Result]:
        """Do a command, unless files did not arrive."""
        if self.faults or self.outage is not None:
            return Attempt(faults=self.faults, refusal=self.outage)
        return attempt(command)


def submitted(view: FormView, actor: Actor, key: str) -> Submitted:
    """Return posted data with uploads kept; a refused file does not lose the others."""
    uploads = Uploads(view.form, actor, key)
    data = posted(view.form, list(uploads.keep()))
    return Submitted(data, uploads.faults, uploads.outage)
