"""Where moments and victims are drawn from."""

from __future__ import annotations

import random

chance = random.Random()  # noqa: S311 no secret depends on it
