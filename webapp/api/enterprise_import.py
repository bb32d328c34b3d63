"""Enterprises from a sheet: looked at, or imported as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from engine.errors import Invalid
from webapp.api import replay
from webapp.api.access import actor, agency, needs
from webapp.api.administration import blueprint
from webapp.api.replay import once, replayable
from webapp.api.schemas.administration import DryRun, EnterprisesImported, SheetUpload
from webapp.api.sent_files import only_file
from webapp.context import bihuan
from workflows.administration import enterprise_sheet
from workflows.administration.enterprise_sheet import ENTERPRISES, Imported
from workflows.importing.sheet import RawRow, read_rows

KINDS = (".xlsx", ".csv")


@blueprint.call(
    "POST", "/administration/enterprises/import", "导入企业名单", parameters=[replay.PARAMETER]
)
@needs.office_write
@replayable
@blueprint.takes(SheetUpload, location="files")
@blueprint.takes(DryRun, location="query")
@blueprint.gives(EnterprisesImported)
def import_enterprises(_parts: dict[str, Any], wanted: dict[str, Any]) -> Imported:
    """Add the enterprises of a sheet (.xlsx or .csv) that are new, and change the others.

    All or none: with one mistake nothing is changed, and every wrong cell is named by its line.
    """
    return enterprise_sheet.import_enterprises(
        bihuan().database,
        actor(),
        agency(),
        _rows(only_file(request)),
        agreed=lambda _: not wanted["dry_run"],
        once=None if wanted["dry_run"] else once(),
    )


def _rows(file: FileStorage) -> Sequence[RawRow]:
    suffix = Path(file.filename or "").suffix.lower()
    if suffix not in KINDS:
        raise Invalid.at(
            "file",
            f"Expected a file that ends with {' or '.join(KINDS)}, but it does not",
            f"文件应以 {'、'.join(KINDS)} 结尾",
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{suffix}"
        path.write_bytes(file.read())
        return read_rows(path, ENTERPRISES)
