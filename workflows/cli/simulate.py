"""`bihuan simulate`: cases on a virtual clock, one version or two on the same load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.errors import Invalid
from workflows.cli.output import emit, language, speaking, watched

if TYPE_CHECKING:  # the gate and its libraries take longer to load than the help to print
    from engine.deployment.bundle import Bundle
    from workflows.simulation.studies import Study, Target, Version
    from workflows.simulation.world import Setting


@click.command("simulate")
@click.argument("process")
@click.option("--cases", type=int, default=1000, show_default=True, help="案件数 · how many cases")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子 · of the chance")
@click.option(
    "--version",
    "version",
    default="current",
    show_default=True,
    help="current、.bpmn 文件、示例、版本号或草稿 draft:ID · a file, example, number, draft",
)
@click.option("--against", default=None, help="在同一负荷上对比的版本 · compared on the same load")
@click.option(
    "--replications", type=int, default=None, help="重复次数，对比时默认 5 · how often it is played"
)
@click.option("--load", default="zone", show_default=True, help="zone 或 city · the load")
@click.option("--per-year", type=click.IntRange(1), default=None, help="每年案件数 · cases a year")
@click.option(
    "--staff", multiple=True, metavar="POST=N", help="岗位人数，如 bureau.head=1 · people of a post"
)
@click.option(
    "--behaviour", type=click.Path(path_type=Path), default=None, help="行为数据文件 · YAML"
)
@click.option(
    "--history",
    is_flag=True,
    help="用时和答复用本区历史 · times and answers of the zone's own history",
)
@click.option(
    "--target", default=None, metavar="POST=HOURS", help="求所需人数 · how many people it takes"
)
@speaking
def simulate_command(*, as_json: bool, **asked: Any) -> None:  # noqa: ANN401 as click gives them
    """在虚拟时钟上仿真流程 · Simulate a process with the partners that its cases start."""
    from workflows.simulation.studies import conduct

    study = _study(asked)
    with watched("仿真 · simulating") as progress:
        report = conduct(study, progress)
    emit(report, as_json=as_json, text="\n".join(_lines(report)))


def _study(asked: Mapping[str, Any]) -> Study:
    from workflows.simulation.studies import Study

    process, against = str(asked["process"]), asked["against"]
    found = _versions(process, [str(one) for one in (asked["version"], against) if one])
    setting = _setting(asked)
    counts: Mapping[str, int] = {}
    if asked["history"]:
        setting, counts = _calibrated(setting)
    return Study(
        process=process,
        version=found[0],
        against=found[1] if against else None,
        cases=asked["cases"],
        seed=asked["seed"],
        replications=asked["replications"] or (5 if against else 1),
        setting=setting,
        target=_target(asked["target"]),
        calibrated=counts,
    )


def _setting(asked: Mapping[str, Any]) -> Setting:
    from workflows.simulation.behaviour import parse, shipped
    from workflows.simulation.versions import read_file
    from workflows.simulation.world import Setting

    path = asked["behaviour"]
    behaviour = parse(read_file(path).decode("utf-8", "replace")) if path else shipped()
    staff = {post: int(number) for post, number in _pairs(asked["staff"], "staff")}
    return Setting(asked["load"], asked["per_year"], staff, behaviour)


def _calibrated(setting: Setting) -> tuple[Setting, Mapping[str, int]]:
    from workflows.cli.opening import founded
    from workflows.simulating.history import calibrated

    bihuan = founded()
    with bihuan.database.read() as session:
        own = calibrated(session, bihuan.settings.agency, setting.behaviour)
    return replace(setting, behaviour=own.behaviour), own.counts


def _target(text: str | None) -> Target | None:
    from workflows.simulation.studies import Target

    return (
        next((Target(post, hours) for post, hours in _pairs((text,), "target")), None)
        if text
        else None
    )


def _pairs(texts: Sequence[str | None], name: str) -> Iterator[tuple[str, float]]:
    for text in texts:
        post, _, number = (text or "").partition("=")
        try:
            yield post, float(number)
        except ValueError:
            raise Invalid.at(
                name,
                f"Expected POST=NUMBER, but it is {text!r}",
                f"应写作“岗位=数字”，实际为 {text}",
            ) from None


def _versions(process: str, names: Sequence[str]) -> list[Version]:
    """Return the versions, all in the same surroundings.

    Where one of them lies in the database these are the processes in force, as on the page; else
    those of the source tree, for which no database is needed.
    """
    from workflows.deploying import bundles
    from workflows.simulating import asking

    wanted = [asking.spelled(process, name) for name in names]
    if not any(map(asking.is_kept, wanted)):
        around = bundles()
        return [_of_file(process, name, around) for name in wanted]
    return _of_database(process, wanted)


def _of_database(process: str, wanted: Sequence[str]) -> list[Version]:
    from engine.deployment.deploy import bundles_in_force
    from workflows.cli.opening import founded
    from workflows.simulating import asking

    bihuan = founded()
    agency = bihuan.settings.agency
    with bihuan.database.read() as session:
        around = list(bundles_in_force(session, agency).values())
        return [
            asking.version_of(session, agency, process, name, around)
            if asking.is_kept(name)
            else _of_file(process, name, around)
            for name in wanted
        ]


def _of_file(process: str, name: str, around: list[Bundle]) -> Version:
    from workflows.deploying import bundles
    from workflows.simulating.asking import EXAMPLE
    from workflows.simulation import versions
    from workflows.simulation.studies import Version

    kind, _, key = name.partition(":")
    if name == versions.CURRENT:
        [own] = bundles([process])
        return Version(name, versions.with_files(around, process, own.files))
    data = versions.example(key).data if kind == EXAMPLE else versions.read_file(Path(name))
    return Version(key or name, versions.with_diagram(around, process, data))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    english = language().startswith("en")
    for version in report["versions"]:
        yield f"{report['process']} {version['label']}: {version['cases']} × {report['load']}"
        yield from (_group_line(group, english=english) for group in version["groups"])
        yield from _slowest(version["steps"], english=english)
    yield from _differences(report.get("comparison", ()))
    target = report.get("target")
    if target is not None:
        met = "" if target["met"] else " ✗"
        yield f"{target['post']}: {target['staff']} ≤ {target['hours']:g} h{met}"


def _group_line(group: Mapping[str, Any], *, english: bool) -> str:
    name, count = group["group"], group["cases"]
    overdue = group["shares"].get("overdue", 0) * 100
    told = f"{group['median_days']} / {group['p90_days']}"
    if english:
        return f"  {name}: {count} cases, median / p90 {told} days, {overdue:.1f} % overdue"
    return f"  {name}：{count} 件，一半、九成不超过 {told} 天，逾期 {overdue:.1f}%"


def _slowest(steps: Sequence[Mapping[str, Any]], *, english: bool) -> Iterator[str]:
    yield "  longest steps (p90 hours):" if english else "  最慢的步骤（九成以内，小时）："
    done = [one for one in steps if one["lasted_p90_hours"] is not None]
    for one in sorted(done, key=lambda one: -one["lasted_p90_hours"])[:8]:
        yield f"    {one['process']}/{one['element']} {one['name']}: {one['lasted_p90_hours']}"


def _differences(compared: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in compared:
        if one["low"] is not None and not one["name"].startswith("step/"):
            mark = "*" if one["certain"] else " "
            yield (
                f"{mark} {one['name']}: {one['first']:g} → {one['second']:g} "
                f"({one['difference']:+g}, 95 % {one['low']:+g} … {one['high']:+g})"
            )
