"""The tests sign in with quick hashes; the product's own are slow on purpose."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, Type

from workflows.accounts import passwords


def test_the_product_hashes_as_dearly_as_rfc_9106_asks(
    quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", quick_passwords)
    stored = passwords.hashed("correct horse battery")
    assert quick_passwords.type is Type.ID
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.matches(stored, "correct horse battery")
    assert not passwords.matches(stored, "correct horse")
    assert not passwords.is_outdated(stored)


def test_a_hash_with_weaker_parameters_is_outdated(
    quick_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = passwords.hashed("correct horse battery")
    monkeypatch.setattr(passwords, "_hasher", quick_passwords)
    assert passwords.matches(weak, "correct horse battery")
    assert passwords.is_outdated(weak)
