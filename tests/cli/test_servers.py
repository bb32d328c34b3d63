"""The production server leaves nothing in the home of whoever starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

from workflows.cli.servers import gunicorn_arguments


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        asked.settimeout(1)
        return asked.connect_ex(("127.0.0.1", port)) == 0


def test_the_server_writes_nothing_at_home(tmp_path: Path) -> None:
    home, port = tmp_path / "home", _free_port()
    home.mkdir()
    hidden = ("XDG_RUNTIME_DIR", "DATABASE_URL", "BIHUAN_DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"HOME": str(home), "BIHUAN_DATA_DIR": str(tmp_path / "var")}
    arguments = gunicorn_arguments("127.0.0.1", port, workers=1, threads=1)
    with subprocess.Popen(arguments, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(150):
                if _answers(port) or server.poll() is not None:
                    break
                time.sleep(0.1)
            assert _answers(port)
            time.sleep(1)
        finally:
            server.terminate()
    assert list(home.iterdir()) == []
