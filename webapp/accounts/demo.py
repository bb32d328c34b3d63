"""The accounts that the sign-in page of a demonstration offers; none outside demonstrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.context import bihuan, reading
from webapp.i18n.catalogue import pick
from webapp.i18n.language import current_language
from workflows.accounts import passwords, sign_in
from workflows.domain import organisation


@dataclass(frozen=True)
class DemoAccount:
    """One account with the post that its person holds."""

    username: str
    name: str


@dataclass(frozen=True)
class DemoAccounts:
    """What the sign-in page says."""

    password: str
    accounts: Sequence[DemoAccount]


def demo_accounts() -> DemoAccounts | None:
    """Return the accounts of the demonstration, or None where there is none."""
    if not bihuan().settings.demo:
        return None
    language = current_language()
    with reading() as session:
        people = sign_in.people(session)
        names = organisation.names(session, people.values())
    shown = [
        DemoAccount(username, pick(language, names[person].name_zh, names[person].name))
        for username, person in people.items()
        if person in names
    ]
    return DemoAccounts(passwords.DEMONSTRATION, shown)
