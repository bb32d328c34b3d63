"""The script that tells what is wrong with a page as it stands."""

from __future__ import annotations

from pathlib import Path

LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
"""Called in the page with its language; returns its faults in words."""
