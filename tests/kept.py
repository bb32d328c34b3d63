"""What is made of the content of a deployed file, made once a test process.

Each test opens a product of its own, which reads all definitions anew: two tenths of its time.
What is made is only ever read, and the product itself lends it to all its threads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pytest

from engine.execution.compiled import CompiledProcess, compile_process
from engine.execution.dmn_reader import read_dmn
from engine.forms.definition import FormDefinition
from engine.work import database_catalogue
from engine.work.drawing import Drawing, read_drawing


def keep_definitions(patch: pytest.MonkeyPatch) -> None:
    """Let every catalogue take what another made of the same content."""
    patch.setattr(database_catalogue, "compile_process", _compiled)
    patch.setattr(database_catalogue, "read_drawing", _drawn)
    patch.setattr(database_catalogue, "read_dmn", lru_cache(read_dmn))
    patch.setattr(FormDefinition, "from_json", lru_cache(FormDefinition.from_json))


def _compiled(bpmn: bytes, process_id: str, *, called: Sequence[bytes] = ()) -> CompiledProcess:
    return _compiled_once(bpmn, process_id, tuple(called))


@lru_cache
def _compiled_once(bpmn: bytes, process_id: str, called: tuple[bytes, ...]) -> CompiledProcess:
    return compile_process(bpmn, process_id, called=called)


def _drawn(sources: Iterable[bytes]) -> Drawing:
    return _drawn_once(tuple(sources))


@lru_cache
def _drawn_once(sources: tuple[bytes, ...]) -> Drawing:
    return read_drawing(sources)
