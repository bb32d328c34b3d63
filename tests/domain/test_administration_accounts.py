"""Standing in, one-time passwords, accounts and their sessions, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from engine import clock
from engine.errors import Invalid, NotAllowed
from tests.copied import Copies
from tests.domain.office import PASSWORD, Office, faults, open_office
from workflows.accounts import sessions, sign_in
from workflows.accounts.tables import Account
from workflows.administration import record
from workflows.domain import organisation, substitutes
from workflows.domain.org_tables import SubstituteRow


@pytest.fixture
def office(copied: Copies) -> Iterator[Office]:
    with open_office(copied) as opened:
        yield opened


def test_a_substitute_acts_between_two_days_by_a_paper(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head")
    deputy = office.person("示例乙", f"{town}:deputy")
    data = {
        "substitute": deputy,
        "instrument": "示例镇〔2026〕3号",
        "valid_from": "2026-03-02",
        "valid_to": "2026-03-04",
    }
    with pytest.raises(Invalid) as error:
        office.do("substitute.add", office.grant(head), **data | {"instrument": ""})
    assert list(faults(error)) == ["instrument"]
    office.do("substitute.add", office.grant(head), **data)
    with pytest.raises(Invalid):
        office.do("substitute.add", office.grant(head), **data)
    with office.database.read() as session:
        actor = organisation.actor_of(session, deputy, clock.now())
        acting = substitutes.acting_for(session, actor, head, clock.now())
        assert (acting.id, acting.acting_for) == (deputy, head)
        assert acting.holds(town, "head")
        assert not acting.holds(town, "deputy")
        row = session.scalars(select(SubstituteRow.id)).one()
    office.do("substitute.end", row, last_day="2026-03-01")
    with office.database.read() as session, pytest.raises(NotAllowed):
        substitutes.acting_for(session, actor, head, clock.now())


def test_administrators_stand_in_for_nobody(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    head = office.person("示例甲", f"{town}:head")
    days = {"instrument": "某文", "valid_from": "2026-03-02", "valid_to": "2026-03-04"}
    with pytest.raises(Invalid):
        office.do("substitute.add", office.grant(head), substitute="admin", **days)


def test_a_one_time_password_is_replaced_before_anything_else(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    made = office.do(
        "person.add",
        name_zh="示例甲",
        post=f"{town}:head",
        valid_from="2026-03-02",
        username="town1",
    )
    with office.database.begin() as session:
        token = sign_in.attempt(session, "town1", made.secret).token
        assert token
        account = sessions.signed_in(session, token)
        assert account is not None
        assert account.must_change
        sign_in.change_password(session, account.account_id, made.secret, PASSWORD)
        assert sessions.signed_in(session, token) is None
        again = sign_in.attempt(session, "town1", PASSWORD).token
        assert again
        renewed = sessions.signed_in(session, again)
        assert renewed is not None
        assert not renewed.must_change
    with office.database.read() as session:
        told = [one.data for one in record.entries(session, "default")]
    assert made.secret not in str(told)


def test_an_account_is_reset_closed_and_opened_again(office: Office) -> None:
    town = office.do("body.add", kind="town", name_zh="示例镇").subject
    office.person("示例甲", f"{town}:head", username="town1")
    with office.database.read() as session:
        account = session.scalars(select(Account.id).where(Account.username == "town1")).one()
    secret = office.do("account.reset", account).secret
    with office.database.begin() as session:
        token = sign_in.attempt(session, "town1", secret).token
        assert token
    office.do("account.end_sessions", account)
    with office.database.read() as session:
        assert sessions.signed_in(session, token) is None
    office.do("account.close", account)
    with office.database.begin() as session:
        assert sign_in.attempt(session, "town1", secret).token is None
    secret = office.do("account.reopen", account).secret
    with office.database.begin() as session:
        assert sign_in.attempt(session, "town1", secret).token
    with pytest.raises(Invalid):
        office.person("示例乙", f"{town}:deputy", username="town1")
