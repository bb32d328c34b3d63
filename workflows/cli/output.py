"""How every command speaks: one JSON document or plain lines, and refusals with exit code 1."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import Progress

from engine.errors import BihuanError, Invalid
from engine.expressions.errors import FeelError
from engine.expressions.pointing import pointed

P = ParamSpec("P")


def language() -> str:
    """Return the language of messages: BIHUAN_LANGUAGE, Chinese when it is not set."""
    return os.environ.get("BIHUAN_LANGUAGE", "zh")


def emit(document: object, *, as_json: bool, text: str | None = None) -> None:
    """Print one JSON document, or the text a person wants to read."""
    if as_json or text is None:
        click.echo(json.dumps(document, ensure_ascii=False, indent=None if as_json else 2))
    elif text:
        click.echo(text)


def tell(zh: str, en: str) -> None:
    """Print a progress line to standard error in the language of messages."""
    click.echo(en if language().startswith("en") else zh, err=True)


@contextlib.contextmanager
def watched(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while the block tells it how much is done of how much."""
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def problem(error: BihuanError) -> dict[str, Any]:
    """Return an error as the JSON document of a failed command."""
    spoken = language()
    document: dict[str, Any] = {"error": error.text(spoken), "kind": type(error).__name__}
    if isinstance(error, FeelError) and error.line:
        document |= {"line": error.line, "column": error.column}
    if isinstance(error, Invalid) and error.errors:
        document["errors"] = error.by_field(spoken)
    return document


def refusing(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a refusal of the product into one message and exit code 1, never a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except BihuanError as error:
            _refuse(error, as_json=bool(kwargs.get("as_json")))

    return run


def speaking(command: Callable[P, None]) -> Callable[P, None]:
    """Let a command refuse in one message, and answer in one JSON document where it is asked to."""
    return click.option(
        "--json", "as_json", is_flag=True, help="只输出一个 JSON 文档 · one JSON document"
    )(refusing(command))


def _refuse(error: BihuanError, *, as_json: bool) -> None:
    document = problem(error)
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        click.echo(document["error"], err=True)
        for line in pointed(error) if isinstance(error, FeelError) else ():
            click.echo(f"  {line}", err=True)
        for where, sentences in document.get("errors", {}).items():
            for sentence in sentences if [document["error"]] != list(sentences) else ():
                click.echo(f"  {where}: {sentence}", err=True)
    sys.exit(1)
