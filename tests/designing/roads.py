"""Roads of drafts in short: changed, proposed, approved; and what is known of one."""

from __future__ import annotations

from engine.ports import Actor
from engine.store import definitions
from tests.designing.editor import DIAGRAM, PROCESS
from tests.web.visitor import actor
from workflows.administration import record
from workflows.app import Bihuan
from workflows.designing import beginning, drafts, news, reviewing, saving
from workflows.designing.drafts import Draft

AGENCY = "default"
FORM = "forms/decide_void.json"


def who(bihuan: Bihuan, person: str = "designer") -> Actor:
    return actor(bihuan, person)


def read(bihuan: Bihuan, draft: Draft) -> Draft:
    with bihuan.database.read() as session:
        return drafts.one(session, AGENCY, draft.id)


def files(bihuan: Bihuan, draft: Draft) -> dict[str, bytes]:
    with bihuan.database.read() as session:
        return drafts.files(session, draft.id)


def changed(bihuan: Bihuan, old: str = "决定是否误报更正", new: str = "是否误报更正") -> Draft:
    """Return a draft of the process with one name changed in its diagram."""
    draft = beginning.begin(bihuan.database, who(bihuan), AGENCY, PROCESS, latest(bihuan))
    put(bihuan, draft, DIAGRAM, files(bihuan, draft)[DIAGRAM].decode().replace(old, new))
    return read(bihuan, draft)


def put(bihuan: Bihuan, draft: Draft, path: str, content: str, person: str = "designer") -> None:
    change = (path, content, read(bihuan, draft).revision)
    saving.save(bihuan.database, who(bihuan, person), AGENCY, draft.id, change)


def proposed(bihuan: Bihuan, draft: Draft) -> Draft:
    return reviewing.propose(bihuan, who(bihuan), draft.id, read(bihuan, draft).revision)


def approved(bihuan: Bihuan, draft: Draft) -> Draft:
    digest = proposed(bihuan, draft).digest or ""
    return reviewing.approve(bihuan, who(bihuan, "designer2"), draft.id, digest)


def latest(bihuan: Bihuan) -> int:
    with bihuan.database.read() as session:
        found = definitions.latest(session, PROCESS)
    return found.version if found else 0


def steps(bihuan: Bihuan, draft: Draft) -> list[str]:
    with bihuan.database.read() as session:
        assert record.verify(session, AGENCY).sound
        return [one.act for one in record.about(session, AGENCY, draft.id)]


def told(bihuan: Bihuan, person: str) -> list[str]:
    with bihuan.database.read() as session:
        return [one.text for one in news.latest(session, person)]
