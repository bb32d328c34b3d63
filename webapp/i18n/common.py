"""Texts of the frame around every page, of signing in and of errors."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "product.name": ("闭环", "Bihuan"),
    "product.line": ("工业园区隐患治理闭环", "The closed loop of workplace hazards"),
    "frame.skip": ("跳到正文", "Skip to content"),
    "word.none": ("无", "None"),
    "word.unknown": ("未填写", "Not given"),
    "nav.label": ("主导航", "Main navigation"),
    "nav.inbox": ("待办", "Inbox"),
    "nav.intake": ("登记隐患", "Register hazard"),
    "nav.self_report": ("自查上报", "Self-report"),
    "nav.ledger": ("台账", "Ledger"),
    "nav.my_cases": ("我的隐患", "My cases"),
    "nav.definitions": ("流程", "Processes"),
    "nav.notifications": ("消息", "Notifications"),
    "account.menu": ("账号菜单", "Account menu"),
    "account.roles": ("岗位", "Posts"),
    "account.acting_for": ("代 {name} 行使职权", "Acting for {name}"),
    "account.act_for": ("代行 {name} 的职权", "Act for {name}"),
    "account.act_own": ("恢复本人身份", "Act for yourself again"),
    "account.sign_out": ("退出登录", "Sign out"),
    "language.other": ("English", "中文"),
    "clock.virtual": ("演示时钟", "Demonstration clock"),
    "clock.zone": ("北京时间", "Beijing time"),
    "sign_in.title": ("登录", "Sign in"),
    "sign_in.username": ("用户名", "User name"),
    "sign_in.password": ("密码", "Password"),
    "sign_in.submit": ("登录", "Sign in"),
    "sign_in.lead": (
        "每一条隐患，从发现到销号，都有人负责、有时限、有凭证。",
        "Every hazard, from finding to strike-off, has an owner, a date and a record.",
    ),
    "sign_in.demo": ("演示账号", "Demonstration accounts"),
    "sign_in.demo_password": (
        "演示账号的密码均为 {password}",
        "The password of every demonstration account is {password}",
    ),
    "sign_in.needed": ("请先登录。", "Please sign in first."),
    "sign_in.too_many": (
        "尝试过于频繁，请稍后再试。",
        "Too many attempts; please wait a little and try again.",
    ),
    "error.not_found.title": ("没有找到", "Not found"),
    "error.not_found.text": (
        "没有这个页面，或者它不在您的职责范围内。",
        "There is no such page, or it lies outside what you may see.",
    ),
    "error.not_allowed.title": ("无权操作", "Not allowed"),
    "error.conflict.title": ("情况已经变化", "Things have moved on"),
    "error.stale.title": ("页面已过期", "This page is out of date"),
    "error.invalid.title": ("填写有误", "Something needs correcting"),
    "error.unavailable.title": ("系统暂时繁忙", "The system is busy"),
    "follow.no_worker": (
        "还没有计时进程接手；如果一直这样，请运维人员看它是否在运行。",
        "No worker has taken it up yet; if that stays so, ask the operator whether one runs.",
    ),
    "error.incident.title": ("流程需要人工处理", "The process needs attention"),
    "error.expired.title": ("页面已失效", "This form has expired"),
    "error.expired.text": (
        "页面打开时间过长或已在别处退出登录。请返回上一页，刷新后再提交；已保存的草稿不会丢失。",
        "The page was open too long. Go back, reload and submit again; drafts are kept.",
    ),
    "error.too_large.title": ("文件过大", "The upload is too large"),
    "error.too_large.text": (
        (
            "一次提交不得超过 {megabytes} MB，没有保存。请返回上一页（已填的文字还在），"
            "减少照片后再提交，其余照片可以分次补充。"
        ),
        (
            "One submission may hold at most {megabytes} MB, so nothing was kept. Go back, what "
            "you typed is still there; choose fewer photos and add the others later."
        ),
    ),
    "error.too_many.title": ("操作过于频繁", "Too many requests"),
    "error.server.title": ("系统出错", "Something went wrong"),
    "error.server.text": (
        "您的操作没有生效，数据没有改变。请稍后重试；若仍出错，请告知管理员编号 {reference}。",
        "Nothing was changed. Try again, or give the administrator reference {reference}.",
    ),
    "error.method.title": ("不支持的请求", "Not supported"),
    "error.request.title": ("请求有误", "Bad request"),
    "error.request.text": (
        "浏览器发来的请求无法理解。请返回上一页重试。",
        "The request could not be understood. Please go back and try again.",
    ),
    "error.back": ("返回", "Go back"),
    "error.home": ("回到首页", "To the start page"),
    "action.search": ("查找", "Search"),
    "action.clear": ("清除", "Clear"),
    "page.previous": ("上一页", "Previous"),
    "page.next": ("下一页", "Next"),
    "page.position": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "page.label": ("分页", "Pages"),
    "level.none": ("待定级", "Not graded"),
    "footer.rules": (
        "时限依本区规则集计算，每个日期都可查看计算过程。",
        "Dates follow the zone's rule set; every date can be explained.",
    ),
    "remaining.none": ("无时限", "No date"),
    "remaining.overdue_days": ("已超 {days} 天", "{days} {days:day|days} overdue"),
    "remaining.overdue_hours": ("已超 {hours} 小时", "{hours} {hours:hour|hours} overdue"),
    "remaining.overdue_minutes": (
        "已超 {minutes} 分钟",
        "{minutes} {minutes:minute|minutes} overdue",
    ),
    "remaining.days": ("还剩 {days} 天", "{days} {days:day|days} left"),
    "remaining.hours": ("还剩 {hours} 小时", "{hours} {hours:hour|hours} left"),
    "remaining.minutes": ("还剩 {minutes} 分钟", "{minutes} {minutes:minute|minutes} left"),
}
