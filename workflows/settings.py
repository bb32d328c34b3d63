"""Settings from the environment: one table, read once; secrets may lie in files.

| variable | meaning | absent |
|---|---|---|
| BIHUAN_DATABASE_URL, DATABASE_URL | the database | SQLite under the data directory |
| BIHUAN_DATA_DIR | where SQLite, evidence and keys lie | `var` |
| BIHUAN_EVIDENCE_DIR | where evidence lies | `evidence` in the data directory |
| BIHUAN_AGENCY | whose cases these are | `default` |
| BIHUAN_SECRET_KEY | signs cookies | made once, kept in the data directory |
| BIHUAN_ANCHOR_KEY | signs anchors of the history | made once, kept in the data directory |
| BIHUAN_CLOCK | `virtual` for a clock that moves only when told to | the machine's clock |
| BIHUAN_CLOCK_START | where the virtual clock begins, RFC 3339 with zone | now |
| BIHUAN_DEMO | `1` allows the demonstration's accounts | off |
| BIHUAN_HTTPS | `1` when served through TLS | off |
| BIHUAN_REQUESTS_PER_TOKEN | requests a minute of one token, 0 = any number | 3000 |
| BIHUAN_REQUESTS_PER_ADDRESS | requests a minute from one address, 0 = any number | 12000 |
| BIHUAN_HOSTS | the host names it answers to, parted by commas | any |

With the demonstration or a virtual clock any number of requests is answered unless it is said.
Every variable may be given as `…_FILE`, the path of a file that holds the value.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from engine import clock
from engine.errors import Invalid

REQUESTS_PER_TOKEN = 3000
REQUESTS_PER_ADDRESS = 12_000
"""A minute; programs that read a whole ledger page by page stay far below."""

_DIGITS = 9
_DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql", "postgres", "postgresql+psycopg"})
"""What an address of a database may begin with: these can be opened, other drivers are absent."""


@dataclass(frozen=True)
class Settings:
    """What an operator decides; see the table above."""

    database_url: str = field(repr=False)
    data_directory: Path = Path("var")
    evidence_directory: Path = Path("var/evidence")
    agency: str = "default"
    secret_key: str | None = field(default=None, repr=False)
    anchor_key: bytes | None = field(default=None, repr=False)
    virtual_clock: datetime | None = None
    demo: bool = False
    https: bool = False
    requests_per_token: int = 0
    requests_per_address: int = 0
    hosts: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; raise Invalid naming the variable that is wrong."""
        found = _Reader(os.environ if environment is None else environment)
        data = Path(found.text("DATA_DIR") or "var")
        anchor = found.text("ANCHOR_KEY")
        return cls(
            database_url=found.database_url(data),
            data_directory=data,
            evidence_directory=Path(found.text("EVIDENCE_DIR") or data / "evidence"),
            agency=found.text("AGENCY") or "default",
            secret_key=found.text("SECRET_KEY"),
            anchor_key=anchor.encode() if anchor else None,
            virtual_clock=found.virtual_clock(),
            demo=found.flag("DEMO"),
            https=found.flag("HTTPS"),
            requests_per_token=found.most("REQUESTS_PER_TOKEN", REQUESTS_PER_TOKEN),
            requests_per_address=found.most("REQUESTS_PER_ADDRESS", REQUESTS_PER_ADDRESS),
            hosts=found.names("HOSTS"),
        )


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, prefix: str = "BIHUAN_") -> str | None:
        file = self._environment.get(f"{prefix}{name}_FILE")
        if file:
            return self._content(f"{prefix}{name}_FILE", Path(file))
        return self._environment.get(f"{prefix}{name}") or None

    def names(self, name: str) -> tuple[str, ...]:
        given = (self.text(name) or "").split(",")
        return tuple(one.strip() for one in given if one.strip())

    def flag(self, name: str) -> bool:
        value = (self.text(name) or "0").casefold()
        if value not in ("0", "1", "true", "false"):
            raise _wrong(f"BIHUAN_{name}", "0 or 1", value)
        return value in ("1", "true")

    def most(self, name: str, absent: int) -> int:
        """Return how many there may be; in an exercise any number unless it is said."""
        given = self.text(name)
        if given is None:
            return 0 if self.flag("DEMO") or self.text("CLOCK") == "virtual" else absent
        if not given.isascii() or not given.isdecimal() or len(given) > _DIGITS:
            raise _wrong(f"BIHUAN_{name}", "a number from 0 on", given)
        return int(given)

    def database_url(self, data: Path) -> str:
        given = self.text("DATABASE_URL") or self.text("DATABASE_URL", prefix="")
        if given:
            return _address(given)
        data.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{(data / 'bihuan.db').as_posix()}"

    def virtual_clock(self) -> datetime | None:
        kind = self.text("CLOCK")
        if kind is None or kind == "system":
            return None
        if kind != "virtual":
            raise _wrong("BIHUAN_CLOCK", "system or virtual", kind)
        start = self.text("CLOCK_START")
        if start is None:
            return clock.now()
        try:
            instant = datetime.fromisoformat(start)
            clock.beijing(instant)
        except ValueError as error:
            raise _wrong("BIHUAN_CLOCK_START", "an instant with its zone", start) from error
        return instant

    @staticmethod
    def _content(name: str, path: Path) -> str:
        try:
            found = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _wrong(name, "a readable file", str(path)) from error
        if not found:
            raise _wrong(name, "a file that is not empty", str(path))
        return found


def _address(given: str) -> str:
    """Return an address of a database that we can open; a refusal does not tell its password."""
    try:
        kind = make_url(given).drivername
    except (ArgumentError, ValueError):
        kind = ""
    if kind not in _DRIVERS:
        raise Invalid(
            "Expected BIHUAN_DATABASE_URL to be postgresql://NAME:PASSWORD@HOST/DATABASE or "
            "sqlite:///FILE, but it is another kind of address",
            "环境变量 BIHUAN_DATABASE_URL 应为 postgresql://用户:密码@主机/库名 或 sqlite:///文件",
        )
    return given


def _wrong(name: str, wanted: str, value: str) -> Invalid:
    return Invalid(
        f"Expected {name} to be {wanted}, but it is {value!r}",
        f"环境变量 {name} 的取值 {value!r} 无效",
    )
