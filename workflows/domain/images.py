"""What an uploaded file really is, and a copy for the screen without its metadata."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from engine.errors import Invalid

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
SCREEN_SIDE = 1600
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
_PDF = b"%PDF-"
_HEAD = 1024


@dataclass(frozen=True)
class Content:
    """What a file is by its bytes; images have a size and a copy for the screen."""

    mime: str
    width: int | None = None
    height: int | None = None
    screen: bytes | None = None


def read(content: bytes, name: str) -> Content:
    """Return what the bytes are; raise Invalid with the reason if they may not be kept."""
    _check_size(content)
    found = _pdf(content) or _image(content)
    extension = _extension(name)
    if extension and extension not in _EXTENSIONS[found.mime]:
        raise _refused(
            f"Expected a file named {extension} to be one, but its content is {found.mime}",
            f"文件名后缀为 {extension}，内容却是 {found.mime}，请上传原始照片",
        )
    return found


def _check_size(content: bytes) -> None:
    if not content:
        raise _refused("Expected a file, but it is empty", "文件为空")
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        raise _refused(
            f"Expected at most 20 MB, but the file has {size:.1f} MB",
            f"文件不得超过20 MB,现为 {size:.1f} MB",
        )


def _pdf(content: bytes) -> Content | None:
    return Content("application/pdf") if _PDF in content[:_HEAD] else None


def _image(content: bytes) -> Content:
    try:
        with warnings.catch_warnings():
            # Our own limit is lower and refuses before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _unknown() from error
    if image.format not in _FORMATS:
        raise _unknown()
    if image.width * image.height > MAX_PIXELS:
        raise _too_many()
    return Content(_FORMATS[image.format], image.width, image.height, _screen(image))


def _screen(image: Image.Image) -> bytes:
    """Return a smaller JPEG, turned upright, with nothing of the original's metadata."""
    try:
        image.draft("RGB", (SCREEN_SIDE, SCREEN_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SCREEN_SIDE, SCREEN_SIDE))
        plain = Image.new("RGB", upright.size, "white")
        flat = upright.convert("RGBA") if upright.mode in ("RGBA", "LA", "P") else upright
        plain.paste(flat.convert("RGB"), mask=flat.getchannel("A") if flat.mode == "RGBA" else None)
    except (OSError, ValueError, SyntaxError) as error:
        raise _refused(
            "Expected a whole image, but it cannot be read to its end", "图片已损坏，无法读取"
        ) from error
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _extension(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.casefold()}" if dot and stem else ""


def _too_many() -> Invalid:
    return _refused(
        "Expected at most 50 megapixels, but the image has more", "图片不得超过5000万像素"
    )


def _unknown() -> Invalid:
    return _refused(
        "Expected a JPEG, PNG or WebP image or a PDF, but the content is none of these",
        "只接受 JPEG、PNG、WebP 图片或 PDF 文件",
    )


def _refused(message: str, message_zh: str) -> Invalid:
    return Invalid.at("photos", message, message_zh)
