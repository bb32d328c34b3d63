"""From a posted page to the data of a form: files are kept first, then named by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import request

from engine.forms.definition import FormDefinition
from engine.forms.posted import gather

UPLOAD = "upload:"
"""Prefix of file controls; the ids of files already kept travel under the field's own name."""

OWN = ("csrf_token",)


def posted(form: FormDefinition, kept: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return what was posted in the shape of a form, with the evidence ids of kept files.

    Names beginning with `_` and the CSRF token are the page's own and left out. Without
    `kept`, uploads are ignored: drafts and redrawing store no files.
    """
    return gather(form.components, [*_own_left_out(), *kept], leave_out=OWN)


def _own_left_out() -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if not name.startswith("_"):
            yield name, value
