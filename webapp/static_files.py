"""Static files: packed copies for who takes them, kept for a year where the address says which.

The build leaves `name.gz` beside each file. Pages address a file with a mark of its content,
so a browser asks once for each build and never shows an old one.
"""

from __future__ import annotations

import mimetypes
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request, url_for
from werkzeug.security import safe_join

from webapp.policy import allow

YEAR = 365 * 24 * 3600
HOUR = 3600
MARK = 12
"""Letters of the content's hash in an address."""


def address(filename: str) -> str:
    """Return the address of a file with the mark of its content, as it is now."""
    return url_for("static", filename=filename, v=_mark_of(filename))


def register(app: Flask) -> None:
    """Serve packed copies, and give templates `asset`."""
    plain = app.send_static_file
    folder = Path(app.static_folder or "")

    def send(filename: str) -> Response:
        packed = _packed(folder, filename) if request.accept_encodings["gzip"] > 0 else None
        response = plain(f"{filename}.gz" if packed else filename)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = _type_of(filename)
            response.headers.pop("Content-Disposition", None)
        return _kept(response)

    app.view_functions["static"] = allow.anyone(send)
    app.jinja_env.globals["asset"] = address


def _packed(folder: Path, filename: str) -> bool:
    path = safe_join(str(folder), f"{filename}.gz")
    return path is not None and Path(path).is_file()


def _kept(response: Response) -> Response:
    marked = "v" in request.args
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if marked else f"public, max-age={HOUR}"
    )
    response.vary.add("Accept-Encoding")
    return response


def _type_of(filename: str) -> str:
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _mark_of(filename: str) -> str | None:
    path = Path(__file__).resolve().parent / "static" / filename
    if not path.is_file():
        return None
    return _hash(path, path.stat().st_mtime_ns)


@cache
def _hash(path: Path, changed: int) -> str:  # noqa: ARG001 a new build is hashed anew
    return sha256(path.read_bytes()).hexdigest()[:MARK]
