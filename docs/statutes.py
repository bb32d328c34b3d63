# ruff: noqa: INP001 - a script beside the pages that it writes, no package
"""Write the pages of what is proved of the diagrams: `make docs-statutes`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from engine.verification.statutes.declarations import EVERY, Part, Statute
from workflows.app import gate_environment
from workflows.deploying import bundles
from workflows.judgement import Judgement
from workflows.statutes import judge, shipped

DOCS = Path(__file__).parent
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh": {
        "title": "# 条款性质",
        "made": "本页由 `make docs-statutes` 生成，不要手工修改。",
        "about": (
            "规则集旁的[声明](../workflows/rules/GY-2022-15.statutes.yaml)写明条款要求流程图做到什么。"
            "流程部署以前，逐项在流程图的全部状态上验证；不成立的给出条款和一条走得到的路，不得部署。"
            "下表是随产品交付的流程：✓ 成立，✗ 不成立，? 未能判定，空白为该条款不涉及这个流程。"
        ),
        "table": "## 条款与流程",
        "head": "| 条款性质 | 依据 |",
        "parts": "## 每项怎样验证",
        "relies": "## 以产品自身的保证为前提的",
        "relies_about": (
            "以下由产品在任何流程图上保证，验证时作为前提，不是流程图证明的；用到的性质在上面注明。"
        ),
        "feasible": "## 期限是否够用",
        "feasible_about": (
            "机关各步骤都用足办理时限时，从起算日到期限届满还剩几天，按录入的工作日历逐日计算。"
            "剩下的是企业的时间。寻常星期里不够用的是错误；只在假期前后不够用的是警告，列出起算日。"
        ),
        "feasible_head": (
            "| 路径 | 依据 | 期限（天） | 步骤 | 寻常最少余 | 最少余 | 办不完的起算日 |"
        ),
        "part_head": "| 流程 | 样式 | 验证的内容 | 前提 |",
        "enforced": "流程图之外，",
        "none": "无",
        "every": "全部",
        "same": "同一时限",
    },
    "en": {
        "title": "# Statute properties",
        "made": "This page is written by `make docs-statutes`; do not edit it.",
        "about": (
            "The [declarations](../workflows/rules/GY-2022-15.statutes.yaml) beside the rule set "
            "say what its articles ask of the diagrams. Before a process goes live each is proved "
            "on all states of the diagram; what does not hold is told with its article and a way "
            "that leads there, and is not deployed. The table is of the processes that the product "
            "ships: ✓ holds, ✗ does not, ? is not decided, empty where it does not speak of it."
        ),
        "table": "## Statutes and processes",
        "head": "| statute | article |",
        "parts": "## How each is proved",
        "relies": "## What the product itself keeps to",
        "relies_about": (
            "The product keeps to these whatever is drawn. They are taken for granted, not proved "
            "of a diagram; the properties that rely on them say so above."
        ),
        "feasible": "## Whether the periods are long enough",
        "feasible_about": (
            "How many days are left at the end of the period when every step of an authority takes "
            "its whole limit, computed for every start date of the calendar. What is left is the "
            "enterprise's. An error where an ordinary week is too short; a warning that lists the "
            "start dates where only holidays are."
        ),
        "feasible_head": (
            "| way | article | days | steps | least, ordinary weeks | least | too short from |"
        ),
        "part_head": "| process | pattern | what is proved | relies on |",
        "enforced": "Beyond the diagram: ",
        "none": "none",
        "every": "every",
        "same": "the same limit",
    },
}
UNITS: Final = {
    "zh": {"workdays": "个工作日", "days": "日", "hours": "小时"},
    "en": {"workdays": " working days", "days": " days", "hours": " hours"},
}


def judged() -> Sequence[Judgement]:
    """Judge every process that is shipped."""
    found = bundles()
    contracts = {one.process: one.contract for one in found}
    return judge(found, replace(gate_environment(), processes=contracts))


def page(language: str, judgements: Sequence[Judgement]) -> str:
    """Return the page in a language."""
    words = WORDS[language]
    blocks = [words["title"], words["made"], words["about"], words["table"]]
    blocks.append(_table(language, judgements))
    blocks.append(words["parts"])
    for statute in shipped().statutes:
        blocks += _proved(language, statute)
    blocks += [words["relies"], words["relies_about"], _relied(language)]
    blocks += [words["feasible"], words["feasible_about"], _feasible(language, judgements)]
    return "\n\n".join(blocks) + "\n"


def _table(language: str, judgements: Sequence[Judgement]) -> str:
    processes = sorted({one.process for one in judgements})
    marks = _marks(judgements)
    lines = [
        WORDS[language]["head"] + "".join(f" `{one}` |" for one in processes),
        "|---|---|" + "---|" * len(processes),
    ]
    for statute in shipped().statutes:
        cells = "".join(f" {marks.get((statute.id, one), '')} |" for one in processes)
        lines.append(f"| {statute.text(language)} | {statute.named(language)} |{cells}")
    return "\n".join(lines)


def _marks(judgements: Sequence[Judgement]) -> Mapping[tuple[str, str], str]:
    """Return how each statute stands on each process, the worst of what is known."""
    found: dict[tuple[str, str], str] = {}
    for one in judgements:
        mark = {True: "✓", False: "✗", None: "?"}[one.holds]
        key = (one.id, one.process)
        found[key] = max(found.get(key, mark), mark, key="✓?✗".index)
    return found


def _proved(language: str, statute: Statute) -> Iterator[str]:
    words = WORDS[language]
    yield f"### {statute.text(language)}"
    enforced = statute.enforced if language == "en" else statute.enforced_zh
    told = f"`{statute.id}`，{statute.named(language)}"
    if language == "en":
        told = f"`{statute.id}`, {statute.named(language)}"
    yield told + (f"\n\n{words['enforced']}{enforced}" if enforced else "")
    rows = [words["part_head"], "|---|---|---|---|"]
    rows += [_part(language, part) for part in statute.parts]
    yield "\n".join(rows)


def _part(language: str, part: Part) -> str:
    relied = [f"`{one}`" for one in part.relies_on]
    relied += [f"`{'.'.join(name)} = {_written(value)}`" for name, value in part.assume.items()]
    process = WORDS[language]["every"] if part.process == EVERY else f"`{part.process}`"
    return f"| {process} | `{part.pattern}` | {part.text(language)} | {' '.join(relied) or '—'} |"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _relied(language: str) -> str:
    statutes = shipped()
    told = {name: (one.sentence_zh, one.sentence) for name, one in statutes.facts.items()}
    told |= {name: (one.sentence_zh, one.sentence) for name, one in statutes.bars.items()}
    return "\n".join(f"- `{name}` {said[language == 'en']}" for name, said in told.items())


def _feasible(language: str, judgements: Sequence[Judgement]) -> str:
    lines = [WORDS[language]["feasible_head"], "|---|---|---|---|---|---|---|"]
    named = {one.id: one for one in shipped().feasible}
    for one in judgements:
        if one.kind == "feasibility":
            lines += [_slack(language, named[one.id], row) for row in one.table]
    return "\n".join(lines)


def _slack(language: str, way: Any, row: Mapping[str, Any]) -> str:  # noqa: ANN401
    english = language == "en"
    steps = _steps(language, row["steps"])
    late = ("、", ", ")[english].join(row["late"]) or WORDS[language]["none"]
    said = way.sentence if english else way.sentence_zh
    article = way.article if english else way.article_zh
    return (
        f"| {said} | {article} | {row['days']} | {'<br>'.join(steps)} | "
        f"{row['slack_ordinary']} | {row['slack_least']} | {late} |"
    )


def _steps(language: str, steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each task with its limit; a duty that several share is counted once."""
    seen: set[str] = set()
    for one in steps:
        again = one["shared"] in seen
        seen |= {one["shared"]} - {""}
        limit = f"{one['amount']}{UNITS[language][one['unit']]}"
        yield f"`{one['element']}` {WORDS[language]['same'] if again else limit}"


def main() -> None:
    """Write both pages."""
    found = judged()
    for language in WORDS:
        (DOCS / f"statutes.{language}.md").write_text(page(language, found), encoding="utf-8")


if __name__ == "__main__":
    main()
