"""Texts of the inbox, of filters and of notifications."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "inbox.title": ("待办事项", "Inbox"),
    "inbox.lead": ("最先到期的排在最前。", "What expires first stands first."),
    "inbox.scope_all": ("全部", "All"),
    "inbox.scope_mine": ("已签收", "Claimed by me"),
    "inbox.scope_claimable": ("待签收", "To be claimed"),
    "inbox.scope_overdue": ("已超时", "Overdue"),
    "inbox.until": ("{due} 止", "until {due}"),
    "inbox.claim": ("签收", "Claim"),
    "inbox.claim_named": ("签收：{title}", "Claim: {title}"),
    "inbox.claimed": ("已签收，请在时限内办理。", "Claimed; please act in time."),
    "inbox.released": ("已退回，其他人员可以签收。", "Released; others may claim it."),
    "inbox.mine": ("我已签收", "Mine"),
    "inbox.done": ("已提交：{title}", "Submitted: {title}"),
    "inbox.empty": ("没有待办事项", "Nothing waits for you"),
    "inbox.empty_text": (
        "轮到您的岗位处理时，会出现在这里。",
        "What your posts must act on will appear here.",
    ),
    "inbox.empty_filtered": ("没有符合条件的事项", "Nothing fits these filters"),
    "inbox.empty_filtered_text": (
        "换一个条件，或者清除筛选。",
        "Try other filters, or clear them.",
    ),
    "filter.label": ("筛选", "Filters"),
    "filter.all": ("全部", "All"),
    "filter.text": ("查找", "Search"),
    "filter.text_hint": ("编号、企业、隐患描述", "Number, enterprise, description"),
    "filter.body": ("承办单位", "Body"),
    "filter.level": ("等级", "Level"),
    "filter.park": ("园区", "Park"),
    "filter.act": ("事项", "Act"),
    "filter.state": ("状态", "State"),
    "filter.department": ("行业主管部门", "Department"),
    "notices.lead": (
        "提醒、催办和与您岗位有关的变化。",
        "Reminders and changes that concern your posts.",
    ),
    "notices.unread": ("新", "New"),
    "notices.read_all": ("全部标为已读", "Mark all as read"),
    "notices.none_now": ("目前没有需要关注的消息", "Nothing asks for your attention now"),
    "notices.settled": ("已处理的消息（{count} 件）", "Settled since ({count} {count:case|cases})"),
    "notices.empty": ("没有消息", "No notifications"),
    "notices.empty_text": (
        "提醒和升级提醒会出现在这里。",
        "Reminders and escalations will appear here.",
    ),
}
