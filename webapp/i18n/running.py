"""Texts of the operations on running cases."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "running.title": ("在办案件处置", "Operations on running cases"),
    "running.lead": (
        "案件自己走不下去时由安委办处置；每一次处置都写明理由，留在办理经过里。",
        (
            "Where a case cannot go on by itself, the safety office sees to it; each operation has "
            "its reason and stays in the history."
        ),
    ),
    "running.incidents": ("系统异常", "Incidents"),
    "running.no_incidents": ("没有待处理的系统异常", "No incident is open"),
    "running.case": ("案件", "Case"),
    "running.no_case": ("尚未立案", "No case yet"),
    "running.what": ("办理的事项", "What failed"),
    "running.why": ("原因", "Why"),
    "running.at": ("最近一次", "Last time"),
    "running.attempts": ("次数", "Times"),
    "running.retry_at": ("自动重试", "Tried again by itself"),
    "running.no_retry": ("不再自动重试", "No more, only by hand"),
    "running.by_hand": ("由办理人重试", "By whoever did it"),
    "running.see": ("查看并重试", "See and retry"),
    "running.timers": ("到期事项", "What fell due"),
    "running.began": ("登记立案", "Beginning a case"),
    "running.a_task": ("办理任务", "Completing a task"),
    "running.retry": ("重试", "Retry"),
    "running.incident": ("系统异常", "Incident"),
    "running.retry_timers": (
        "重试即立刻处理该案到期未处理的事项；成功后异常关闭，再次失败则案件不变、次数加一。",
        (
            "Retrying settles at once what fell due in the case. If it works, the incident is "
            "closed; if it fails again nothing changes but the count."
        ),
    ),
    "running.retry_command": (
        (
            "当时的办理未生效，也不会代为重做；确认原因已排除后，由原办理人再办一次。"
            "此处重试只让案件把到期事项处理完，并关闭本条异常。"
        ),
        (
            "What was done then had no effect, and nobody repeats it for its author: once the "
            "cause is removed, the author does it again. Retrying settles what fell due and "
            "closes this incident."
        ),
    ),
    "running.retry_start": (
        "该案没有立成；确认原因已排除后由登记人重新登记，此处关闭本条异常。",
        (
            "No case was begun: once the cause is removed, whoever registered does so again. This "
            "closes the incident."
        ),
    ),
    "running.reason": ("理由", "Reason"),
    "running.reason_hint": (
        "写明原因已怎样排除；写入案件的办理经过。",
        "How the cause was removed; it enters the history of the case.",
    ),
    "running.retried": ("已重试，异常已关闭", "Retried, the incident is closed"),
    "running.versions": ("办理中的流程版本", "Versions that cases run under"),
    "running.versions_lead": (
        "案件保持开始时的流程版本；需要时可逐件或成批迁移到新版本。",
        (
            "A case keeps the version that it began with; it may be taken to a newer one, alone or "
            "with others."
        ),
    ),
    "running.process": ("流程", "Process"),
    "running.in_force": ("现行版本", "In force"),
    "running.on_version": (
        "第 {version} 版 {count} 件",
        "{count} {count:case|cases} under version {version}",
    ),
    "running.behind": ("仍在旧版的案件", "Cases under an earlier version"),
    "running.none_behind": ("无", "None"),
    "running.preview": ("预览迁移", "Preview migration"),
    "migrate.title": ("迁移到第 {version} 版", "Migrate to version {version}"),
    "migrate.lead": (
        (
            "先看每件能不能迁移、哪些时限和下一步办理人会变；待办、签收、草稿和计时都保留。"
            "案件的整改等期限按规则集计算，记在案件上，迁移不改。"
        ),
        (
            "See first which cases can be taken over, and which dates and next actors would "
            "change. Tasks, who took them, drafts and timers are kept. Dates of the rule set are "
            "on the case; migration never moves them."
        ),
    ),
    "migrate.none": (
        "没有旧版本的案件需要迁移",
        "No case runs under an earlier version",
    ),
    "migrate.choose": ("选择", "Choose"),
    "migrate.choose_none": ("全部不选，再逐件选", "Choose none, then one by one"),
    "migrate.choose_all": ("全部选中", "Choose all"),
    "migrate.choose_one": ("迁移 {number}", "Migrate {number}"),
    "migrate.case": ("案件", "Case"),
    "migrate.from": ("现为", "Now under"),
    "migrate.was": ("原为", "Before"),
    "migrate.result": ("能否迁移", "Possible"),
    "migrate.yes": ("可以迁移", "Yes"),
    "migrate.no": ("不能迁移", "No"),
    "migrate.done": ("已迁移", "Migrated"),
    "migrate.dates": ("会变的日期", "Dates that change"),
    "migrate.actors": ("会变的下一步办理人", "Next actors that change"),
    "migrate.changed_dates": ("变了的日期", "Dates that changed"),
    "migrate.changed_actors": ("变了的下一步办理人", "Next actors that changed"),
    "migrate.forms": ("会变的表单", "Forms that change"),
    "migrate.form_differs": ("{title}的表单内容有变", "{title}: the form asks something else"),
    "migrate.run.title": ("批量迁移", "Migration of many cases"),
    "migrate.run.offer": (
        "案件较多，可由后台逐件查看、再一次迁移全部可以迁移的；随时可停，可接着做，报告留存。",
        (
            "There are many cases. A worker can look at all of them and then take over all that "
            "can; it may be stopped and gone on with, and the report is kept."
        ),
    ),
    "migrate.run.ask": ("后台查看全部案件", "Look at all cases"),
    "migrate.run.looking": ("正在逐件查看", "Looking at the cases"),
    "migrate.run.looked": ("已看完，待决定", "Looked at, to be decided"),
    "migrate.run.running": ("正在迁移", "Being migrated"),
    "migrate.run.stopped": ("已停止", "Stopped"),
    "migrate.run.done": ("已完成", "Done"),
    "migrate.run.given_up": ("已放弃", "Given up"),
    "migrate.run.waiting": ("还没有看", "Not looked at"),
    "migrate.run.stayed": ("未迁移", "Not migrated"),
    "migrate.run.progress": ("进度", "Progress"),
    "migrate.run.of": ("{past} / {all} 件", "{past} of {all} cases"),
    "migrate.run.wait": (
        "由后台进行，可以离开本页；已迁移的案件照常办理。",
        "A worker does it; you may leave this page. Cases that were taken over go on as usual.",
    ),
    "migrate.run.cases": ("在旧版的案件", "Cases under an earlier version"),
    "migrate.run.can": ("可以迁移", "Can be migrated"),
    "migrate.run.changing": (
        "其中日期、办理人或表单会变",
        "Of these with another date, actor or form",
    ),
    "migrate.run.cannot": ("不能迁移", "Cannot"),
    "migrate.run.begin": ("迁移可以迁移的 {count} 件", "Migrate the {count} that can"),
    "migrate.run.stop": ("停止", "Stop"),
    "migrate.run.resume": ("接着做", "Go on"),
    "migrate.run.give_up": ("放弃", "Give up"),
    "migrate.run.report": ("下载报告", "Download the report"),
    "migrate.run.report_file": ("批量迁移报告", "migration-report"),
    "migrate.run.list": ("案件", "Cases"),
    "migrate.run.recent": ("最近的批量迁移", "Last migrations of many cases"),
    "migrate.run.when": ("时间", "When"),
    "migrate.run.state": ("进展", "State"),
    "migrate.unchanged": ("不变", "None"),
    "migrate.no_date": ("无", "none"),
    "migrate.posts": ("{body}（{roles}）", "{body} ({roles})"),
    "migrate.change": ("{title}：{before} → {after}", "{title}: {before} → {after}"),
    "migrate.counts": (
        "共 {count} 件，其中 {possible} 件可以迁移。",
        "{count} {count:case|cases}, {possible} of them can be migrated.",
    ),
    "migrate.report": (
        "已迁移 {done} 件，未迁移 {stayed} 件。",
        "{done} {done:case was|cases were} migrated, {stayed} not.",
    ),
    "migrate.left": (
        "后面还有 {count} 件，可接着往后看。",
        "{count} more {count:case comes|cases come} after these.",
    ),
    "migrate.onward": ("接着看后面的案件", "Go on to the next cases"),
    "migrate.first": ("从头看", "See from the first case"),
    "migrate.none_after": (
        "后面没有旧版本的案件",
        "No case after these runs under an earlier version",
    ),
    "migrate.reason_hint": (
        "写入每件案件的办理经过。",
        "It enters the history of each case.",
    ),
    "migrate.submit": ("迁移选中的案件", "Migrate the chosen cases"),
    "migrate.only_head": (
        "迁移由安委办主任、副主任决定；您可以查看预览。",
        "The head or deputy of the safety office decides on migrating; you may see the preview.",
    ),
    "migrate.back": ("再看预览", "See the preview again"),
    "migrate.newer": (
        "本案“{name}”按第 {before} 版办理，现行第 {version} 版",
        "“{name}” runs under version {before} here, version {version} is in force",
    ),
    "suspension.flag": ("暂停办理", "Suspended"),
    "suspension.since": ("{since} 起暂停办理（{who}）", "Suspended since {since} by {who}"),
    "suspension.reason": ("理由", "Reason"),
    "suspension.paused": ("停下的步骤", "Steps that stand still"),
    "suspension.running": (
        "照常计算、照常办理",
        "Runs on and may be done",
    ),
    "suspension.date": ("{name} {due}", "{name} {due}"),
    "suspension.none": ("无", "None"),
    "suspension.step": (
        "本案暂停办理，这一步停下，时限不走；恢复后按剩余时限继续。",
        "The case is suspended and this step stands still; its limit goes on with the case.",
    ),
    "suspension.late": ("{name}（{due} 届满，已经逾期）", "{name} (late since {due})"),
    "suspension.step_late": (
        "本案暂停办理，这一步停下；暂停以前已于 {due} 届满，仍为逾期，恢复后尽快办理。",
        (
            "The case is suspended and this step stands still; its limit had passed before, at "
            "{due}, and it stays late: it is to be done soon after the case goes on."
        ),
    ),
    "suspension.kept": (
        "您已填写的内容作为草稿保留，恢复后可以接着填写。",
        "What you typed is kept as a draft, to go on with after the case does.",
    ),
    "suspension.draft_saved": (
        "草稿已于 {time} 保存；本案暂停办理，恢复后才能提交",
        "Draft saved at {time}; the case is suspended, and it can be sent once the case goes on",
    ),
    "deadline.stood_still": (
        "{since} 至 {until} 暂停办理，剩余的工作日保留",
        "suspended from {since} to {until}; the working days that remained were kept",
    ),
    "move.title": ("移动到其他步骤", "Move to another step"),
    "move.lead": (
        "只能移到同一流程里须重新办理的步骤；之前的提出或复查不再算数，重新办理。不会越过任何签署、同意或期限。",
        (
            "Only to a step of the same process that is done anew; the proposal or recheck before "
            "it no longer counts. No signature, consent or date is passed over."
        ),
    ),
    "move.now": ("现在的步骤", "Step now"),
    "move.taken": ("已签收", "Taken by"),
    "move.taken_lead": (
        "{who}；移动后这一步撤销，签收和未提交的草稿随之作废",
        "{who}; the step is withdrawn by the move, and drafts of it go with it",
    ),
    "move.to": ("移动到", "Move to"),
    "move.place": ("{title}：{who}，{due} 止", "{title}: {who}, until {due}"),
    "move.reason_hint": ("写入案件的办理经过。", "It enters the history of the case."),
    "move.submit": ("移动", "Move"),
    "move.none": ("这一步不能移动", "This step cannot be moved"),
    "move.done": ("已移动到其他步骤", "Moved to another step"),
    "move.link": ("移动到其他步骤", "Move to another step"),
    "timeline.moved_to": ("移动到", "Moved to"),
    "timeline.process_migrated": ("流程迁移到新版本：{name}", "Process migrated: {name}"),
    "timeline.versions": (
        "第 {before} 版 → 第 {after} 版",
        "version {before} → version {after}",
    ),
    "timeline.version": ("版本", "Version"),
}
