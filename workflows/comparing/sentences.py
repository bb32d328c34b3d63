"""A change as one sentence, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.deployment.differences_values import Change
from workflows.comparing.values import value_words
from workflows.comparing.words import ASPECTS, PREFIXED, SUBJECTS, Words

_WHOLE: Final[Mapping[str, Words]] = {
    "added": ("新增{what}", "{what} added"),
    "removed": ("删除{what}", "{what} removed"),
    "moved": ("{what}在图上移动了位置", "{what} moved on the diagram"),
}
_ASPECT: Final[Mapping[str, Words]] = {
    "changed": ("{what}的{aspect}由{before}改为{after}", "{what}: {aspect} {before} → {after}"),
    "given": ("{what}增加{aspect}：{after}", "{what}: {aspect} added, {after}"),
    "taken": ("{what}取消{aspect}，原为{before}", "{what}: {aspect} removed, it was {before}"),
}
_PLAIN: Final[Mapping[str, Words]] = {
    "order": ("{what}的顺序有变", "{what}: another order"),
    "ways": ("{what}的各条去路改变了判断顺序", "{what}: its flows are tried in another order"),
    "text": (
        "{what}有变，但不在逐项列出的内容之内（如连线的走向、空白、注释）",
        "{what}: changed in something not listed here, as the course of a line, blanks, comments",
    ),
    "unreadable": (
        "{what}有变，文件无法读取，不能逐项列出",
        "{what}: changed, and cannot be read to list how",
    ),
}
_ROW: Final[Mapping[str, Words]] = {
    "added": ("{where}新增第 {row} 行：{after}", "{where}: row {row} added, {after}"),
    "removed": (
        "{where}删除原第 {row} 行：{before}",
        "{where}: former row {row} removed, {before}",
    ),
}


def sentence(change: Change) -> Words:
    """Return a change in words."""
    chinese, english = _pattern(change)
    return chinese.format(**_parts(change, 0)), english.format(**_parts(change, 1))


def _pattern(change: Change) -> Words:
    if change.subject == "rule" and change.change in _ROW:
        return _ROW[change.change]
    if change.change != "changed":
        return _WHOLE[change.change]
    if change.aspect in _PLAIN:
        return _PLAIN[change.aspect]
    gone, new = change.after is None, change.before is None
    return _ASPECT["taken" if gone else "given" if new else "changed"]


def _parts(change: Change, language: int) -> dict[str, str]:
    values = {"before": change.before, "after": change.after}
    said = {
        name: value_words(change.aspect, value)[language] if value else ""
        for name, value in values.items()
    }
    where = f"“{change.place[language]}”" if change.place else ""
    return {
        "what": _what(change, language),
        "aspect": aspect_words(change.aspect)[language],
        "where": where,
        "row": change.title[language],
        **said,
    }


def _what(change: Change, language: int) -> str:
    title = change.title[language]
    subject = SUBJECTS.get(change.subject, (change.subject, change.subject))[language]
    where = f"“{change.place[language]}”" if change.place else ""
    if change.subject == "rule":
        return f"{where}第 {title} 行" if language == 0 else f"{where} row {title}"
    named = f"{subject}“{title}”" if language == 0 else f"{subject} “{title}”"
    return f"{where}{named}" if language == 0 else f"{where} {named}".strip()


def aspect_words(aspect: str) -> Words:
    """Return what an aspect is called."""
    if aspect in ASPECTS:
        return ASPECTS[aspect]
    for prefix, words in PREFIXED.items():
        if aspect.startswith(prefix):
            name = aspect.removeprefix(prefix)
            return words[0].format(name=name), words[1].format(name=name)
    return aspect, aspect
