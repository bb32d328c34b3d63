"""Headers and limits that every answer carries: nothing inline, nothing foreign, no framing."""

from __future__ import annotations

import secrets

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.exceptions import SecurityError

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Tabler's own marks are `data:` pictures; everything else comes from here."""

PERMISSIONS = {"camera": "(self)", "geolocation": "(self)", "microphone": "()"}

REFUSED = 400

csrf = CSRFProtect()

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", headers_enabled=False)
"""Counts in memory, so each process counts by itself; a proxy in front counts for all."""


def protect(app: Flask, *, https: bool) -> None:
    """Install CSRF checks, request limits and security headers on an application."""
    csrf.init_app(app)
    limiter.init_app(app)
    Talisman(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        content_security_policy=None,
        permissions_policy=PERMISSIONS,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
    app.register_error_handler(SecurityError, _unknown_host)
    app.after_request(_finish)


def cookie_settings(secret: str | None, *, https: bool) -> dict[str, object]:
    """Return Flask's settings for the cookie; without a secret, one that dies with us."""
    return {
        "SECRET_KEY": secret or secrets.token_hex(32),
        "SESSION_COOKIE_NAME": "__Host-bihuan" if https else "bihuan",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": https,
    }


def _unknown_host(_error: Exception) -> Response:
    """Answer a name that is not ours with no page: every address in one would rest on it."""
    return Response("400\n", status=400, mimetype="text/plain")


def _finish(response: Response) -> Response:
    """Set what a view has not set more strictly itself, as evidence does."""
    policy = "; ".join(f"{name} {value}" for name, value in CONTENT_SECURITY_POLICY.items())
    response.headers.setdefault("Content-Security-Policy", policy)
    if request.endpoint != "static" or response.status_code >= REFUSED:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
