"""The demonstration's programs end together."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from workflows.cli.demonstration import run_together

SLEEPS = "import sys, time; open(sys.argv[1], 'w').close(); time.sleep(60)"


def _sleeper(mark: Path) -> list[str]:
    return [sys.executable, "-c", SLEEPS, str(mark)]


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_whoever_stops_it_leaves_nothing_running(tmp_path: Path, stop: signal.Signals) -> None:
    before = signal.getsignal(stop)
    marks = [tmp_path / "web", tmp_path / "worker"]
    there = threading.Event()

    def end_it() -> None:
        while not all(mark.exists() for mark in marks):
            there.wait(0.01)
        os.kill(os.getpid(), stop)

    threading.Thread(target=end_it, daemon=True).start()
    # It returns only once every program has ended.
    assert run_together(*(_sleeper(mark) for mark in marks)) == 0
    assert signal.getsignal(stop) == before


def test_when_one_ends_the_other_is_ended(tmp_path: Path) -> None:
    fails = [sys.executable, "-c", "raise SystemExit(3)"]
    assert run_together(fails, _sleeper(tmp_path / "web")) == 3
