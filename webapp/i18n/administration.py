"""Texts of the administration."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "admin.title": ("系统管理", "Administration"),
    "admin.lead": (
        "补齐以下各项后，第一条隐患就能从登记走到销号。系统管理员看不到任何案件。",
        (
            "With these in place a hazard can go from intake to strike-off. Administrators see no "
            "case."
        ),
    ),
    "admin.start": ("概览", "Overview"),
    "admin.bodies": ("单位", "Bodies"),
    "admin.bodies_lead": (
        "停用的单位保留在历史中，不会删除。",
        "A closed body stays in the history; nothing is deleted.",
    ),
    "admin.persons": ("人员", "Persons"),
    "admin.persons_lead": (
        "人员、岗位任期与代理。",
        "Persons, the days of their posts, and who stands in.",
    ),
    "admin.accounts": ("账号", "Accounts"),
    "admin.accounts_lead": ("以下规则适用于全部账号。", "These rules hold for every account."),
    "admin.enterprises": ("企业", "Enterprises"),
    "admin.enterprises_lead": (
        "监管单位的变更只影响以后登记的隐患。",
        "Assigning other bodies concerns hazards registered from now on.",
    ),
    "admin.calendar": ("工作日历", "Calendar"),
    "admin.rules": ("规则集", "Rule sets"),
    "admin.record": ("管理记录", "Record"),
    "admin.record_lead": (
        "每一项管理操作逐条相连，事后改动会被发现。",
        "Every act is chained to the one before; a later change is noticed.",
    ),
    "admin.chain_sound": (
        "已核验 {count} 条记录，均与写入时一致。",
        "Verified: {count} {count:entry is|entries are} as written.",
    ),
    "admin.chain_broken": (
        "记录链在 {count} 条中有一处不符，请立即报告。",
        "The chain of {count} entries does not fit; report this at once.",
    ),
    "admin.missing": ("还缺 {count} 项", "Missing: {count}"),
    "admin.optional": ("可以补充", "May be added"),
    "admin.there": ("已具备（{count} 项）", "In place ({count})"),
    "admin.have": ("已具备", "In place"),
    "admin.lack": ("尚缺", "Missing"),
    "admin.ready": ("各项齐备，可以登记隐患。", "Everything needed is there."),
    "admin.waiting": ("无人可办的事项", "Tasks that nobody may do"),
    "admin.waiting_text": (
        "以下事项没有任何在任人员可以办理：无人任职，或任职的人都须回避。请在所列岗位之一任命另一人。",
        (
            "No person in office may do these: nobody holds the posts, or all who do are kept "
            "from it. Name another person to one of the posts."
        ),
    ),
    "admin.nothing": ("没有内容", "Nothing here"),
    "admin.actions": ("操作", "Actions"),
    "admin.body": ("单位", "Body"),
    "admin.kind": ("类别", "Kind"),
    "admin.holders": ("任职人员", "In office"),
    "admin.power": ("执法权", "Enforcement power"),
    "admin.yes": ("有", "Yes"),
    "admin.state": ("状态", "State"),
    "admin.in_use": ("使用中", "In use"),
    "admin.closed_on": ("停用：{day}", "Closed: {day}"),
    "admin.person": ("人员", "Person"),
    "admin.posts": ("岗位", "Posts"),
    "admin.post": ("岗位", "Post"),
    "admin.post_now": ("在任", "In office"),
    "admin.post_over": ("已终止", "Ended"),
    "admin.post_later": ("尚未开始", "Not begun"),
    "admin.days": ("任期", "Days"),
    "admin.from": ("{day}起", "from {day}"),
    "admin.until": ("至{day}", "until {day}"),
    "admin.from_until": ("{first}至{last}", "{first} to {last}"),
    "admin.no_posts": ("没有岗位", "No post"),
    "admin.substitute": ("代理", "Substitute"),
    "admin.substitutes": ("代理", "Standing in"),
    "admin.no_substitutes": (
        "没有代理。在岗位一行设置代理人。",
        "Nobody stands in. Name a substitute at a post.",
    ),
    "admin.stands_in": ("{name} 代 {absent}", "{name} for {absent}"),
    "admin.instrument": ("书面依据", "Instrument"),
    "admin.account": ("账号", "Account"),
    "admin.no_account": ("没有账号，不能登录", "No account, so no way to sign in"),
    "admin.account_open": ("可以登录", "Open"),
    "admin.account_closed": ("已停用", "Closed"),
    "admin.account_once": ("待更换一次性密码", "One-time password"),
    "admin.username": ("用户名", "User name"),
    "admin.sessions": ("会话", "Sessions"),
    "admin.opened": ("开设时间", "Opened"),
    "admin.policy_length": (
        "密码至少 {shortest} 个字符，不得与用户名相同。",
        "Passwords have at least {shortest} characters and differ from the user name.",
    ),
    "admin.policy_lock": (
        "连续输错 {failures} 次，锁定 {minutes} 分钟。",
        "After {failures} wrong passwords in a row the account is locked for {minutes} minutes.",
    ),
    "admin.policy_session": (
        "每次登录最长 {hours} 小时，闲置 {minutes} 分钟后退出。",
        "A sign-in lasts at most {hours} hours, and {minutes} minutes without a request.",
    ),
    "admin.policy_token": (
        "接口令牌最长 {days} 天。",
        "A token of the interface lasts at most {days} days.",
    ),
    "admin.enterprise": ("企业", "Enterprise"),
    "admin.park": ("园区", "Park"),
    "admin.town": ("镇（街道）", "Town"),
    "admin.department": ("行业主管部门", "Department"),
    "admin.size": ("规模", "Size"),
    "admin.legal": ("法定代表人", "Legal representative"),
    "admin.import": ("从 Excel 导入", "Import from Excel"),
    "admin.done": ("已完成：{title}", "Done: {title}"),
    "admin.unchanged": ("没有任何改动。", "Nothing was changed."),
    "admin.secret_text": (
        "请将一次性密码当面或通过安全渠道告知本人，首次登录时须更换：",
        "Tell the person this one-time password in a safe way; it must be replaced at sign-in:",
    ),
    "admin.secret_once": (
        "离开本页后不再显示。遗失时请重设。",
        "It is not shown again; reset it if it is lost.",
    ),
    "admin.secret_noted": ("已记下", "Noted"),
    "admin.act": ("事项", "Act"),
    "admin.at": ("时间", "At"),
    "admin.who": ("办理人", "By"),
    "admin.subject": ("对象", "Subject"),
    "admin.detail": ("内容", "Detail"),
    "admin.act_set_up": ("初始化园区", "Zone set up"),
    "admin.act_calendar": ("导入放假安排", "Notice imported"),
    "admin.act_rules": ("采用规则集", "Rule set adopted"),
    "admin.act_import": ("导入企业", "Enterprises imported"),
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
    "admin.notice_moves": (
        "将变动 {count} 个在途期限。",
        "{count} awaited {count:date|dates} would move.",
    ),
    "admin.notice_loaded": (
        "已导入，变动 {count} 个在途期限。",
        "Loaded; {count} awaited {count:date|dates} moved.",
    ),
    "admin.number": ("编号", "Number"),
    "admin.what": ("期限或事项", "Date or task"),
    "admin.before": ("原", "Before"),
    "admin.after": ("现", "After"),
    "admin.import_title": ("导入企业", "Import enterprises"),
    "admin.import_lead": (
        "按企业名称识别：没有的新增，已有的更新，空白单元格保持原值。有一处错误则一家也不导入。",
        (
            "Known by their name: others are added, known ones changed, blank cells keep what is "
            "there. With one mistake nothing is imported."
        ),
    ),
    "admin.imported": ("新增 {added} 家，更新 {changed} 家。", "{added} added, {changed} changed."),
    "admin.would_import": (
        "将新增 {added} 家，更新 {changed} 家，{same} 家不变。",
        "{added} would be added, {changed} changed, {same} stay as they are.",
    ),
    "admin.new": ("新增", "New"),
    "admin.changed": ("更新", "Changed"),
    "admin.rules_lead": (
        "新版本只适用于生效日以后登记的案件，在办案件沿用原版本。",
        "A new version holds for cases registered from its day on; open cases keep theirs.",
    ),
    "admin.version": ("版本", "Version"),
    "admin.version_number": ("{name} 第 {version} 版", "{name} version {version}"),
    "admin.title_of": ("名称", "Title"),
    "admin.since": ("生效日期", "In force from"),
    "admin.in_force": ("现行", "In force"),
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
    "admin.value": ("取值", "Value"),
    "admin.article": ("条款", "Article"),
    "admin.sentence": ("规定", "Sentence"),
    "admin.key": ("标识", "Key"),
    "admin.use": ("能否更改", "May change"),
    "admin.use_read": ("可以更改", "Yes, by a new version"),
    "admin.use_fixed": ("系统固定，不可更改", "No, fixed by the product"),
    "admin.use_reference": (
        "可以更改，仅供查阅，不影响办理",
        "Yes, but for reference only: no process rests on it",
    ),
    "admin.line": ("第 {number} 行", "Line {number}"),
    "admin.file": ("选择文件", "Choose a file"),
    "admin.text": ("或粘贴内容", "Or paste it"),
    "admin.columns": ("列：", "Columns:"),
    "admin.import_hint": (
        "第一行为列名。必填：{required}。规模填四上企业或四下企业；单位须已新增，名称一致。",
        (
            "The first line holds the headings. Required: {required}. The size is above_scale or "
            "small; bodies are there already, with the same names."
        ),
    ),
    "admin.notice_hint": (
        "第一行为列名，一日一行；类型填放假或调休上班。写全通知中的每一日，整年一次导入。",
        (
            "The first line holds the headings, then one line a day; kind is holiday, or workday "
            "where it is worked in exchange. Give every day of the notice, a whole year at once."
        ),
    ),
    "admin.check": ("检查并预览", "Check"),
    "admin.apply": ("确认", "Apply"),
    "admin.preview": ("预览", "Preview"),
    "password.title": ("修改密码", "Change password"),
    "password.forced": (
        "您使用的是一次性密码，请先换成自己的密码。",
        "You signed in with a one-time password; choose your own first.",
    ),
    "password.old": ("当前密码", "Present password"),
    "password.new": ("新密码", "New password"),
    "password.hint": ("至少 {shortest} 个字符", "At least {shortest} characters"),
    "password.again": ("再次输入新密码", "New password again"),
    "password.submit": ("保存", "Save"),
    "password.done": (
        "密码已修改，其他浏览器中的登录均已结束。",
        "Changed; you are signed out everywhere else.",
    ),
    "sessions.title": ("登录会话", "Where you are signed in"),
    "sessions.lead": (
        "您的账号现在登录的浏览器。有不认识的，请结束它并修改密码。",
        "The browsers that you are signed in to. End one you do not know; change your password.",
    ),
    "sessions.browser": ("浏览器", "Browser"),
    "sessions.address": ("网络地址", "Address"),
    "sessions.opened": ("登录时间", "Signed in"),
    "sessions.seen": ("最近使用", "Last used"),
    "sessions.this": ("当前浏览器", "This browser"),
    "sessions.unknown": ("未知浏览器", "Unknown browser"),
    "sessions.end": ("结束", "End"),
    "sessions.end_others": ("结束其他全部会话", "End all others"),
    "sessions.ended": ("该会话已结束。", "That session has ended."),
    "sessions.others_ended": ("其他会话均已结束。", "All other sessions have ended."),
    "admin.sign_in": ("登录规则", "Signing in"),
    "admin.sign_in_lead": (
        "对所有账号适用；每次修改都写入管理记录。",
        "For every account; every change is entered in the record.",
    ),
    "admin.rule": ("规则", "Rule"),
    "admin.held": ("现值", "Now"),
    "admin.bounds": ("允许范围", "Bounds"),
    "admin.at_first": ("初始值", "At first"),
    "admin.sessions_open": ("在线会话", "Open sessions"),
    "admin.sessions_lead": (
        "现在登录的浏览器，最近使用的在前；可以逐个结束。",
        "Browsers signed in now, the last used first; each may be ended by itself.",
    ),
}
