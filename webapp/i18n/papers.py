"""Texts of printed papers and of their list."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "paper.title": ("文书", "Papers"),
    "paper.none": ("还没有印发文书。", "No paper has been issued yet."),
    "paper.number": ("文号", "No."),
    "paper.signer": ("签发人", "Issued by"),
    "paper.date": ("日期", "Date"),
    "paper.seal": ("（印章）", "(seal)"),
    "paper.copies": ("份数", "Copies"),
    "paper.copies_count": ("一式 {count} 份", "{count} {count:copy|copies}"),
    "paper.to": ("抄送", "Copies to"),
    "paper.signed": ("签署", "Signed"),
    "paper.service": ("送达回证", "Record of service"),
    "paper.server": ("送达人（签字）", "Served by (signature)"),
    "paper.recipient": ("受送达人（签收）", "Received by (signature)"),
    "paper.received_at": ("签收时间", "Received at"),
    "paper.way": ("送达方式", "Way of service"),
    "paper.agree": ("同意", "Agreed"),
    "paper.refuse": ("不同意", "Refused"),
    "paper.return": ("退回", "Returned"),
    "paper.voided": ("已作废", "Void"),
    "paper.superseded": ("已由新版代替", "Replaced by a later edition"),
    "paper.basis": (
        "依据：《{title}》{article}（规则集 {rules} 第{version}版）",
        "Basis: {title}, {article} (rule set {rules}, version {version})",
    ),
    "paper.print": (
        "用浏览器的打印功能打印（A4）。",
        "Print it with your browser, on A4.",
    ),
    "paper.hash": ("内容校验值（SHA-256）", "Hash of the content (SHA-256)"),
}
