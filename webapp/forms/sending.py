"""One sending of a form: its key, under which the same sent again is done only once."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import request

from engine.store.base import json_text
from engine.store.ids import new_id
from engine.work.once import Once

KEY = "_key"
"""The hidden control that carries the key."""

_LONGEST = 64


def sent_key() -> str:
    """Return the key that the form came with, else a new one."""
    return request.form.get(KEY, "")[:_LONGEST] or new_id()


def once(key: str, *asked: Any) -> Once:  # noqa: ANN401 any JSON values
    """Return the key with the digest of what is asked under it."""
    return Once(key, hashlib.sha256(json_text(list(asked)).encode()).hexdigest())
