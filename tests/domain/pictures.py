"""Pictures made on the spot."""

from __future__ import annotations

import io

from PIL import Image


def jpeg(width: int = 320, height: int = 200, colour: str = "gray") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "JPEG")
    return written.getvalue()
