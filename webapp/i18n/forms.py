"""Texts around the forms that designers make."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "form.optional": ("（选填）", "(optional)"),
    "form.colon": ("：", ": "),
    "form.choose": ("请选择", "Choose"),
    "form.photos_hint": (
        "可一次选多张；JPEG、PNG、WebP 照片或 PDF，原件按原样保存。",
        "Several at once; JPEG, PNG or WebP photos, or PDF. Originals are kept unaltered.",
    ),
    "form.keep_file": ("保留第 {number} 件", "Keep file {number}"),
    "form.row": ("第 {number} 项", "Item {number}"),
    "form.add_row": ("增加一项", "Add an item"),
    "form.remove_row": ("删除", "Remove"),
    "form.faults": ("有 {count} 处需要更正", "{count} to correct"),
    "form.comment": ("补充说明", "Comment"),
    "form.more_below": ("下面还有要填的", "More to fill in below"),
    "form.submit": ("提交", "Submit"),
    "form.draft_saved": ("草稿已于 {time} 自动保存", "Draft saved at {time}"),
    "form.draft_restored": ("已恢复您上次的草稿", "Your draft was restored"),
    "form.draft_closed": (
        "任务已办结或已终止，不再保存草稿",
        "The task is done or gone; no draft is kept",
    ),
    "form.draft_none": ("填写内容会自动保存为草稿", "What you type is saved as a draft"),
    "form.comma": ("、", ", "),
    "form.not_saved": ("没有保存，请再试一次。", "Not saved, please try again."),
    "form.not_saved_text": (
        "您填写的内容都在下面，直接再提交即可；重复提交不会重复登记或办理。",
        "All you typed is below: just submit again. Sending it twice does it only once.",
    ),
    "form.send_again": ("再次提交", "Send again"),
    "form.send_again_text": (
        "您填写的内容保留在本页，稍候片刻再提交即可；重复提交不会重复登记或办理。",
        (
            "What you typed is kept on this page: wait a moment and send it again. "
            "Sending it twice does it only once."
        ),
    ),
    "form.choose_files_again": (
        "这些文件没有保存，请重新选择：{names}",
        "These files were not kept, please choose them again: {names}",
    ),
    "form.kept_file": ("第 {number} 件", "File {number}"),
    "form.kept_files": (
        "您上传的 {count} 个文件没有附到案件；需要时请在下一步重新选择。",
        (
            "{count} uploaded {count:file was|files were} not attached to the case; "
            "choose again where needed."
        ),
    ),
}
