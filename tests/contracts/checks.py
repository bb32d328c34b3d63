"""The rules of the house that no linter knows, each a function over a tree of files.

A check takes the root and the files below it that count, and returns findings that name file and
line; none means that the rule holds. `tests/contracts/test_guards.py` runs each one on the
repository, and on a planted fault that it must report.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Check = Callable[[Path, Sequence[str]], list[str]]

PRODUCT = ("engine/", "workflows/", "webapp/")
GENERATED = ("workflows/migrations/versions/",)
UNIT_OF_WORK = "engine/store/unit_of_work.py"
CLOCK = "engine/clock.py"

FILE_CEILING = 300
FUNCTION_CEILING = 40

TOP_LEVEL = frozenset(
    {
        *("workflows", "engine", "webapp", "forms", "tests", "docs", "requirements"),
        *("pyproject.toml", "Makefile", "README.md", "package.json", "package-lock.json"),
        *(".ci", ".gitignore", ".gitattributes", ".editorconfig", ".npmrc"),
        *(".pre-commit-config.yaml", "LICENSE", "NOTICE", "CHANGELOG.md"),
    }
)

# In pieces, so that this file does not contain what it looks for.
REGISTRY_HOSTS = tuple(
    ".".join(pieces)
    for pieces in (
        *(("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")),
        *(("crates", "io"), ("proxy", "golang", "org"), ("repo1", "maven", "org")),
        *(("deb", "debian", "org"), ("npmmirror", "com"), ("yarnpkg", "com")),
    )
)
MACHINE_FOLDERS = ("work", "root", "home", "Users")
MACHINE_PATH = re.compile(r"(?<![\w.*)}>\]$-])/(?:" + "|".join(MACHINE_FOLDERS) + r")/\w")
APPLICATION_WORDS = re.compile("haz" + "ard|" + "隐" + "患", re.IGNORECASE)


def commits_in_one_place(root: Path, files: Sequence[str]) -> list[str]:
    """Only the unit of work commits."""
    return [
        f"{name}:{call.lineno}: .commit() outside {UNIT_OF_WORK}"
        for name, call in _calls(root, files)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr == "commit"
        and name != UNIT_OF_WORK
    ]


def one_clock(root: Path, files: Sequence[str]) -> list[str]:
    """Neither the linter's ban is lifted nor the database asked for the time."""
    lifted = [
        f"{name}:{number}: the ban on other clocks is lifted outside {CLOCK}"
        for name in _python(files)
        if name != CLOCK and name.startswith(PRODUCT)
        for number, line in _lines(root, name)
        if re.search(r"noqa:.*\b(TID251|DTZ\d+)", line)
    ]
    asked = [
        f"{name}:{call.lineno}: the database's clock is asked; pass engine.clock.now()"
        for name, call in _calls(root, files)
        if ast.unparse(call.func) in {"func.now", "func.current_timestamp", "sa.func.now"}
    ]
    return lifted + asked


def files_are_short(root: Path, files: Sequence[str]) -> list[str]:
    """No module is longer than the ceiling; migrations are a generated record."""
    lengths = {name: len(_text(root, name).splitlines()) for name in _python(files)}
    return [
        f"{name}: {length} lines, {FILE_CEILING} allowed"
        for name, length in lengths.items()
        if length > FILE_CEILING
    ]


def functions_are_short(root: Path, files: Sequence[str]) -> list[str]:
    """No function is longer than the ceiling without a comment that says why."""
    return [
        f"{name}:{function.lineno}: {function.name} has {_length(function)} lines, "
        f"{FUNCTION_CEILING} allowed without a comment at its head that says why"
        for name in _python(files)
        for function in ast.walk(_tree(root, name))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and _length(function) > FUNCTION_CEILING
        and not _explained(function, _text(root, name).splitlines())
    ]


def nothing_names_a_machine(root: Path, files: Sequence[str]) -> list[str]:
    """No file names a package registry or a folder of somebody's machine."""
    return [
        f"{name}:{number}: names {found}"
        for name in files
        for number, line in _lines(root, name)
        for found in _machine_names(line)
    ]


