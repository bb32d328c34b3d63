"""Pages and interface show the definitions of the agency that they serve, or of the case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from engine import clock
from engine.store.definitions import NewDefinition, insert_definition
from engine.store.tables import Case
from tests.api.harness import Zone, ok, refused
from tests.web.visitor import Visitor, actor, register
from webapp.cases.sources import case_sources
from webapp.factory import create_app
from workflows.app import Bihuan
from workflows.deploying import bundles

PROCESS = "hazard_rectification"


@pytest.fixture
def northern(bihuan: Bihuan) -> Bihuan:
    """The product as the agency `north` runs it, which drew one process otherwise."""
    (bundle,) = bundles([PROCESS])
    new = NewDefinition(
        agency="north",
        process=PROCESS,
        digest="0" * 64,
        name_zh="北区整改",
        name="Northern",
        deployed_at=clock.now(),
        deployed_by="designer",
        files={**bundle.files, f"{PROCESS}.bpmn": b"<northern/>"},
    )
    with bihuan.database.begin() as session:
        insert_definition(session, new)
    return replace(bihuan, settings=replace(bihuan.settings, agency="north"))


def test_the_pages_of_definitions_are_of_the_agency_served(northern: Bihuan) -> None:
    browser = Visitor(create_app(northern, testing=True, secret="for tests only"))
    browser.sign_in("designer")
    listed = browser.page("/definitions").text
    assert "北区整改" in listed
    assert "listed_supervision" not in listed, "no process of the other agency"
    assert "北区整改" in browser.page(f"/definitions/{PROCESS}/1").text
    assert browser.get(f"/definitions/{PROCESS}/1/diagram.bpmn").data == b"<northern/>"
    assert browser.get("/definitions/listed_supervision/1").status_code == 404


def test_the_interface_gives_definitions_of_the_agency_served(northern: Bihuan) -> None:
    client = Zone(create_app(northern, testing=True), northern).client("designer")
    assert [one["name"] for one in ok(client.get("/definitions"))["items"]] == ["Northern"]
    files = ok(client.get(f"/definitions/{PROCESS}/1"))["files"]
    assert files[f"{PROCESS}.bpmn"] == "<northern/>"
    refused(client.get("/definitions/listed_supervision/1"), 404)


def test_a_case_names_the_definitions_of_its_own_agency(northern: Bihuan, bihuan: Bihuan) -> None:
    case_id = register(bihuan)
    office = actor(bihuan, "office")
    with bihuan.database.begin() as session:
        before = case_sources(session, office, case_id).definitions
        session.execute(update(Case).where(Case.id == case_id).values(agency="north"))
        after = case_sources(session, office, case_id).definitions
    assert before[PROCESS].name != "Northern"
    assert {name: one.name for name, one in after.items()} == {PROCESS: "Northern"}
