"""Texts of the editor of diagrams; what is drawn by scripts has its words there."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "modeler.back": ("返回草稿", "Back to the draft"),
    "modeler.read_only": ("只读", "Read only"),
    "modeler.tools": ("工具", "Tools"),
    "modeler.undo": ("撤销（Ctrl+Z）", "Undo (Ctrl+Z)"),
    "modeler.redo": ("重做（Ctrl+Y）", "Redo (Ctrl+Y)"),
    "modeler.smaller": ("缩小", "Smaller"),
    "modeler.larger": ("放大", "Larger"),
    "modeler.whole": ("全图", "Fit"),
    "modeler.simulate": ("令牌模拟", "Token simulation"),
    "modeler.side": ("侧栏", "Side panel"),
    "modeler.player": ("播放经过", "Playing the way"),
    "modeler.findings": ("检查", "Check"),
    "modeler.checking": ("检查中", "checking"),
    "modeler.properties": ("属性", "Properties"),
}
