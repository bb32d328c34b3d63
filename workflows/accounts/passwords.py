"""Passwords: hashed with argon2id, checked in constant effort, refused when too weak."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import Invalid
from engine.forms.values import is_blank
from workflows.accounts.policy import DEFAULT

SHORTEST = DEFAULT.shortest
"""Characters until an administrator decides otherwise; a passphrase is better than symbols."""

LONGEST = 200
"""Characters; a longer one would only make the hash work for an attacker."""

DEMONSTRATION = "bihuan-demo"
"""The password of every demonstration account: known to all, refused outside demonstrations."""

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("an account that does not exist")


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, with its own salt and parameters."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Return whether a password fits a stored hash; None costs as much and never fits."""
    if len(password) > LONGEST:
        return False
    try:
        _hasher.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check_strength(password: str, username: str, shortest: int = SHORTEST) -> None:
    """Raise Invalid at `password` if it is too short, too long or the user name itself."""
    if not shortest <= len(password) <= LONGEST:
        raise Invalid.at(
            "password",
            f"Expected a password of {shortest} to {LONGEST} characters, "
            f"but it has {len(password)}",
            f"密码应为 {shortest} 至 {LONGEST} 个字符，现为 {len(password)} 个",
        )
    if is_blank(password):
        raise Invalid.at(
            "password",
            "Expected a password with letters that can be seen, but it has none",
            "密码不能只有空格或看不见的字符",
        )
    if password == DEMONSTRATION:
        raise Invalid.at(
            "password",
            "Expected a password of your own, but it is the demonstration's",
            "不得使用演示密码",
        )
    if password.casefold() == username.casefold():
        raise Invalid.at(
            "password",
            "Expected a password that differs from the user name, but it is the same",
            "密码不得与用户名相同",
        )
