"""The page of one person, as posts come and go."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.test_administration import do, one
from tests.web.visitor import Visitor
from workflows.app import Bihuan
from workflows.domain.org_tables import GrantRow

Visit = Callable[..., Visitor]


def test_a_post_taken_back_before_its_first_day_was_never_held(
    visit: Visit, bihuan: Bihuan
) -> None:
    admin = visit("admin")
    do(admin, "post.give", "inspector2", post="bureau:deputy", valid_from="2026-04-01")
    post = one(bihuan, GrantRow.id, person_id="inspector2", role="deputy")
    do(admin, "post.end", post, last_day="2026-03-02", reason="撤回")
    page = admin.page("/administration/persons/inspector2")
    assert "未生效" in page.text
    assert "3月31日" not in page.text
    links = [element.attributes.get("href", "") for element in page.all("a")]
    assert not [link for link in links if post in link]
