"""Beginning a draft: from a version of a process, or of a process that does not exist yet."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, Invalid, NotFound
from engine.ports import Actor
from engine.store import definitions
from engine.store.database import Database
from engine.store.ids import new_id
from engine.store.plain import plain
from workflows.administration.desk import Desk
from workflows.deploying import PROCESSES
from workflows.designing import drafts, paths
from workflows.designing.drafts import Draft
from workflows.designing.permission import changing_desk, keep_hands
from workflows.designing.tables import DraftFileRow, DraftRow
from workflows.designing.template import empty_process

MOST_OPEN = 100
"""Drafts of an agency that are not over."""

BEGIN = "draft.begin"

_LONGEST = 200


def begin(database: Database, actor: Actor, agency: str, process: str, version: int) -> Draft:
    """Make a draft from a version of a process.

    Raises:
        NotFound: there is no such version.
    """

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, agency)
        held = definitions.files(session, process, version, agency=agency)
        if not held:
            raise NotFound("Expected a version of a process, but there is none", "没有该流程版本")
        last = definitions.latest(session, process, agency=agency)
        titles = (last.name_zh, last.name) if last is not None else (process, process)
        return begun(desk, (process, version, titles), held | _scenarios(session, agency, process))

    return database.run(work)


def begin_new(
    database: Database, actor: Actor, agency: str, process: str, names: tuple[str, str]
) -> Draft:
    """Make a draft of a new process: a start, an end and the lane between them.

    Raises:
        Invalid: the id or a name will not do.
        Conflict: there is a process of the id.
    """
    title = _title(names[0])

    def work(session: Session) -> Draft:
        desk = changing_desk(session, actor, agency)
        _check_free(session, agency, process)
        titles = (title, " ".join(names[1].split())[:_LONGEST] or title)
        content = empty_process(process, *titles)
        return begun(desk, (process, 0, titles), {paths.diagram_of(process): content})

    return database.run(work)


def check_process(process: str) -> None:
    """Raise Invalid unless a process may have this id."""
    if not paths.PROCESS.fullmatch(process):
        raise Invalid.at(
            "process",
            "Expected small letters, digits and _, a letter first, at most 63 signs, "
            f"but it is {process[:80]!r}",
            "流程编号应以小写字母开头，只含小写字母、数字和下划线，最多 63 个字符",
        )


def check_room(desk: Desk) -> None:
    """Raise Conflict where as many drafts are under way as there may be."""
    query = select(func.count()).where(
        DraftRow.agency == desk.agency, DraftRow.state.not_in(drafts.OVER)
    )
    if (desk.session.scalar(query) or 0) >= MOST_OPEN:
        raise Conflict(
            f"Expected fewer than {MOST_OPEN} drafts under way; discard some that nobody needs",
            f"未完成的草稿已有 {MOST_OPEN} 份，请先放弃不需要的草稿",
        )


def begun(
    desk: Desk,
    what: tuple[str, int, tuple[str, str]],
    held: dict[str, bytes],
    act: str = BEGIN,
) -> Draft:
    """Make a draft of files: of which process, from which version, called what in both languages.

    Files of a version are in force already; whoever brings others, or names a new process, had a
    hand in the draft.
    """
    process, base, (title, title_en) = what
    check_room(desk)
    for path, content in held.items():
        _check_text(path, content)
    paths.check_whole({path: len(content) for path, content in held.items()})
    row = DraftRow(
        id=new_id(),
        agency=desk.agency,
        process=process,
        base=base,
        title=title[:_LONGEST],
        title_en=title_en[:_LONGEST],
        state=drafts.OPEN,
        revision=1,
        created_by=desk.actor.id,
        created_at=desk.now,
        changed_by=desk.actor.id,
        changed_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    desk.session.add_all(
        DraftFileRow(draft_id=row.id, path=path, content=content) for path, content in held.items()
    )
    if act != BEGIN or not base:
        keep_hands(desk, row.id)
    desk.record(act, row.id, {"process": process, "base": base})
    return plain(Draft, row)


def _check_text(path: str, content: bytes) -> None:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        raise Invalid.at(
            "path",
            f"Expected UTF-8 in {path}, but it is something else; export it again in UTF-8",
            f"文件 {path} 不是 UTF-8 编码，请另存为 UTF-8 后再用",
        ) from error


def _check_free(session: Session, agency: str, process: str) -> None:
    check_process(process)
    drawn = [one for one in drafts.listed(session, agency, process=process) if one.base == 0]
    if definitions.latest(session, process, agency=agency) is not None or any(
        one.state not in drafts.OVER for one in drawn
    ):
        raise Conflict(
            f"Expected a process id that is free, but there is a {process}",
            f"已有流程 {process}，请换一个编号，或修改已有的流程",
        )


def _title(name: str) -> str:
    title = " ".join(name.split())
    if not title:
        raise Invalid.at("name_zh", "Expected a Chinese name, but it is empty", "请填写中文名称")
    if len(title) > _LONGEST or not title.isprintable():
        raise Invalid.at(
            "name_zh",
            f"Expected a name of at most {_LONGEST} signs that can be seen, but it is none",
            f"名称最多 {_LONGEST} 个字，且不得含不可见字符",
        )
    return title


def _scenarios(session: Session, agency: str, process: str) -> dict[str, bytes]:
    """Return the scenarios to begin with: of the last draft that went live, else the shipped."""
    query = select(DraftRow.id).where(
        DraftRow.agency == agency, DraftRow.process == process, DraftRow.state == drafts.LIVE
    )
    last = session.scalar(query.order_by(DraftRow.version.desc()).limit(1))
    if last is not None:
        held = drafts.files(session, last)
        return {path: held[path] for path in held if not paths.is_deployed(path)}
    return shipped_scenarios(process)


def shipped_scenarios(process: str) -> dict[str, bytes]:
    """Return the scenarios of a process of the source tree; none of another."""
    if not paths.PROCESS.fullmatch(process):
        return {}
    folder = PROCESSES / process / "scenarios"
    return {f"{paths.SCENARIOS}{one.name}": one.read_bytes() for one in folder.glob("*.yaml")}
