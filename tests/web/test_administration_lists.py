"""Lists of the administration that have grown: page by page, searched, never empty past the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from engine import clock
from engine.ports import SYSTEM
from tests.web.page_checks import Page
from tests.web.visitor import Visitor
from webapp.administration.sheet import PAGE
from workflows.accounts.tables import Account, AccountSession
from workflows.administration.desk import Desk
from workflows.app import Bihuan
from workflows.domain.org_tables import BodyRow, EnterpriseRow, PersonRow

Visit = Callable[..., Visitor]
MANY = 2 * PAGE + 20
SOUGHT = MANY - 7
LATER = datetime(2100, 1, 2, tzinfo=UTC)
LISTS = ("bodies", "persons", "accounts", "enterprises", "sessions", "record")


@pytest.fixture
def grown(bihuan: Bihuan) -> Bihuan:
    """The zone with many more of everything that can be many."""
    with bihuan.database.begin() as session:
        desk = Desk(session, SYSTEM, bihuan.settings.agency, clock.now())
        session.add_all(_town(number) for number in range(MANY))
        for number in range(MANY):
            _person(session, number)
            _enterprise(session, number)
            desk.record("person.add", f"n{number:03}")
    return bihuan


def _town(number: int) -> BodyRow:
    zh, en = f"镇{number:03}号", f"Town {number:03}"
    return BodyRow(id=f"t{number:03}", kind="town", name_zh=zh, name=en)


def _person(session: Session, number: int) -> None:
    key, now = f"n{number:03}", clock.now()
    session.add(PersonRow(id=key, name_zh=f"甲{number:03}号", name=f"Number {number:03}"))
    session.add(Account(id=key, person_id=key, username=key, password_hash="-", created_at=now))
    session.flush()
    # Later than the visits of the tests, whose clock is the real one: never idle for too long.
    opened = {"opened_at": datetime(2100, 1, 1, tzinfo=UTC), "expires_at": LATER}
    session.add(AccountSession(token_digest=key, account_id=key, **opened))


def _enterprise(session: Session, number: int) -> None:
    key = f"e{number:03}"
    session.add(BodyRow(id=key, kind="enterprise", name_zh=f"厂{number:03}号", name=key))
    session.flush()
    places = {"town": "town1", "industry_department": "industry_economy"}
    session.add(EnterpriseRow(id=key, **places, industry="机械", size_class="above_scale"))


def shown(page: Page) -> int:
    """Return how many lines a list shows."""
    return sum(one.tag == "td" and "data-lead" in one.attributes for one in page.elements)


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_is_turned_page_by_page(visit: Visit, grown: Bihuan, name: str) -> None:
    visitor = visit("admin")
    address = f"/administration/{name}"
    first = visitor.page(address)
    assert shown(first) == PAGE
    pages = int(re.findall(r"第 1 页，共 (\d+) 页", first.text)[0])
    assert pages > 2
    assert f'{address}?page=2"' in first.html
    last = visitor.page(f"{address}?page={pages}")
    assert 0 < shown(last) <= PAGE
    assert f"第 {pages} 页，共 {pages} 页" in visitor.page(f"{address}?page=9999").text


@pytest.mark.parametrize("name", LISTS)
def test_one_among_many_is_searched_for(visit: Visit, grown: Bihuan, name: str) -> None:
    visitor = visit("admin")
    field = visitor.page(f"/administration/{name}").one("input", id="search-text")
    assert field.attributes["placeholder"]
    found = visitor.page(f"/administration/{name}?text={SOUGHT:03}")
    assert shown(found) == 1
    assert "共 1 条" in found.text
    nobody = visitor.page(f"/administration/{name}?text=nobody-like-this")
    assert "没有找到" in nobody.text
