"""Pictures for the demonstration: drawn, labelled as examples, different for every use."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

SIZE = (720, 480)
_TONES = {"found": (196, 92, 60), "before": (178, 108, 70), "after": (72, 140, 92)}
_OTHER = (84, 112, 150)


def picture(kind: str, seed: int) -> bytes:
    """Return a JPEG: a schematic machine hall in a tone that tells before from after."""
    chance = random.Random(seed)  # noqa: S311 a drawing, not a secret
    tone = _TONES.get(kind, _OTHER)
    image = Image.new("RGB", SIZE, (228, 232, 238))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 350, *SIZE), fill=(168, 174, 184))
    for _ in range(chance.randint(3, 6)):
        left, width, height = (
            chance.randint(20, 560),
            chance.randint(80, 200),
            chance.randint(80, 260),
        )
        box = (left, 350 - height, left + width, 350)
        draw.rectangle(
            box, fill=_shade(tone, chance.randint(-30, 40)), outline=(60, 66, 76), width=3
        )
    draw.rectangle((0, 0, SIZE[0], 44), fill=(40, 52, 72))
    draw.text((16, 12), f"EXAMPLE PICTURE  {kind}  {seed:06d}", fill=(255, 255, 255))
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def _shade(tone: tuple[int, int, int], by: int) -> tuple[int, ...]:
    return tuple(max(0, min(255, part + by)) for part in tone)
