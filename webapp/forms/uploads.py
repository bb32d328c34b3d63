"""Files of a posted form: kept before the form is tried, so that a refusal does not lose them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from flask import request
from werkzeug.datastructures import FileStorage

from engine import clock
from engine.errors import FieldError, Invalid, Unavailable
from engine.forms.components import Component, fields_of
from engine.forms.definition import FormDefinition
from engine.ports import Actor
from engine.work.once import Keeping, Once, run_once
from webapp.context import bihuan
from webapp.forms.posting import UPLOAD

_SHOWN_NAME = 80

MOST_FILES = 50
"""Of one submission; more photos than any form of one case is given."""


_KEEPING: Keeping[str] = Keeping(
    "evidence", lambda kept: {"id": kept}, lambda _session, before: str(before["id"])
)


class Uploads:
    """The files of one request under the key of its form; what went wrong is kept by field."""

    def __init__(self, form: FormDefinition, actor: Actor, key: str) -> None:
        """Take the form, who sends it, and its key: the same file again is kept once."""
        self._form = form
        self._actor = actor
        self._key = key
        self.faults: list[FieldError] = []
        self.outage: Unavailable | None = None

    def keep(self) -> Iterator[tuple[str, str]]:
        """Keep the files; give field and evidence id of each that was kept."""
        if self._too_many():
            return
        lost: dict[str, list[str]] = {}
        for control, file in request.files.items(multi=True):
            if not file.filename:
                continue
            field = control.removeprefix(UPLOAD)
            if not self._takes(control):
                self.faults.append(_astray(control, file.filename))
                continue
            kept = self._try(field, file)
            if kept:
                # Chosen anew although it was kept before: the page names it already.
                if kept not in request.form.getlist(field):
                    yield field, kept
            elif self.outage is not None:
                lost.setdefault(field, []).append(file.filename)
        self.faults += [_lost(field, names) for field, names in lost.items()]

    def _too_many(self) -> bool:
        """Refuse more files than any form asks for, before one of them is kept."""
        sent = [name for name, file in request.files.items(multi=True) if file.filename]
        if len(sent) <= MOST_FILES:
            return False
        self.faults.append(_crowd(sent[0].removeprefix(UPLOAD)[:_SHOWN_NAME], len(sent)))
        return True

    def _takes(self, control: str) -> bool:
        path = control.removeprefix(UPLOAD).split(".")
        return control.startswith(UPLOAD) and _takes_files(self._form.components, path)

    def _try(self, field: str, file: FileStorage) -> str | None:
        if self.outage is not None:
            return None
        try:
            return self._kept(field, file)
        except Unavailable as error:
            self.outage = error
        except Invalid as error:
            self.faults.append(_refused(field, file.filename or "", error))
        return None

    def _kept(self, field: str, file: FileStorage) -> str:
        name, content = file.filename or "", file.read()
        digest = hashlib.sha256(f"{field}\n{name}\n".encode() + content).hexdigest()
        once = Once(f"{self._key}:{digest[:60]}", digest)
        product = bihuan()
        return run_once(
            product.database,
            product.settings.agency,
            self._actor.id,
            once,
            _KEEPING,
            lambda session: product.evidence.add(session, self._actor, name, content, clock.now()),
        )


def _takes_files(components: Sequence[Component], path: Sequence[str]) -> bool:
    """Return whether a path such as `items.0.photos` leads to a control for files."""
    found = next((one for one in fields_of(components) if one.key == path[0]), None)
    if found is None:
        return False
    if found.kind == "dynamiclist":
        return len(path) > 2 and _takes_files(found.children, path[2:])  # noqa: PLR2004 list, row
    return len(path) == 1 and found.kind == "filepicker"


def _crowd(field: str, count: int) -> FieldError:
    return FieldError(
        field,
        f"Expected at most {MOST_FILES} files at once, but {count} were sent; none was kept",
        f"一次最多上传 {MOST_FILES} 个文件，现有 {count} 个；均未保存",
    )


def _astray(control: str, name: str) -> FieldError:
    shown, file = control[:_SHOWN_NAME], name[:_SHOWN_NAME]
    return FieldError(
        shown,
        f"Expected no file under the name {shown}, but {file} was sent there; it was not kept",
        f"表单没有名为“{shown}”的文件栏，文件“{file}”没有保存",
    )


def _refused(field: str, name: str, error: Invalid) -> FieldError:
    file = name[:_SHOWN_NAME]
    return FieldError(field, f"{file}: {error.message}", f"“{file}”：{error.message_zh}")


def _lost(field: str, names: Sequence[str]) -> FieldError:
    return FieldError(
        field,
        f"These files were not kept, please choose them again: {', '.join(names)}",
        f"这些文件没有保存，请重新选择：{'、'.join(names)}",
    )
