"""Every shape of a diagram bears a name in the reader's language, true of the case it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import workflows
from engine.execution.renaming import renamed
from tests.api import test_towns as towns
from tests.api.harness import Zone
from tests.api.test_extension_scenarios import requested
from tests.web.page_checks import Page
from tests.web.test_extension_page import case_page
from tests.web.visitor import Visitor
from webapp.studio.drawn import drawn

PROCESSES = Path(workflows.__file__).parent / "processes"
SHIPPED = sorted(PROCESSES.glob("*/*.bpmn"))
LOOP = "hazard_rectification"
HAN = re.compile(r"[\u4e00-\u9fff]")


def names(data: bytes) -> list[str]:
    """Return the names that a viewer writes on the shapes of a diagram."""
    found: list[str] = []

    def kept(written: str, _: str) -> str:
        found.append(written)
        return written

    renamed(data, kept)
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shape_has_a_name_in_each_language(path: Path) -> None:
    source = path.read_bytes()
    chinese, english = names(drawn(source, "zh")), names(drawn(source, "en"))
    assert chinese == names(source)
    assert len(chinese) == len(english) > 10
    assert [name for name in english if HAN.search(name) or not name.strip()] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_town_is_named_where_it_acts_for_the_park_command(path: Path, language: str) -> None:
    said = " ".join(names(drawn(path.read_bytes(), language, town=True)))
    assert not re.search("园区|指挥|park", said, re.IGNORECASE)


def test_a_shape_without_words_elsewhere_keeps_its_own() -> None:
    source = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        b'<collaboration><participant id="a" name="\xe7\x94\xb2" processRef="p"/></collaboration>'
        b'<message id="m" name="deadline.expired"/><process id="p" name="p"><documentation>A pool'
        b'\nand more</documentation><task id="t" name="Own words"/><textAnnotation>'
        b"<text>A note</text></textAnnotation></process></definitions>"
    )
    assert names(drawn(source, "en")) == ["A pool", "Own words", "A note"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_draw_in_their_language_and_hand_out_the_source(zone: Zone, language: str) -> None:
    case = requested(zone)
    office, source = Visitor(zone.app, language), (PROCESSES / f"{LOOP}/{LOOP}.bpmn").read_bytes()
    office.sign_in("office")
    office.post("/language", {"language": language}, token_of="/notifications")
    for path in (f"/cases/{case}", f"/definitions/{LOOP}/1"):
        for address in drawn_at(office.page(path)):
            said = names(office.get(address).data)
            assert said
            assert any(HAN.search(name) for name in said) == (language == "zh")
    assert office.get(f"/definitions/{LOOP}/1/diagram.bpmn").data == source
    studio = office.page(f"/definitions/{LOOP}/1").html
    assert f'href="/definitions/{LOOP}/1/diagram.bpmn" download' in studio
    assert office.get(f"/definitions/{LOOP}/1/fr.bpmn").status_code == 404


@pytest.mark.parametrize(("language", "town"), [("zh", "镇街签署"), ("en", "Town signs")])
def test_the_diagram_of_a_case_of_a_town_names_the_town(
    zone: Zone, language: str, town: str
) -> None:
    shown = case_page(zone, "town1", towns.requested(zone), language)
    visitor = Visitor(zone.app, language)
    visitor.sign_in("town1")
    said = [name for one in drawn_at(shown) for name in names(visitor.get(one).data)]
    assert town in said
    assert not [name for name in said if re.search("园区|指挥|park", name, re.IGNORECASE)]


def drawn_at(shown: Page) -> list[str]:
    """Return the addresses of the diagrams that a page draws."""
    found = [one.attributes.get("data-diagram-url", "") for one in shown.all("div")]
    assert any(found)
    return [one for one in found if one]
