"""Texts of the calendar and of the rule sets in the administration."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "admin.calendar_lead": (
        "未公布的年份按周末和法定节日暂定，导入通知后重算在途期限。",
        (
            "A year without notice is provisional: weekends and fixed holidays; open dates are "
            "settled again once its notice is loaded."
        ),
    ),
    "admin.year": ("年份", "Year"),
    "admin.provisional": ("暂定", "Provisional"),
    "admin.published": ("已公布", "Published"),
    "admin.rest_days": ("放假日", "Days off"),
    "admin.worked_days": ("调休上班日", "Days worked in exchange"),
    "admin.day": ("日期", "Day"),
    "admin.weekday": ("星期", "Weekday"),
    "admin.day_kind": ("类型", "Kind of day"),
    "admin.year_title": ("{year} 年放假和调休", "Days off and days worked in {year}"),
    "admin.year_lead": (
        "未列出的日子：周一至周五上班，周六、周日休息。",
        "Days not listed: Monday to Friday is worked, Saturday and Sunday are free.",
    ),
    "admin.year_provisional": (
        "本年通知尚未公布：以下为法定节日，暂定；导入通知后以通知为准。",
        "No notice yet: these are the statutory holidays, provisional until it is loaded.",
    ),
    "admin.download_csv": ("下载 CSV", "Download CSV"),
    "admin.kind_rest": ("放假", "Rest day"),
    "admin.kind_worked": ("调休上班", "Worked in exchange"),
    "admin.source": ("依据", "Notice"),
    "admin.notice": ("导入放假安排", "Load a notice"),
    "admin.notice_lead": (
        "先预览将变动的全部期限，确认后再导入；每处变动写入案件历史。",
        "See every date that would move first; each change enters the history of its case.",
    ),
    "admin.notice_days": ("通知共 {count} 天。", "The notice names {count} {count:day|days}."),
    "admin.notice_replaces": (
        "注意：{year} 年已录入 {before} 天，将整年替换为这 {after} 天。",
        "Mind: {before} days of {year} are loaded; all of them are replaced by these {after}.",
    ),
    "admin.notice_publishes": (
        "{year} 年现为暂定（{before} 天），将改为公布的这 {after} 天。",
        "{year} is provisional ({before} days); from then on it has these {after} as published.",
    ),
    "admin.notice_begins": (
        "{year} 年尚未录入，将录入这 {after} 天。",
        "{year} is not loaded yet; from then on it has these {after} days.",
    ),
    "admin.notice_unchanged": (
        "{year} 年的 {count} 天与已录入的完全相同，无变化。",
        "No change in {year}: its {count} {count:day is|days are} loaded just so.",
    ),
    "admin.notice_new": ("{year} 年新增{kind}：{days}", "{kind}, new in {year}: {days}"),
    "admin.notice_changed": (
        "{year} 年类型改为{kind}：{days}",
        "{kind} instead, in {year}: {days}",
    ),
    "admin.notice_reworded": (
        "{year} 年有 {count} 天只改名称或依据。",
        "Only name or source of {count} {count:day|days} of {year} {count:differs|differ}.",
    ),
    "admin.notice_joins": (
        "{year} 年的 {count} 天并入已录入的 {before} 天，其余不变。",
        "{count} {count:day|days} of {year} {count:joins|join} the {before} loaded; others stay.",
    ),
    "admin.notice_gone": (
        "{year} 年不再列入：{days}",
        "No longer special in {year}: {days}",
    ),
    "admin.notice_moves": (
        "将变动 {count} 个在途期限。",
        "{count} awaited {count:date|dates} would move.",
    ),
    "admin.notice_loaded": (
        "已导入，变动 {count} 个在途期限。",
        "Loaded; {count} awaited {count:date|dates} moved.",
    ),
    "admin.notice_hint": (
        (
            "第一行为列名，一日一行；类型填放假或调休上班。写全通知中的每一日，整年一次导入；"
            "缺少法定节日的年份不予导入，相邻年份元旦前后的日子并入该年。"
        ),
        (
            "The first line holds the headings, then one line a day; kind is holiday, or workday "
            "where it is worked in exchange. Give every day of the notice, a whole year at once; "
            "a year that lacks a statutory holiday is refused, and days of the neighbouring year "
            "next to New Year join that year."
        ),
    ),
    "admin.rules_lead": (
        "新版本只适用于生效日以后登记的案件，在办案件沿用原版本。",
        "A new version holds for cases registered from its day on; open cases keep theirs.",
    ),
    "admin.version": ("版本", "Version"),
    "admin.version_number": ("{name} 第 {version} 版", "{name} version {version}"),
    "admin.title_of": ("名称", "Title"),
    "admin.since": ("生效日期", "In force from"),
    "admin.in_force": ("现行", "In force"),
    "admin.waits": ("尚未生效", "Not yet in force"),
    "admin.open_dates": ("在途期限", "Awaited dates"),
    "admin.compare": ("与前一版比较", "Compare"),
    "admin.compared_with": ("与第 {version} 版比较", "Against version {version}"),
    "admin.all_values": ("全部条目", "All values"),
    "admin.no_difference": ("两版内容相同", "Both say the same"),
    "admin.download": ("下载文本", "Download"),
    "admin.adopt": ("采用新版本", "Adopt a version"),
    "admin.adopt_lead": (
        "下载现行版本，改写版本号和条目后提交。先显示与现行版本的差异，确认后采用。",
        (
            "Download the version in force, change its number and values, and send it. What "
            "differs is shown before it is adopted."
        ),
    ),
    "admin.would_adopt": (
        "第 {version} 版自 {day} 起生效，与现行版本有 {count} 处不同。",
        "Version {version} would hold from {day} on; {count} {count:value differs|values differ}.",
    ),
    "admin.adopted": ("已采用第 {version} 版。", "Version {version} is adopted."),
}
