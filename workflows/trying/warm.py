"""Keeps the programs of rehearsals for a while: preparing one takes seconds, asking it does not.

Every question holds the whole story, so whichever program answers, the answer is the same.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from engine.errors import Unavailable
from workflows.trying.apart import Why, environment, why_ended
from workflows.trying.child import packed
from workflows.trying.rehearsal import Question
from workflows.trying.rehearsing import asked
from workflows.trying.trial import Event, Trial

AT_ONCE: Final = 2
"""Programs of one server process."""

IDLE: Final = 180.0
"""Seconds for which nobody asks; then a program is ended."""

PATIENCE: Final = 20.0
"""Seconds that a question waits for the one before it."""

LONGEST: Final = 60.0
"""Seconds of one answer, the preparation included."""

_ENDED: Final[dict[Why, tuple[str, str]]] = {
    "late": (
        "Expected an answer in time, but playing the case took too long",
        "试演用时过长，已停止",
    ),
    "memory": (
        "Expected an answer, but the case took more memory than there is; play fewer steps",
        "试演需要的内存超出系统现有内存，已停止，请减少步骤",
    ),
    "broken": (
        "Expected an answer, but playing the case broke off; try again, or ask the operator",
        "试演程序意外中断，请重试；仍不行请联系运维人员",
    ),
}
"""What is told of a program that gave no answer, in English and in Chinese."""

log = logging.getLogger(__name__)


@dataclass
class _Program:
    """One program; `turn` is held by whoever asks."""

    process: subprocess.Popen[bytes]
    folder: tempfile.TemporaryDirectory[str]
    turn: threading.Lock = field(default_factory=threading.Lock)
    idle: threading.Timer | None = None
    closed: bool = False

    def ask(self, question: Question, seconds: float) -> Event | Why:
        """Return the answer, or why there is none."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            line = self._answer(asked(question) + b"\n")
            if not line.endswith(b"\n"):
                # Of half an answer nothing counts: the program ended while it spoke.
                return why_ended(self.process.wait(), late=late.is_set())
        finally:
            timer.cancel()
        found: Event = json.loads(line)
        return found

    def _answer(self, question: bytes) -> bytes:
        given, told = self.process.stdin, self.process.stdout
        if given is None or told is None:
            return b""
        try:
            given.write(question)
            given.flush()
            return told.readline()
        except OSError:
            return b""

    def close(self) -> None:
        """End it and take its databases away; whoever waits for its turn is let go on."""
        self.closed = True
        if self.idle is not None:
            self.idle.cancel()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.folder.cleanup()


class Warm:
    """The programs that are kept, by what they were prepared for; the one asked last is last."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._kept: dict[str, _Program] = {}

    def answer(self, trial: Trial, question: Question, seconds: float = LONGEST) -> Event:
        """Return what a rehearsal answers.

        Raises:
            Unavailable: as many as there may be are at work, or the program ended without an
                answer: it took too long, or too much memory, or broke off.
        """
        key = _key(trial)
        program = self._taken(key, trial)
        answer: Event | Why = "broken"
        try:
            answer = program.ask(question, seconds)
        finally:
            self._given_back(key, program, whole=not isinstance(answer, str))
        if isinstance(answer, str):
            if answer != "late":
                log.warning("a rehearsal ended: %s, %s", answer, program.process.returncode)
            raise Unavailable(*_ENDED[answer])
        return answer

    def close(self) -> None:
        """End every program that nobody asks at this moment."""
        with self._lock:
            for key in list(self._kept):
                self._end(key)

    def _taken(self, key: str, trial: Trial) -> _Program:
        """Return a program that answers nobody else; wait for one that is still answering."""
        late = time.monotonic() + PATIENCE
        while time.monotonic() < late:
            with self._lock:
                found = self._kept.pop(key, None)
                if found is None:
                    self._make_room()
                    found = _begun(trial)
                self._kept[key] = found
            if not found.turn.acquire(timeout=max(0.0, late - time.monotonic())):
                break
            if not found.closed:
                if found.idle is not None:
                    found.idle.cancel()
                return found
            found.turn.release()
        raise _busy()

    def _make_room(self) -> None:
        for key in list(self._kept):
            if len(self._kept) < AT_ONCE:
                return
            self._end(key)
        if len(self._kept) >= AT_ONCE:
            raise _busy()

    def _given_back(self, key: str, program: _Program, *, whole: bool) -> None:
        with self._lock:
            if not whole:
                if self._kept.get(key) is program:
                    del self._kept[key]
                program.close()
                program.turn.release()
                return
            # Before the turn is free: whoever takes it next finds this timer and cancels it.
            program.idle = threading.Timer(IDLE, self._left, (key, program))
            program.idle.daemon = True
            program.idle.start()
            program.turn.release()

    def _left(self, key: str, program: _Program) -> None:
        with self._lock:
            if self._kept.get(key) is program:
                self._end(key)

    def _end(self, key: str) -> None:
        program = self._kept[key]
        if program.turn.acquire(blocking=False):
            del self._kept[key]
            program.close()
            program.turn.release()


WARM: Final = Warm()


def _begun(trial: Trial) -> _Program:
    folder = tempfile.TemporaryDirectory(prefix="bihuan-rehearsal-")
    given = Path(folder.name, "trial.json")
    given.write_bytes(packed(trial))
    process = subprocess.Popen(  # noqa: S603 our own program, a file of ours
        [sys.executable, "-m", "workflows.trying.rehearsing", str(given)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(folder.name),
    )
    return _Program(process, folder)


def _key(trial: Trial) -> str:
    digest = hashlib.sha256(trial.process.encode())
    for bundle in sorted(trial.bundles, key=lambda one: one.process):
        parts: Any = [(path, content) for path, content in sorted(bundle.files.items())]
        for path, content in parts:
            digest.update(f"{os.pathsep}{bundle.process}/{path}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _busy() -> Unavailable:
    return Unavailable(
        "Expected to play the case, but others are being played; try again in a minute",
        "正在试演其他案件，请一分钟后再试",
    )
