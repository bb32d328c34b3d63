# ruff: noqa: INP001 - a script beside the pages that it writes, no package
"""Write the pages of the settings from the code: `make docs-settings`."""

from __future__ import annotations

from pathlib import Path

from workflows.settings_table import markdown

DOCS = Path(__file__).parent
WORDS = {
    "zh": (
        "# 设置",
        "本页由 `make docs-settings` 根据代码生成，不要手工修改。",
        (
            "全部来自环境变量。除最后两项外，任何一个都可以写成 `…_FILE`，值为存放内容的文件路径；"
            "密钥和数据库地址宜用这种写法。`bihuan settings` 列出当前取值，密钥不显示。"
        ),
    ),
    "en": (
        "# Settings",
        "This page is written from the code by `make docs-settings`; do not edit it.",
        (
            "They all come from the environment. Any but the last two may be given as `…_FILE`, "
            "the path of a file with the value; do so for keys and the address of the database. "
            "`bihuan settings` lists what is set now, secrets hidden."
        ),
    ),
}


def page(language: str) -> str:
    """Return the page in a language."""
    return "\n\n".join((*WORDS[language], markdown(language)))


def main() -> None:
    """Write both pages."""
    for language in WORDS:
        (DOCS / f"settings.{language}.md").write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
