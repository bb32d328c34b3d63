"""What was posted in vain, to be sent again from the page that tells so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from webapp.forms.posting import OWN, UPLOAD

SECRETS = frozenset({"password"})

_CODE = re.compile(r"[\w.:+-]*", re.ASCII)
"""What a choice or a date is posted as; it tells a reader nothing."""


@dataclass(frozen=True)
class LostFiles:
    """Files of one control that did not arrive and must be chosen again."""

    control: str
    names: Sequence[str]


@dataclass(frozen=True)
class SentAgain:
    """One posted form: where it goes, its values, the files to be chosen again."""

    action: str
    values: Sequence[tuple[str, str]]
    files: Sequence[LostFiles]

    @property
    def words(self) -> list[str]:
        """What a person typed, to read and copy."""
        return [
            value
            for name, value in self.values
            if (not name.startswith("_") or name == "_comment") and not _CODE.fullmatch(value)
        ]


def sent_again() -> SentAgain | None:
    """Return what this request posted; None where it posted nothing, or a secret."""
    if request.method != "POST" or SECRETS & set(request.form):
        return None
    values = [(n, v) for n, v in request.form.items(multi=True) if n not in OWN]
    return SentAgain(request.path, values, lost_files())


def lost_files() -> list[LostFiles]:
    """Return the files of this request by their control."""
    return [
        LostFiles(control, names)
        for control in dict.fromkeys(request.files)
        if control.startswith(UPLOAD)
        and (names := [file.filename for file in request.files.getlist(control) if file.filename])
    ]
