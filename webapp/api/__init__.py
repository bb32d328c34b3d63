"""The JSON interface: `/api/v1`, described by OpenAPI, for programs that hold a token."""

from __future__ import annotations

from webapp.api.registration import register

__all__ = ["register"]
