"""From a posted page to the data of a form: files are kept first, then named by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from engine.forms.definition import FormDefinition
from engine.forms.posted import gather

UPLOAD = "upload:"
"""Prefix of file controls; the ids of files already kept travel under the field's own name."""

OWN = ("csrf_token",)

Keep = Callable[[str, FileStorage], str | None]
"""Keeps a file uploaded for a field and returns its evidence id; None for a refused one."""


def posted(form: FormDefinition, keep: Keep | None = None) -> dict[str, Any]:
    """Return what was posted in the shape of a form.

    Names beginning with `_` and the CSRF token are the page's own and left out. Without
    `keep`, uploads are ignored: drafts and redrawing store no files.
    """
    pairs = [*_own_left_out(), *(_uploads(keep) if keep else ())]
    return gather(form.components, pairs, leave_out=OWN)


def _own_left_out() -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if not name.startswith("_"):
            yield name, value


def _uploads(keep: Keep) -> Iterator[tuple[str, str]]:
    for name, file in request.files.items(multi=True):
        if not name.startswith(UPLOAD) or not file.filename:
            continue
        field = name.removeprefix(UPLOAD)
        kept = keep(field, file)
        if kept is not None:
            yield field, kept
