"""The worker of the web server: what never reaches the application is answered in both languages.

An address or a header beyond the server's limits, or a request that is none, is refused before
the application, and so before its language, is known.
"""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Any, NamedTuple

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker


class Words(NamedTuple):
    """What is told of one kind of request that is refused."""

    status: int
    reason: str
    chinese: tuple[str, str]
    english: tuple[str, str]


TOO_LONG = Words(
    414,
    "URI Too Long",
    ("地址过长", "请求地址最多 {line} 个字节，请减少筛选条件后再试。"),
    ("Address too long", "An address has at most {line} bytes. Please ask for less at once."),
)
TOO_MUCH = Words(
    431,
    "Request Header Fields Too Large",
    (
        "请求头过大",
        "请求头最多 {fields} 项，每项最多 {field} 个字节。清除本站的 Cookie 后可以再试。",
    ),
    (
        "Headers too large",
        "At most {fields} headers of {field} bytes each. Deleting this site's cookies may help.",
    ),
)
MALFORMED = Words(
    400,
    "Bad Request",
    ("请求有误", "这不是有效的 HTTP 请求。"),
    ("Malformed request", "This is no valid HTTP request."),
)
UNMET = Words(
    417,
    "Expectation Failed",
    ("请求有误", "请求头 Expect 只接受 100-continue。"),
    ("Malformed request", "The header Expect takes 100-continue alone."),
)
OTHERWISE_CODED = Words(
    501,
    "Not Implemented",
    ("请求有误", "请求头 Transfer-Encoding 只接受 chunked。"),
    ("Malformed request", "The header Transfer-Encoding takes chunked alone."),
)
_KINDS: tuple[tuple[type[Exception], Words], ...] = (
    (errors.LimitRequestLine, TOO_LONG),
    (errors.LimitRequestHeaders, TOO_MUCH),
    (errors.ExpectationFailed, UNMET),
    (errors.UnsupportedTransferCoding, OTHERWISE_CODED),
    (errors.InvalidRequestLine, MALFORMED),
    (errors.InvalidRequestMethod, MALFORMED),
    (errors.InvalidHTTPVersion, MALFORMED),
    (errors.InvalidHeader, MALFORMED),
    (errors.InvalidHeaderName, MALFORMED),
)

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1><p>{text}</p>
<div lang="en"><h2>{title_en}</h2><p>{text_en}</p></div>
</body>
</html>
"""


class Worker(ThreadWorker):  # type: ignore[misc]  # the library has no types
    """A worker with threads, which tells in Chinese and English what it cannot pass on."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ANN401 the library's own
        """Answer what went wrong before or after the application."""
        for kind, words in _KINDS:
            if isinstance(exc, kind):
                self.log.warning("Invalid request from ip=%s: %s", (addr or ("",))[0], exc)
                # Whoever sent too much may have gone already.
                with suppress(OSError):
                    write_nonblock(client, answer(words, self.cfg.settings))
                return
        super().handle_error(req, client, addr, exc)


def answer(words: Words, settings: Any) -> bytes:  # noqa: ANN401 the library's own
    """Return the whole answer to a request that is refused."""
    limits = {
        "line": settings["limit_request_line"].get(),
        "fields": settings["limit_request_fields"].get(),
        "field": settings["limit_request_field_size"].get(),
    }
    (title, text), (title_en, text_en) = words.chinese, words.english
    page = _PAGE.format(
        title=escape(title),
        text=escape(text.format(**limits)),
        title_en=escape(title_en),
        text_en=escape(text_en.format(**limits)),
    ).encode()
    head = (
        f"HTTP/1.1 {words.status} {words.reason}\r\n"
        "Connection: close\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    )
    return head.encode("ascii") + page
