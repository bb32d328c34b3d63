"""Forms of a case in no park: its town is named where they name the park command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.forms.components import Component, Option
from engine.work.form_view import FormView
from workflows.domain.town_words import for_town


def as_told(view: FormView) -> FormView:
    """Return a form with the labels, hints and choices that are true of its case."""
    if view.names.get("case", {}).get("in_park", True):
        return view
    form = replace(view.form, components=_components(view.form.components))
    options = {name: _options(found) for name, found in view.options.items()}
    return replace(view, form=form, options=options)


def _components(components: Sequence[Component]) -> tuple[Component, ...]:
    return tuple(
        replace(
            one,
            label_zh=for_town(one.label_zh),
            label=for_town(one.label),
            hint_zh=for_town(one.hint_zh),
            hint=for_town(one.hint),
            options=_options(one.options),
            children=_components(one.children),
        )
        for one in components
    )


def _options(options: Sequence[Option]) -> tuple[Option, ...]:
    return tuple(
        replace(one, label_zh=for_town(one.label_zh), label=for_town(one.label)) for one in options
    )
