"""A page that takes a file or the same as text: checked first, applied from what was checked.

What was read of a file is put into the page as text, so that what is applied is what was seen,
and a wrong cell is corrected in place.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from flask import request

from engine.errors import BihuanError, FieldError, Invalid
from webapp.administration.sheet import Line
from webapp.i18n.language import current_language

LONGEST = 150_000
"""Characters of text: about a thousand enterprises; more come from the command line."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at a line or a field."""

    where: str
    sentence: str


@dataclass
class Pasted:
    """What the page shows."""

    title: str
    lead: str
    action: str
    back: tuple[str, str]
    accept: str
    text: str = ""
    since: str | None = None
    findings: Sequence[Finding] = ()
    checked: bool = False
    summary: Sequence[str] = ()
    lines: Sequence[Line] = ()
    first: str = "admin.subject"
    example: str = ""
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def applying(self) -> bool:
        """Whether what was posted is to be applied, not only looked at."""
        return request.form.get("step") == "apply"

    @property
    def seen(self) -> str:
        """What the preview shows, as a digest that comes back with the confirmation."""
        text = self.text.replace("\r\n", "\n").strip()
        shown = (text, self.since, list(self.summary), list(self.lines))
        return sha256(repr(shown).encode()).hexdigest()

    @property
    def confirmed(self) -> bool:
        """Whether exactly what was previewed is to be applied.

        The text may have been changed after the preview, and so may what it would do.
        """
        return self.applying and request.form.get("seen") == self.seen

    @property
    def status(self) -> int:
        """The status of a preview: a conflict where it was to be applied already."""
        return 409 if self.applying else 200

    def refuse(self, error: BihuanError) -> int:
        """Show what is wrong; return the status to answer with."""
        self.findings = findings_of(error)
        self.checked = False
        return 422


def sent_text(accept: str, sheets: Callable[[Path], str] | None = None) -> str:
    """Return the text of the file that was sent, else of the field; raise Invalid if neither.

    Args:
        accept: the endings of files that are taken, as the page names them.
        sheets: reads an .xlsx or .csv file as text.
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _bounded(request.form.get("text", ""))
    suffix = Path(upload.filename).suffix.lower()
    kinds = accept.split(",")
    if suffix not in kinds:
        raise Invalid.at(
            "file",
            f"Expected a file of the kind {' or '.join(kinds)}, but it is another",
            f"不支持这种文件，请选择 {'、'.join(kinds)} 文件",
        )
    if sheets is not None:
        return _of_sheet(upload.read(), suffix, sheets)
    return _bounded(_decoded(upload.read()))


def findings_of(error: BihuanError) -> list[Finding]:
    """Return everything that an error says."""
    language = current_language()
    errors: Sequence[FieldError] = error.errors if isinstance(error, Invalid) else ()
    found = [Finding(one.field, one.text(language)) for one in errors]
    return found or [Finding("", error.text(language))]


def _of_sheet(content: bytes, suffix: str, sheets: Callable[[Path], str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(content)
        return _bounded(sheets(path))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid.at(
        "file", "Expected UTF-8 or GB18030 text, but it is neither", "文件编码不是 UTF-8 或 GB18030"
    )


def _bounded(text: str) -> str:
    if "\x00" in text or len(text) > LONGEST:
        raise Invalid.at(
            "text",
            f"Expected at most {LONGEST} characters of plain text, but it is more or other",
            f"内容应为不超过 {LONGEST} 字的纯文本",
        )
    if not text.strip():
        raise Invalid.at(
            "file", "Expected a file or text, but there is neither", "请选择文件或粘贴内容"
        )
    return text
