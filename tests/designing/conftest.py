"""A demonstration zone with its processes, and browsers of its people, for drafts."""

from __future__ import annotations

from tests.web.conftest import app, bihuan, built, visit

__all__ = ["app", "bihuan", "built", "visit"]
