"""Texts of the record of the administration: what its entries name beside the forms' fields."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "admin.act_set_up": ("初始化园区", "Zone set up"),
    "admin.act_calendar": ("导入放假安排", "Notice imported"),
    "admin.act_rules": ("采用规则集", "Rule set adopted"),
    "admin.act_import": ("导入企业", "Enterprises imported"),
    "recorded.nothing": ("空", "empty"),
    "recorded.became": ("改为", "changed to"),
    "recorded.same": ("没有任何改动", "Nothing was changed"),
    "recorded.yes": ("是", "Yes"),
    "recorded.no": ("否", "No"),
    "recorded.posts_ended": ("终止的岗位数", "Posts ended"),
    "recorded.accounts_closed": ("停用的账号数", "Accounts closed"),
    "recorded.role": ("角色", "Role"),
    "recorded.zone": ("园区名称", "Name of the zone"),
    "recorded.added": ("新增家数", "Added"),
    "recorded.changed": ("更新家数", "Changed"),
    "recorded.same_as_before": ("不变家数", "As they were"),
    "recorded.years": ("年份", "Years"),
    "recorded.days": ("通知天数", "Days of the notice"),
    "recorded.moved": ("变动的在途期限数", "Awaited dates moved"),
    "recorded.replaced": ("改变的日子", "Days that changed"),
    "recorded.day_was": ("{day}（原为{kind}）", "{day} (was {kind})"),
    "recorded.more_days": ("等 {count} 天", "{count} in all"),
    "recorded.by_week": ("平日或周末", "as its weekday"),
}
