"""The one file of a multipart request; what was sent beside it is refused by name."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import FileStorage

from engine.errors import Invalid


def only_file(request: Request) -> FileStorage:
    """Return the file; what was sent beside it is refused by name, not dropped."""
    file, *more = request.files.getlist("file")
    if more:
        names = [one.filename or "" for one in (file, *more)]
        raise Invalid.at(
            "file",
            f"Expected one file, but {len(names)} were sent: {', '.join(names)}; none was kept",
            f"一次只能上传一个文件，现有 {len(names)} 个：{'、'.join(names)}；均未保存",
        )
    for name in request.form:
        raise Invalid.at(
            name[:80],
            f"Expected only a file, but there is a field {name[:80]}; nothing was kept",
            f"只能上传文件，不认识字段“{name[:80]}”，没有保存",
        )
    return file
