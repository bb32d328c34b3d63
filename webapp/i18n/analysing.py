"""Texts of the analysis of a process from its history."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "analysis.title": ("办理分析", "Analysis from history"),
    "analysis.link": (
        "办理分析：案件在哪里等、在哪里回头",
        "Analysis: where cases wait and return",
    ),
    "analysis.lead": (
        "从办理记录统计各步骤的等待、次数和返回。等待从事项产生到办完，按日历时间计，夜间和节假日在内。",
        (
            "Counted from what was done: how long each step waits, how often it comes, how often a "
            "case returns to it. A wait runs from the opening of a task to its end, "
            "nights and holidays included."
        ),
    ),
    "analysis.period": ("发现时间", "Found"),
    "analysis.period_days": ("最近 {days} 天", "Last {days} days"),
    "analysis.period_all": ("全部", "All"),
    "analysis.every_version": ("全部版本", "Every version"),
    "analysis.every_level": ("全部等级", "Every level"),
    "analysis.version": ("办理版本", "Version"),
    "analysis.level": ("现等级", "Level now"),
    "analysis.show": ("统计", "Count"),
    "analysis.rests_on": (
        "统计了 {cases} 件案件的 {instances} 次流程，隐患发现于 {first} 至 {last}。",
        (
            "Counted from {cases} cases that ran the process {instances} times, found from "
            "{first} to {last}."
        ),
    ),
    "analysis.cut": (
        "期间内案件较多，只统计最近发现的 {count} 件。",
        ("There are more cases in the period; only the {count} that were found last are counted."),
    ),
    "analysis.nothing": ("期间内没有案件走过该流程", "No case of the period ran this process"),
    "analysis.diagram": ("画在图上", "On the diagram"),
    "analysis.diagram_hint": (
        "颜色越深数值越大；连线越粗，走过的次数越多。",
        "The darker, the greater; the thicker a flow, the oftener it was taken.",
    ),
    "analysis.median": ("等待（一半不超过）", "Wait, half of them within"),
    "analysis.p90": ("等待（九成不超过）", "Wait, nine in ten within"),
    "analysis.opened": ("次数", "Times"),
    "analysis.returns": ("返回次数", "Returns"),
    "analysis.open": ("正在等待", "Waiting now"),
    "analysis.done": ("办完", "Done"),
    "analysis.late": ("超期办完", "Done late"),
    "analysis.late_share": ("超期占比", "Done late"),
    "analysis.step": ("步骤", "Step"),
    "analysis.steps": ("各步骤", "Steps"),
    "analysis.by_level": ("{level}，一半不超过", "{level}, half within"),
    "analysis.bodies": ("各单位", "Bodies"),
    "analysis.bodies_hint": (
        "一项事项有两个单位可办的，两个单位都计；企业合在一起。",
        "A task that two bodies may do counts for both; enterprises are counted together.",
    ),
    "analysis.body": ("单位", "Body"),
    "analysis.enterprises": ("企业（合计）", "Enterprises together"),
    "analysis.conformance": ("与现行版本是否相符", "Fit with the version in force"),
    "analysis.fitness": (
        "{instances} 次流程中 {fitting} 次的每一步都在现行版本上走得通；平均 {share} 的步骤相符。",
        (
            "In {fitting} of {instances} runs every step fits the version in force; on average "
            "{share} of the steps do."
        ),
    ),
    "analysis.conformance_hint": (
        "把走过的步骤和连线放到现行版本的图上核对；条件的改动不在核对之内。",
        (
            "Steps and flows that were taken are replayed on the diagram in force; changed "
            "conditions are not."
        ),
    ),
    "analysis.fits": (
        "走过的每一步现行版本都允许",
        "The version in force allows every step that was taken",
    ),
    "analysis.deviation": (
        "现行版本不允许的步骤",
        "Steps that the version in force does not allow",
    ),
    "analysis.gone": (
        "“{title}”：现行版本没有这一步",
        "“{title}”: the version in force has no such step",
    ),
    "analysis.flow_gone": (
        "从“{title}”到“{target}”：现行版本没有这条连线",
        "From “{title}” to “{target}”: the version in force has no such flow",
    ),
    "analysis.elsewhere": (
        "从“{title}”到“{target}”：现行版本中这条连线通向别处",
        "From “{title}” to “{target}”: the flow leads elsewhere in the version in force",
    ),
    "analysis.open_cases": ("在办案件", "Open cases"),
    "analysis.closed_cases": ("已结案件", "Closed cases"),
    "analysis.cases": ("案件", "Cases"),
    "analysis.named": ("列出 {count} 件", "{count} {count:case|cases}"),
    "analysis.more_cases": ("另有 {count} 件", "{count} more"),
    "analysis.least": ("相符最少的案件", "Cases that fit least"),
    "analysis.fit": ("相符的步骤", "Steps that fit"),
    "analysis.fit_of": (
        "{steps} 步中的 {fitting} 步（{share}）",
        "{fitting} of {steps} steps ({share})",
    ),
    "analysis.none": ("—", "—"),
    "analysis.minutes": ("{count} 分钟", "{count} min"),
    "analysis.hours": ("{count} 小时", "{count} h"),
    "analysis.days": ("{count} 天", "{count} d"),
}
