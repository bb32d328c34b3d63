"""What an operator may set, told in both languages: the pages of the settings are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """One setting: its names (the first one counts), what it means, what holds without it."""

    names: tuple[str, ...]
    zh: str
    en: str
    absent_zh: str
    absent_en: str
    secret: bool = False
    in_file: bool = True
    """Whether the same name with `_FILE` may give the path of a file that holds the value."""


VARIABLES = (
    Variable(
        ("BIHUAN_DATABASE_URL", "DATABASE_URL"),
        "数据库；`postgresql+psycopg://用户:密码@主机/库名` 为 PostgreSQL",
        "the database; `postgresql+psycopg://user:password@host/name` for PostgreSQL",
        "数据目录下的 SQLite 文件 `bihuan.db`",
        "the SQLite file `bihuan.db` in the data directory",
        secret=True,
    ),
    Variable(
        ("BIHUAN_DATA_DIR",),
        "SQLite、证据和密钥所在目录",
        "where SQLite, evidence and keys lie",
        "`var`",
        "`var`",
    ),
    Variable(
        ("BIHUAN_EVIDENCE_DIR",),
        "证据所在目录；网页进程在多台机器上时须为共享目录",
        "where evidence lies; a shared folder where the web runs on several machines",
        "数据目录下的 `evidence`",
        "`evidence` in the data directory",
    ),
    Variable(
        ("BIHUAN_AGENCY",),
        "案件归属的机构标识",
        "whose cases these are",
        "`default`",
        "`default`",
    ),
    Variable(
        ("BIHUAN_SECRET_KEY",),
        "签署浏览器会话；所有网页进程须一致",
        "signs browser sessions; the same for every web process",
        "首次启动生成，存于数据目录 `secret.key`",
        "made once, kept as `secret.key` in the data directory",
        secret=True,
    ),
    Variable(
        ("BIHUAN_ANCHOR_KEY",),
        "签署历史锚点；与数据库、备份分开保管",
        "signs anchors of the history; kept apart from database and backups",
        "首次启动生成，存于数据目录 `anchor.key`",
        "made once, kept as `anchor.key` in the data directory",
        secret=True,
    ),
    Variable(
        ("BIHUAN_HTTPS",),
        "经反向代理以 TLS 提供服务时为 `1`：安全 Cookie、HSTS，采信一层代理的转发头",
        "`1` behind a proxy that serves TLS: secure cookies, HSTS, one proxy's forwarded headers "
        "believed",
        "关，只适合本机访问",
        "off, for this machine alone",
    ),
    Variable(
        ("BIHUAN_REQUESTS_PER_TOKEN",),
        "接口：每个令牌每分钟最多请求数，`0` 为不限",
        "interface: requests a minute of one token at most, `0` for any number",
        "3000；演示或虚拟时钟下不限",
        "3000; any number with the demonstration or a virtual clock",
    ),
    Variable(
        ("BIHUAN_REQUESTS_PER_ADDRESS",),
        "接口：每个来源地址每分钟最多请求数，`0` 为不限；同一台机器上的各网页进程合并计数",
        "interface: requests a minute from one address at most, `0` for any number; the web "
        "processes of a machine count together",
        "12000；演示或虚拟时钟下不限",
        "12000; any number with the demonstration or a virtual clock",
    ),
    Variable(
        ("BIHUAN_HOSTS",),
        "只应答这些主机名，用逗号分隔；其他一律 400。正式环境应设置，健康检查也须用其中之一",
        "the host names it answers to, parted by commas; 400 to any other. Set it in production, "
        "and let health checks use one of them",
        "任何主机名",
        "any host name",
    ),
    Variable(
        ("BIHUAN_DEMO",),
        "`1` 允许演示账号登录；正式环境不得设置",
        "`1` lets the demonstration's accounts sign in; never in production",
        "关",
        "off",
    ),
    Variable(
        ("BIHUAN_CLOCK",),
        "`virtual` 为只按指令走动的虚拟时钟，仅供演练",
        "`virtual` for a clock that moves only when told to, for exercises",
        "系统时钟",
        "the machine's clock",
    ),
    Variable(
        ("BIHUAN_CLOCK_START",),
        "虚拟时钟的起点，带时区的 RFC 3339",
        "where the virtual clock begins, RFC 3339 with zone",
        "当前时刻",
        "now",
    ),
    Variable(
        ("BIHUAN_LANGUAGE",),
        "命令行提示的语言，`zh` 或 `en`",
        "language of the command line, `zh` or `en`",
        "`zh`",
        "`zh`",
        in_file=False,
    ),
    Variable(
        ("BIHUAN_ADMIN_PASSWORD_FILE",),
        "`bihuan setup` 读取首个管理员密码的文件",
        "the file in which `bihuan setup` finds the first administrator's password",
        "从终端或标准输入读取",
        "asked on the terminal, or read from standard input",
        in_file=False,
    ),
)

_HEADS = {"zh": ("变量", "含义", "不设时"), "en": ("variable", "meaning", "absent")}


def markdown(language: str) -> str:
    """Return the table for a page."""
    heads = _HEADS[language]
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|"]
    for one in VARIABLES:
        names = " ".join(f"`{name}`" for name in one.names)
        told = (one.zh, one.absent_zh) if language == "zh" else (one.en, one.absent_en)
        lines.append(f"| {names} | {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def present(environment: Mapping[str, str]) -> list[tuple[Variable, str | None]]:
    """Return every variable with its value now; of a secret only that there is one."""
    return [(one, _value(one, environment)) for one in VARIABLES]


def _value(one: Variable, environment: Mapping[str, str]) -> str | None:
    for name in one.names:
        file = environment.get(f"{name}_FILE") if one.in_file else None
        if file:
            return f"{name}_FILE={file}"
        value = environment.get(name)
        if value:
            return "***" if one.secret else value
    return None
