"""Texts of the page of one's own tokens."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "tokens.title": ("接口令牌", "API tokens"),
    "tokens.lead": (
        "程序凭令牌以您的身份办理，权限与您相同。不用的、可能泄露的，请立即作废。",
        "A program with a token acts in your name. Revoke what is unused or may have leaked.",
    ),
    "tokens.docs": ("接口说明", "About the interface"),
    "tokens.name": ("用途", "Purpose"),
    "tokens.name_hint": ("以后靠它认出这个令牌。", "By this you will know the token again."),
    "tokens.unnamed": ("未写用途", "No purpose given"),
    "tokens.scope": ("权限", "Scope"),
    "tokens.read": ("只读", "Reading only"),
    "tokens.write": ("读取和办理", "Reading and acting"),
    "tokens.created": ("开立时间", "Given"),
    "tokens.expires": ("失效时间", "Expires"),
    "tokens.days": ("有效天数", "Days it lasts"),
    "tokens.days_hint": ("1 至 {most} 天。", "From 1 to {most} days."),
    "tokens.password_hint": (
        "确认是您本人。",
        "So that nobody else at your desk gets a token.",
    ),
    "tokens.another": ("开立令牌", "Another token"),
    "tokens.give": ("开立", "Give the token"),
    "tokens.revoke": ("作废", "Revoke"),
    "tokens.revoked": ("令牌已作废。", "The token is revoked."),
    "tokens.given": ("令牌已开立", "Your token"),
    "tokens.given_text": (
        "有效期至 {expires}。放入程序的密钥配置，不要写进代码或发给他人。",
        "It lasts until {expires}. Keep it with the program's secrets, not in its code.",
    ),
    "tokens.given_once": ("离开本页后不再显示。", "It is not shown again."),
}
