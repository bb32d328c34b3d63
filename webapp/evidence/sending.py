"""Sends stored bytes so that no browser runs them: fixed type, no sniffing, sandboxed."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from workflows.domain.evidence import Evidence

SANDBOX = "default-src 'none'; sandbox"


def as_picture(found: Evidence, content: bytes) -> Response:
    """Send the screen copy to be shown in a page."""
    return _sent(content, "image/jpeg", f"inline; {_name(found.name)}")


def as_attachment(found: Evidence, content: bytes) -> Response:
    """Send a file to be saved, never to be opened in the page."""
    return _sent(content, found.mime, f"attachment; {_name(found.name)}")


def _sent(content: bytes, mime: str, disposition: str) -> Response:
    response = Response(content, mimetype=mime)
    response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _name(name: str) -> str:
    """Return the file name for a header, in the encoding that RFC 6266 asks for."""
    return f"filename*=UTF-8''{quote(name, safe='')}"
