"""Data of a form: checked against the version of the process that the case runs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import Invalid
from engine.operations import DesignedField
from engine.work.catalogue import DefinitionCatalogue


@dataclass(frozen=True)
class Submitted:
    """What a person sent: the data, the remark, and what the page showed when it was signed."""

    data: Mapping[str, Any]
    comment: str | None = None
    snapshot: str | None = None
    assume_beijing: bool = False

    def recorded(self, clean: Mapping[str, Any]) -> dict[str, Any]:
        """Return what history keeps of it."""
        extra = {"comment": self.comment, "snapshot": self.snapshot}
        return {**clean, **{name: value for name, value in extra.items() if value is not None}}


@dataclass(frozen=True)
class FormPlace:
    """Where a form is looked for: a version of a process, and the id."""

    process: str
    version: int
    form: str


def bound_flags(
    catalogue: DefinitionCatalogue, place: FormPlace, clean: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the flags that a form's fields are bound to; null where a field was not filled in."""
    form = catalogue.form(place.process, place.version, place.form)
    return {} if form is None else {name: clean.get(key) for key, name in form.flags}


def bound_fields(
    catalogue: DefinitionCatalogue, place: FormPlace, clean: Mapping[str, Any]
) -> list[tuple[DesignedField, Any]]:
    """Return the fields of `case.ext` that a form binds and showed, null where one is blank."""
    form = catalogue.form(place.process, place.version, place.form)
    kept = () if form is None else form.kept
    return [(field, clean[key]) for key, field in kept if key in clean]


def clean_form(
    catalogue: DefinitionCatalogue,
    place: FormPlace,
    submitted: Submitted,
    names: Mapping[str, Any],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """Return clean data; where the version has no such form, only emptiness is clean.

    Raises:
        Invalid: by field.
    """
    form = catalogue.form(place.process, place.version, place.form)
    if form is not None:
        return form.clean(
            submitted.data,
            names=names,
            options=options,
            assume_beijing=submitted.assume_beijing,
        )
    if submitted.data:
        raise Invalid(
            f"Expected no data, but {place.process} {place.version} has no form {place.form}",
            f"流程 {place.process} 第 {place.version} 版没有表单 {place.form}，不接受数据",
        )
    return {}
