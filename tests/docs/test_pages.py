"""The pages say what is there: commands, settings, accounts, files, in both languages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image

from tests.docs.reading import (
    DOCS,
    HAN,
    ROOT,
    blocks,
    first_cells,
    headings,
    links,
    prose,
    quoted,
    section,
)
from workflows import settings
from workflows.cli.root import main
from workflows.demo import zone

TABLES = {
    "README.md": ("命令行", "设置", "演示账号", "目录"),
    "docs/README.en.md": ("Command line", "Settings", "Demonstration accounts", "Where things are"),
}
PAIRS = (
    ("README.md", "docs/README.en.md"),
    ("docs/guide.zh.md", "docs/guide.en.md"),
    ("docs/operator.zh.md", "docs/operator.en.md"),
    ("docs/settings.zh.md", "docs/settings.en.md"),
    ("docs/statutes.zh.md", "docs/statutes.en.md"),
)
ENGLISH = (
    "docs/README.en.md",
    "docs/guide.en.md",
    "docs/operator.en.md",
    "docs/settings.en.md",
    "docs/statutes.en.md",
)
BILINGUAL = ("docs/feel.md", "docs/designer.md", "CHANGELOG.md")
PAGES = sorted(
    {"README.md", "CHANGELOG.md", *(str(p.relative_to(ROOT)) for p in DOCS.rglob("*.md"))}
)
LARGEST = 200_000


def leaves(group: click.Group, before: str = "bihuan") -> Iterator[str]:
    """Yield every command as it is typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before} {name}")
        elif not command.hidden:
            yield f"{before} {name}"


@pytest.mark.parametrize("document", TABLES)
def test_the_command_table_is_the_registry(document: str) -> None:
    listed = [
        name
        for cell in first_cells(section(document, TABLES[document][0]))
        for name in quoted(cell)
    ]
    assert sorted(listed) == sorted(leaves(main))


@pytest.mark.parametrize("document", TABLES)
def test_the_settings_table_is_the_code(document: str) -> None:
    listed = [
        name
        for cell in first_cells(section(document, TABLES[document][1]))
        for name in quoted(cell)
    ]
    assert settings.__doc__ is not None
    known = [name for cell in first_cells(settings.__doc__) for name in cell.split(", ")]
    assert sorted(listed) == sorted(known)


@pytest.mark.parametrize("document", TABLES)
def test_every_account_exists(document: str) -> None:
    cells = first_cells(section(document, TABLES[document][2]))
    assert {name for cell in cells for name in quoted(cell)} <= set(zone.usernames())


@pytest.mark.parametrize("document", TABLES)
def test_every_folder_exists(document: str) -> None:
    cells = first_cells(section(document, TABLES[document][3]))
    folders = [name for cell in cells for name in quoted(cell)]
    assert all((ROOT / folder).is_dir() for folder in folders if folder != "var/")


@pytest.mark.parametrize("document", PAGES)
def test_commands_in_examples_exist(document: str) -> None:
    known = sorted(leaves(main))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in "".join(blocks(document, "sh")).splitlines():
        if found := re.match(r"\S*bin/(bihuan .*)", line):
            assert any(f"{found[1]} ".startswith(f"{command} ") for command in known), line
        if found := re.match(r"make (\S+)", line):
            assert found[1] in targets, line


@pytest.mark.parametrize("document", PAGES)
def test_links_and_pictures_lead_somewhere(document: str) -> None:
    for target in links(document):
        assert ((ROOT / document).parent / target.partition("#")[0]).exists(), target


def test_every_picture_is_small_and_shown_somewhere() -> None:
    shown = {((ROOT / page).parent / target).resolve() for page in PAGES for target in links(page)}
    pictures = sorted((DOCS / "images").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < LARGEST, picture.name
        with Image.open(picture) as opened:
            assert opened.format == "WEBP"
    unseen = {picture.name for picture in pictures} - {path.name for path in shown}
    assert not unseen


@pytest.mark.parametrize(("chinese", "english"), PAIRS)
def test_both_languages_are_built_alike(chinese: str, english: str) -> None:
    assert _levels(chinese) == _levels(english)
    assert _shape(chinese) == _shape(english)
    pictures = [name.replace(".zh.", ".en.") for name in _pictures(chinese)]
    assert pictures == _pictures(english)
    assert len(blocks(chinese, "sh")) == len(blocks(english, "sh"))


@pytest.mark.parametrize("document", ENGLISH)
def test_english_pages_are_english(document: str) -> None:
    for level, words in headings(document):
        assert level == 1 or not HAN.search(words), words
    for line in prose(document).splitlines():
        assert len(HAN.findall(line)) <= len(re.findall(r"[A-Za-z]", line)), line


@pytest.mark.parametrize("document", BILINGUAL)
def test_bilingual_pages_leave_nobody_out(document: str) -> None:
    kept = {"[Unreleased]", "[0.1.0]", "Added", "Not yet"}
    for _, words in headings(document):
        assert words in kept or re.search(r"[A-Za-z]{2}", words), words
    for paragraph in re.split(r"\n\n+", prose(document)):
        assert not HAN.search(paragraph) or re.search(r"[A-Za-z]{3}", paragraph), paragraph


@pytest.mark.parametrize("record", sorted((DOCS / "decisions").glob("*.md")), ids=lambda p: p.stem)
def test_every_decision_says_how_it_is_checked(record: Path) -> None:
    name = str(record.relative_to(ROOT))
    titles = [words for level, words in headings(name) if level == 2]
    assert titles == ["Context", "Decision", "Consequence", "How it is checked"]
    for mentioned in re.findall(r"`((?:tests|engine|workflows)/[\w/.]+)`", prose(name)):
        assert (ROOT / mentioned).exists(), mentioned


def _levels(page: str) -> list[int]:
    return [level for level, _ in headings(page)]


def _shape(page: str) -> list[str]:
    """Return what kinds of lines follow each other, without their words."""
    kinds = {"|": "row", "-": "item", "!": "picture", "#": "heading"}
    lines = [line for line in prose(page).splitlines() if line]
    found = [kinds.get(line[0], "step" if line[0].isdigit() else "text") for line in lines]
    return [kind for kind in found if kind != "text"]


def _pictures(page: str) -> list[str]:
    return [Path(target).name for target in links(page) if target.endswith(".webp")]
