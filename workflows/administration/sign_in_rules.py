"""What holds for signing in, and the browsers signed in: decided and ended by administrators."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from engine.errors import Conflict
from workflows.accounts import policy, sessions
from workflows.accounts.policy import BOUNDS, SignInPolicy
from workflows.administration import posts
from workflows.administration.command import Command, Data, Done
from workflows.administration.desk import Desk
from workflows.administration.questions import form, number

SUBJECT = "sign-in"

WORDS = {
    "shortest": ("密码最短字符数", "Characters of a password, at least"),
    "failures": ("连续输错几次后锁定", "Wrong passwords in a row that lock an account"),
    "locked_minutes": ("锁定分钟数", "Minutes that it stays locked"),
    "idle_minutes": ("闲置几分钟后退出", "Minutes without a request that end a session"),
    "session_hours": ("每次登录最长小时数", "Hours that a session lasts at most"),
    "token_days": ("接口令牌最长天数", "Days that a token of the interface lasts at most"),
}
"""Each number of the policy in words."""


def _edit(desk: Desk, _subject: str, data: Data) -> Done:
    before = policy.current(desk.session)
    after = SignInPolicy(**{name: int(data[name]) for name in BOUNDS})
    if after == before:
        raise Conflict("Expected another rule, but nothing is changed", "没有任何改动")
    policy.decide(desk.session, after)
    told = {"before": asdict(before), "after": asdict(after), "reason": data.get("reason")}
    desk.record("sign_in.edit", SUBJECT, told)
    return Done(SUBJECT)


def _values(session: Session, _subject: str) -> Data:
    return asdict(policy.current(session))


def _end(desk: Desk, subject: str, data: Data) -> Done:
    found = sessions.one_open(desk.session, subject)
    sessions.end_one(desk.session, found.id)
    told = {
        "username": found.username,
        "opened_at": found.opened_at.isoformat(),
        "address": found.address,
        "reason": data.get("reason"),
    }
    desk.record("session.end", found.person, told)
    return Done(found.person)


COMMANDS = (
    Command(
        "sign_in.edit",
        "policy",
        ("修改登录规则", "Change the rules of signing in"),
        form(
            "sign_in_edit",
            *(
                number(name, WORDS[name], least=BOUNDS[name].least, most=BOUNDS[name].most)
                for name in BOUNDS
            ),
            posts.REASON,
        ),
        _edit,
        values=_values,
        lead=(
            "保存后立即生效，已登录的会话也适用；已有密码在下次修改时适用。",
            "It holds at once, also for sessions that are open; passwords at their next change.",
        ),
        edits=True,
    ),
    Command(
        "session.end",
        "sessions",
        ("结束这一会话", "End this session"),
        form("session_end", posts.REASON),
        _end,
        lead=(
            "该浏览器立即退出，其他浏览器不受影响。",
            "That browser is signed out at once; others stay signed in.",
        ),
    ),
)