def engine_knows_no_application(root: Path, files: Sequence[str]) -> list[str]:
    """The engine speaks of processes, tasks and cases only."""
    return [
        f"{name}:{number}: the engine speaks of the application: {line.strip()}"
        for name in files
        if name.startswith("engine/")
        for number, line in _lines(root, name)
        if APPLICATION_WORDS.search(f"{name} {line}")
    ]


def python_locks_are_hashed(root: Path, files: Sequence[str]) -> list[str]:
    """Every locked Python package has a version and hashes, and every named one is locked."""
    found: list[str] = []
    for name in files:
        if not re.fullmatch(r"requirements/\w+\.txt", name):
            continue
        blocks = re.split(r"\n(?=[^\s#])", "\n" + _text(root, name))
        packages = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]
        found += [
            f"{name}: {block.split()[0]} is not pinned with hashes"
            for block in packages
            if "==" not in block.split(";")[0] or "--hash=sha256:" not in block
        ]
        locked = {re.split(r"[=\[ ]", block)[0] for block in packages}
        found += [f"{name}: {wanted} is not locked" for wanted in _wanted(root, name) - locked]
    return found


def node_lock_is_hashed(root: Path, files: Sequence[str]) -> list[str]:
    """Every locked Node package has a hash and no address."""
    if "package-lock.json" not in files:
        return ["package-lock.json: missing"]
    packages = json.loads(_text(root, "package-lock.json"))["packages"]
    return [
        f"package-lock.json: {name} {fault}"
        for name, entry in packages.items()
        if name
        for fault, is_so in (
            ("has no hash", "integrity" not in entry),
            ("has an address", "resolved" in entry),
        )
        if is_so
    ]


def top_level_is_fixed(root: Path, files: Sequence[str]) -> list[str]:
    """Nothing new stands at the top without a decision record."""
    return [
        f"{top}: not among what stands at the top; see docs/decisions"
        for top in sorted({name.split("/")[0] for name in files} - TOP_LEVEL)
    ]


def modules_are_named_by_subject(root: Path, files: Sequence[str]) -> list[str]:
    """No drawer for everything."""
    drawers = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py"}
    return [f"{name}: name it by its subject" for name in files if Path(name).name in drawers]


CHECKS: tuple[Check, ...] = (
    commits_in_one_place,
    one_clock,
    files_are_short,
    functions_are_short,
    nothing_names_a_machine,
    engine_knows_no_application,
    python_locks_are_hashed,
    node_lock_is_hashed,
    top_level_is_fixed,
    modules_are_named_by_subject,
)


def _machine_names(line: str) -> Iterator[str]:
    yield from (host for host in REGISTRY_HOSTS if host in line)
    yield from (found.group() for found in MACHINE_PATH.finditer(line))


def _wanted(root: Path, lock: str) -> set[str]:
    source = root / Path(lock).with_suffix(".in")
    lines = source.read_text(encoding="utf-8").splitlines() if source.exists() else []
    names = [re.match(r"[A-Za-z0-9][\w.-]*", line) for line in lines]
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _explained(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: list[str]) -> bool:
    head = min([function.lineno, *(mark.lineno for mark in function.decorator_list)])
    above = lines[head - 2] if head > 1 else ""
    body = function.body[0]
    inside = lines[function.lineno : (body.end_lineno or body.lineno) + 1]
    return any(re.match(r"\s*#\s*(?!noqa|type:)\w+ \w+", line) for line in [above, *inside])


def _python(files: Sequence[str]) -> list[str]:
    wanted = (*PRODUCT, "tests/")
    return [
        name
        for name in files
        if name.endswith(".py") and name.startswith(wanted) and not name.startswith(GENERATED)
    ]


def _calls(root: Path, files: Sequence[str]) -> Iterator[tuple[str, ast.Call]]:
    for name in _python(files):
        if name.startswith(PRODUCT):
            for node in ast.walk(_tree(root, name)):
                if isinstance(node, ast.Call):
                    yield name, node


def _tree(root: Path, name: str) -> ast.Module:
    return ast.parse(_text(root, name), filename=name)


def _text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _lines(root: Path, name: str) -> list[tuple[int, str]]:
    try:
        return list(enumerate(_text(root, name).splitlines(), start=1))
    except UnicodeDecodeError:
        return []  # a picture or a font
