"""A form of a draft as whoever does the task will see it, with conditions decided by the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.deployment.expressions import scope_of
from engine.deployment.subject import Subject
from engine.errors import FieldError, Invalid
from engine.expressions import feel
from engine.expressions.inference import ANY, Type, entry_of, label
from engine.forms.components import Component, Option
from engine.forms.definition import FormDefinition
from engine.forms.posted import gather
from webapp.forms.page_form import PageForm, Surroundings, page_form

LISTED: Final = (Option("listed", "（办理时由系统列出）", "(listed when the task is done)"),)
"""In the place of choices that only a case has."""


def preview(
    form: FormDefinition,
    pairs: Sequence[tuple[str, str]],
    names: Mapping[str, Any],
    language: str,
    *,
    sent: bool,
) -> PageForm:
    """Draw a form with what was entered; where it was sent, with what would be refused."""
    data = gather(form.components, pairs)
    options = {field.options_from: LISTED for field in _all(form.components) if field.options_from}
    errors = _refused(form, data, names, options) if sent else ()
    values = data if pairs else {}
    return page_form(form, values, errors, language, Surroundings(names, options))


def _refused(
    form: FormDefinition,
    data: Mapping[str, Any],
    names: Mapping[str, Any],
    options: Mapping[str, Sequence[Option]],
) -> Sequence[FieldError]:
    try:
        form.clean(data, names=names, options=options, assume_beijing=True)
    except Invalid as error:
        return error.errors
    return ()


def names_read(subject: Subject, form: FormDefinition) -> list[dict[str, str]]:
    """Return the names beyond the form's own fields that its conditions read, with their types."""
    base = scope_of(subject).names
    own = {field.key for field in _all(form.components)}
    found: dict[str, str] = {}
    for component in _all(form.components):
        for path in sorted(feel.references(component.hide)) if component.hide else ():
            if path[0] not in own and path[0] in base:
                found[".".join(path)] = label(_type(base, path))
    return [{"name": name, "type": kind} for name, kind in found.items()]


def _type(base: Mapping[str, Type], path: tuple[str, ...]) -> Type:
    kind = base[path[0]]
    for name in path[1:]:
        kind = entry_of(kind, name) or ANY
    return kind


def _all(components: Sequence[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _all(component.children)
