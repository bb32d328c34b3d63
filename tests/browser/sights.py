"""What the pages of an extension and of an interview say, step by step, in both languages."""

from __future__ import annotations

from tests.browser.seeing import Sight

ASKED = Sight(
    zh=(
        "第 1 号延期申请",
        "2026年3月17日 → 2026年3月27日 自原期限起算 10 天",
        "及时提出",
        "客观因素 设备材料采购、定制周期",
        "理由 报警装置交货期十五天",
        "延期期间防控措施 停用一号炉并派人值守",
        "整改节点 设备到货 2026年3月20日 前",
        "理由证据 附件 1",
    ),
    en=(
        "Extension request 1",
        "17 Mar 2026 → 27 Mar 2026 10 days counted from the original date",
        "Filed in good time",
        "Objective ground Procurement or custom-made parts",
        "Reasons 报警装置交货期十五天",
        "Interim measures 停用一号炉并派人值守",
        "Milestones 设备到货 by 20 Mar 2026",
        "Evidence of the ground File 1",
    ),
)
BOTH_MISSING = Sight(
    zh=(
        "申请 已提出 示例铝业有限公司负责人 2026年3月10日 09:00",
        "东园区攻坚指挥部 待签署 还剩 2 天",
        "经济商务局 待签署 还剩 2 天",
        "生效 最后一方签署时生效",
        "应急管理局备案 生效后办理",
    ),
    en=(
        "Request Filed Principal of Model Aluminium 10 Mar 2026 09:00",
        "East park command Waits for a signature 2 days left",
        "Economy department Waits for a signature 2 days left",
        "Takes effect With the last signature",
        "Filing with the bureau After it is in force",
    ),
)
IF_SILENT = Sight(
    zh=(
        "若无人办理",
        "不签署不视为同意；原期限 2026年3月17日 照常计算。",
        "届满仍未决定：转为逾期（待批），不对企业采取处罚步骤，约谈先问未签署单位。",
    ),
    en=(
        "If nobody acts",
        "Silence is no consent; the original date, 17 Mar 2026, keeps running.",
        "Undecided at expiry: overdue pending; no penalty step",
    ),
)
ONE_MISSING = Sight(
    zh=(
        "东园区攻坚指挥部 同意 东园区指挥长 2026年3月10日 09:00",
        "经济商务局 待签署 还剩 1 天",
    ),
    en=(
        "East park command Agreed East park commander 10 Mar 2026 09:00",
        "Economy department Waits for a signature 1 day left",
    ),
)
LADDER = Sight(
    zh=(
        "经济商务局：2026年3月11日 24:00 提醒；2026年3月12日 24:00 转副职；",
        "2026年3月13日 24:00 报分管领导和区安办",
    ),
    en=(
        "Economy department: reminder 11 Mar 2026 24:00; deputies 12 Mar 2026 24:00; ",
        "leader in charge and safety office 13 Mar 2026 24:00",
    ),
)
IN_FORCE = Sight(
    zh=(
        "经济商务局 同意 经商局局长 2026年3月11日 09:00",
        "生效 已生效 2026年3月11日 09:00",
    ),
    en=(
        "Economy department Agreed Head of economy 11 Mar 2026 09:00",
        "Takes effect In force 11 Mar 2026 09:00",
    ),
)
NOT_FILED = Sight(
    zh=("应急管理局备案 未备案，待登记 还剩 1 天", "延期已生效但尚未备案"),
    en=("Filing with the bureau Not filed yet 1 day left", "In force but not filed yet"),
)
FILED = Sight(
    zh=("应急管理局备案 已备案 GY延备〔2026〕第1号 应急局登记员 2026年3月11日 09:00",),
    en=("Filing with the bureau Filed in the register GY延备〔2026〕第1号 Bureau clerk",),
)
TO_PUBLISH = Sight(
    zh=(
        "二级（区级） 待公布",
        "此前公布的仍有效",
        "督办单位 安委会办公室",
        "挂牌公布 2026年3月2日 管委会网站",
        "挂牌理由 确认为重大隐患（2026年3月2日）；延期生效（2026年3月11日）",
    ),
    en=(
        "Grade 2 (zone) To be published",
        "What was published before stands",
        "Supervising body Safety office",
        "Listing published 2 Mar 2026 管委会网站",
        "Grounds Confirmed as major (2 Mar 2026); An extension in force (11 Mar 2026)",
    ),
)
PUBLISHED = Sight(
    zh=(
        "二级（区级） 已公布",
        "下次报告 2026年3月18日 还剩 7 天",
        "挂牌公布 2026年3月11日 区政府网站",
        "治理完成日 2026年3月27日",
        "进展报告频次 每7天",
        "尚无进展报告。",
        "整改期限届满：本案转为逾期",
    ),
    en=(
        "Grade 2 (zone) Published",
        "Next report by 18 Mar 2026 7 days left",
        "Listing published 11 Mar 2026 区政府网站",
        "To be finished by 27 Mar 2026",
        "No report of progress yet.",
        "The rectification limit expires: the case becomes overdue",
    ),
)
EXPIRED = Sight(
    zh=(
        "第 1 次约谈",
        "应于何时前约谈 2026年3月20日 24:00 还剩 2 天",
        "约谈事由 整改期限 2026年3月17日 届满",
        "第 3 日届满仍未约谈：显示约谈超期，报区主要领导督办；此后延期、销号都不免除约谈",
    ),
    en=(
        "Interview 1",
        "To be held by 20 Mar 2026 24:00 2 days left",
        "Cause Rectification: the limit expired on 17 Mar 2026",
        "Day 3 ends without the interview: it is marked as late",
    ),
)
PROPOSED = Sight(
    zh=("为何由其约谈 重大隐患首次逾期", "区安办建议 区分管领导", "理由 按判定表，首次逾期"),
    en=(
        "Why this host Major hazard, overdue for the first time",
        "Proposed by the office The leader in charge",
        "Reason 按判定表，首次逾期",
    ),
)
INTERNAL = Sight((), (), never=("区安办建议", "Proposed by the office", "按判定表，首次逾期"))
NOTICE = Sight(
    zh=(
        "约谈人 区分管领导",
        "约谈对象 实际投资人01（实际投资人）",
        "约谈时间 2026年3月19日 10:00",
        "地点 管委会三楼会议室",
        "方式 现场",
        "须带材料 整改方案",
    ),
    en=(
        "Host The leader in charge",
        "(actual investor)",
        "Time 19 Mar 2026 10:00",
        "Place 管委会三楼会议室",
        "Way On site",
        "Papers to bring 整改方案",
    ),
)
MINUTES = Sight(
    zh=(
        "约谈纪要",
        "实际约谈 2026年3月19日 10:00",
        "最终期限 2026年3月25日",
        "被约谈人签字 已签字",
        "原因说明 采购延误",
        "整改承诺 3月25日前完成",
    ),
    en=(
        "Minutes",
        "Held 19 Mar 2026 10:00",
        "Final date 25 Mar 2026",
        "Signature Signed",
        "Explanation 采购延误",
        "Commitment 3月25日前完成",
    ),
)
REPORT_DUE = Sight(
    zh=("报告期限 2026年3月26日 24:00 还剩 7 天",),
    en=("Due from the enterprise 26 Mar 2026 24:00 7 days left",),
)
REPORTED = Sight(
    zh=("报告提交 示例铝业有限公司负责人 2026年3月19日", "落实情况 设备已到货，正在安装"),
    en=("Report given Principal of Model Aluminium, 19 Mar 2026", "What was done 设备已到货"),
)
