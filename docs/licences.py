# ruff: noqa: INP001 - a script beside the pages that it writes, no package
"""Write the pages of the licences from the locks and what is installed: `make docs-licences`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent

ACCEPTED = frozenset(
    {
        *("MIT", "MIT-0", "MIT-CMU", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause"),
        *("Apache-2.0", "PSF-2.0", "CC0-1.0", "MPL-2.0", "LGPL-3.0-only", "LGPL-3.0-or-later"),
        "LicenseRef-bpmn.io",
    }
)
"""What may be part of the product: nothing that asks for the source of what uses it.

Libraries under the LGPL and the MPL are used unaltered and can be replaced by their users.
"""

NAMES = {
    "BSD License": "BSD-3-Clause",
    "BSD-0-Clause": "0BSD",
    "CC0": "CC0-1.0",
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "lGPLv3": "LGPL-3.0-only",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "SEE LICENSE IN LICENSE": "LicenseRef-bpmn.io",
}
"""Other words for the same, as authors write them."""

ELSEWHERE = {"tzdata": "Apache-2.0", "component-props": "MIT"}
"""What the lock names for other machines, and what tells its licence in its manual alone."""

WORDS = {
    "zh": (
        "# 依赖的许可证",
        "本页由 `make docs-licences` 根据依赖锁定文件生成，不要手工修改。",
        (
            "运行所需的全部组件及其许可证。新增组件的许可证须在认可之列，由测试把关。LGPL 与 MPL "
            "的组件原样使用，使用者可以自行替换。bpmn.io 的许可证要求流程图上保留其标志。"
        ),
        "| 组件 | 版本 | 许可证 | 来源 |\n|---|---|---|---|",
    ),
    "en": (
        "# Licences of dependencies",
        "This page is written from the locks by `make docs-licences`; do not edit it.",
        (
            "Every part that the product needs to run, with its licence. A new part must have an "
            "accepted one, which a test holds. Parts under the LGPL and the MPL are used "
            "unaltered and may be replaced by their users. The licence of bpmn.io asks for its "
            "mark on diagrams."
        ),
        "| part | version | licence | from |\n|---|---|---|---|",
    ),
}


@dataclass(frozen=True)
class Part:
    """One dependency as the locks name it."""

    name: str
    version: str
    licence: str
    source: str

    @property
    def accepted(self) -> bool:
        """Whether what it asks for is accepted, by one choice where it leaves one."""
        return _holds(re.findall(r"[()]|[^\s()]+", self.licence) or [""])


def _holds(words: list[str]) -> bool:
    """Judge an expression; AND binds closer than OR, brackets closer than both."""
    if words.count("("):
        end = words.index(")")
        start = end - words[:end][::-1].index("(") - 1
        inner = ["MIT" if _holds(words[start + 1 : end]) else "no"]
        return _holds([*words[:start], *inner, *words[end + 1 :]])
    choices = " ".join(words).split(" OR ")
    return any(all(one in ACCEPTED for one in each.split(" AND ")) for each in choices)


def parts() -> list[Part]:
    """Return the dependencies of the running product, of both languages."""
    return [*_python(), *_browser()]


def page(language: str) -> str:
    """Return the page in a language."""
    lines = [f"| {one.name} | {one.version} | {one.licence} | {one.source} |" for one in parts()]
    return "\n\n".join(WORDS[language]) + "\n" + "\n".join(lines) + "\n"


def _python() -> Iterator[Part]:
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", lock, re.MULTILINE):
        found.setdefault(name, []).append(version)
    for name, versions in found.items():
        yield Part(name, ", ".join(versions), _licence(name), "Python")


def _licence(name: str) -> str:
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ELSEWHERE.get(name, "unknown")
    short = told.get("License") or ""
    classes = [one.split(" :: ")[-1] for one in told.get_all("Classifier", []) if "License" in one]
    given = (told.get("License-Expression"), short if len(short) < _SHORT else "", *classes)
    first = next((one for one in given if one), "unknown")
    return NAMES.get(first, first)


_SHORT = 40
"""Characters; whoever writes more has put the text of the licence there."""


def _browser() -> Iterator[Part]:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, told in sorted(lock["packages"].items()):
        if path and not told.get("dev"):
            name = path.removeprefix("node_modules/")
            licence = str(told.get("license", ELSEWHERE.get(name, "unknown")))
            yield Part(name, told["version"], NAMES.get(licence, licence), "npm")


def main() -> None:
    """Write both pages."""
    for language in WORDS:
        (DOCS / f"licences.{language}.md").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
