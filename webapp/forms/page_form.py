"""A form as a page shows it: its controls, what is wrong, what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import FieldError
from engine.forms.definition import FormDefinition
from engine.forms.rendering import Widget
from webapp.presentation.facts import Fact


@dataclass(frozen=True)
class Fault:
    """One line of the summary of errors, linked to its control."""

    sentence: str
    label: str = ""
    target: str = ""


@dataclass(frozen=True)
class PageForm:
    """What the form templates draw."""

    widgets: Sequence[Widget]
    faults: Sequence[Fault] = ()
    redraw: str = ""

    @property
    def conditional(self) -> bool:
        """Whether some control appears only under a condition, so that changes redraw."""
        return any(widget.hide for widget in _all(self.widgets))

    @property
    def kept(self) -> list[Fact]:
        """What was typed, as facts to read and copy when it can no longer be sent."""
        return [
            Fact(widget.label, _words(widget), whole=widget.kind == "textarea")
            for widget in _all(self.widgets)
            if _words(widget)
        ]

    @property
    def kept_files(self) -> list[str]:
        """The evidence ids of files that were kept although the form can no longer be sent."""
        return [
            one
            for widget in _all(self.widgets)
            if widget.kind == "filepicker"
            for one in widget.values
        ]


@dataclass(frozen=True)
class Surroundings:
    """What conditions and choices of a form read besides its own fields."""

    names: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def page_form(
    form: FormDefinition,
    values: Mapping[str, Any],
    errors: Sequence[FieldError],
    language: str,
    around: Surroundings,
    *,
    redraw: str = "",
) -> PageForm:
    """Draw a form with values and errors; every error is listed, known field or not."""
    widgets = form.render_model(
        values, errors, language, names=around.names, options=around.options
    )
    return form_of(widgets, errors, language, redraw=redraw)


def form_of(
    widgets: Sequence[Widget], errors: Sequence[FieldError], language: str, *, redraw: str = ""
) -> PageForm:
    """Return controls that are drawn already, with every error told."""
    known = {widget.name: widget for widget in _all(widgets) if widget.name}
    faults = [_fault(error, known.get(error.field), language) for error in errors]
    return PageForm(widgets, faults, redraw)


def _fault(error: FieldError, widget: Widget | None, language: str) -> Fault:
    if widget is None:
        return Fault(error.text(language), error.field)
    first_choice = widget.kind in ("radio", "checklist") and widget.options
    target = f"{widget.id}-1" if first_choice else widget.id
    return Fault(error.text(language), widget.label, target)


def _all(widgets: Iterable[Widget]) -> Iterator[Widget]:
    for widget in widgets:
        yield widget
        yield from _all(widget.children)
        for row in widget.rows:
            yield from _all(row)


def _words(widget: Widget) -> str:
    if widget.options:
        return "、".join(choice.label for choice in widget.options if choice.chosen)
    return "✓" if widget.checked else widget.value
