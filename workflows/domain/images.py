"""What an uploaded file really is, and a copy for the screen without its metadata."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from engine.errors import Invalid

MAX_BYTES = 20 * 1024 * 1024
MAX_MEGAPIXELS = {"JPEG": 50, "MPO": 50}
MEGAPIXELS = 25
"""At most, of other formats: a JPEG is read smaller than it is, they only whole."""

SCREEN_SIDE = 1600
_FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
"""What telephones make; MPO is a JPEG with a second picture behind it."""

_EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
_PDF = b"%PDF-"
_PDF_END = b"%%EOF"
_TAIL = 2048
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])")
"""Names in a PDF that make it more than pages to be looked at."""


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
    _check_single(content)
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
            f"文件不得超过20 MB，现为 {size:.1f} MB",
        )


def _check_single(content: bytes) -> None:
    """Refuse an archive, also one behind a picture: some programs would open that instead."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise _refused(
            "Expected a photo or a PDF, but there is an archive in the file",
            "文件中含有压缩包，请上传原始照片或 PDF",
        )


def _pdf(content: bytes) -> Content | None:
    if not content.startswith(_PDF):
        return None
    if _PDF_END not in content[-_TAIL:]:
        raise _refused(
            "Expected a whole PDF, but it breaks off before its end", "PDF 不完整，请重新导出"
        )
    active = _ACTIVE.search(content)
    if active is not None:
        name = active[1].decode()
        raise _refused(
            f"Expected a PDF of pages alone, but it holds active parts ({name}); print it anew",
            f"PDF 含有脚本或附件（{name}），请打印为普通 PDF 后再上传",
        )
    return Content("application/pdf")


def _image(content: bytes) -> Content:
    try:
        with warnings.catch_warnings():
            # Our own limit is lower and refuses before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError as error:
        raise _too_many(MEGAPIXELS) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise _unknown() from error
    if image.format not in _FORMATS:
        raise _unknown()
    most = MAX_MEGAPIXELS.get(image.format, MEGAPIXELS)
    if image.width * image.height > most * 1_000_000:
        raise _too_many(most)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise _refused("Expected a still picture, but it moves", "不接受动图，请上传静态照片")
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


def _too_many(most: int) -> Invalid:
    return _refused(
        f"Expected at most {most} megapixels in this format, but the image has more; "
        "a JPEG may have 50",
        f"此格式的图片不得超过{most * 100}万像素（JPEG 可达5000万像素）",
    )


def _unknown() -> Invalid:
    return _refused(
        "Expected a JPEG, PNG or WebP image or a PDF, but the content is none of these",
        "只接受 JPEG、PNG、WebP 图片或 PDF 文件",
    )


def _refused(message: str, message_zh: str) -> Invalid:
    return Invalid.at("photos", message, message_zh)
