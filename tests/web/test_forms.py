"""Every shipped form is drawn as a sound page; errors stand at their fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, render_template_string

from engine.errors import FieldError
from engine.forms.definition import FormDefinition
from engine.forms.posted import gather
from tests.web.page_checks import Page, faults_of
from webapp.forms.page_form import Surroundings, page_form

FORMS = Path(__file__).resolve().parents[2] / "forms"
FILES = sorted(FORMS.rglob("*.json"))
AROUND = Surroundings(names={"case": {}})
SHELL = """<!doctype html><html lang="zh"><head><title>t</title></head><body><main><h1>t</h1>
{% from "macros/form.html" import summary %}{{ summary(page.form) }}
{% include "form_fields.html" %}</main></body></html>"""


def drawn(app: Flask, form: FormDefinition, values: dict[str, object], *errors: FieldError) -> str:
    with app.test_request_context("/"):
        page = page_form(form, values, errors, "zh", AROUND, redraw="/redraw")
        return render_template_string(SHELL, page={"form": page})


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_form_is_a_sound_page(app: Flask, path: Path) -> None:
    form = FormDefinition.from_json(path.read_bytes())
    html = drawn(app, form, {})
    assert faults_of(html) == []
    page = Page(html)
    names = {element.attributes.get("name", "") for element in page.elements}
    for component in form.fields:
        assert {component.key, f"upload:{component.key}"} & {n.split(".")[0] for n in names}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_field_can_show_its_error(app: Flask, path: Path) -> None:
    form = FormDefinition.from_json(path.read_bytes())
    faults = [FieldError(c.key, f"wrong {c.key}", f"{c.key} 有误") for c in form.fields]
    html = drawn(app, form, {}, *faults)
    assert faults_of(html) == []
    page = Page(html)
    for component in form.fields:
        assert f"{component.key} 有误" in page.one("p", id=f"field-{component.key}-error").text
    assert len(page.one("div", id="errors").text.split("有误")) == len(faults) + 1


def test_an_error_of_no_field_is_listed_too(app: Flask) -> None:
    form = FormDefinition.from_json((FORMS / "hazard_rectification/urge.json").read_bytes())
    page = Page(drawn(app, form, {}, FieldError("planted", "unknown", "不认识的字段")))
    assert "不认识的字段" in page.one("div", id="errors").text


def test_typed_values_are_drawn_escaped(app: Flask) -> None:
    form = FormDefinition.from_json((FORMS / "hazard_rectification/register.json").read_bytes())
    html = drawn(app, form, {"description": "<script>alert(1)</script>", "location": '"><b>'})
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert faults_of(html) == []


def test_rows_come_back_as_they_were_posted(app: Flask) -> None:
    form = FormDefinition.from_json((FORMS / "hazard_rectification/recheck.json").read_bytes())
    rows = [component for component in form.fields if component.kind == "dynamiclist"]
    assert rows, "the recheck has its items"
    first = rows[0].children[0].key
    values = gather(
        form.components, [(f"{rows[0].key}.0.{first}", "a"), (f"{rows[0].key}.7.{first}", "b")]
    )
    page = Page(drawn(app, form, values))
    names = [e.attributes.get("name") for e in page.elements if "template" not in e.parents]
    assert f"{rows[0].key}.1.{first}" in names
    assert f"{rows[0].key}.2.{first}" not in names


def test_conditions_redraw_the_form(app: Flask) -> None:
    form = FormDefinition.from_json((FORMS / "hazard_rectification/serve_order.json").read_bytes())
    page = Page(drawn(app, form, {"service_method": "left"}))
    box = page.one("div", id="form-fields")
    assert box.attributes["data-hx-post"] == "/redraw"


def test_only_a_list_that_needs_an_entry_keeps_its_empty_one(app: Flask) -> None:
    for path, spare in (
        ("hazard_rectification/recheck.json", True),
        ("extension_request/request.json", False),
    ):
        form = FormDefinition.from_json((FORMS / path).read_bytes())
        rows = [e for e in Page(drawn(app, form, {})).all("div") if "data-row" in e.attributes]
        assert [
            "data-spare" in row.attributes for row in rows if "template" not in row.parents
        ] == [spare]


def test_what_is_only_read_is_drawn_whole(app: Flask) -> None:
    form = FormDefinition.from_json((FORMS / "level_raise/decide_raise.json").read_bytes())
    said = "条款\n甲 2026-03-02 09:00\n理由一\n乙 2026-03-02 10:00\n理由二"
    page = Page(drawn(app, form, {"proposal": said}))
    rows = {one.attributes["name"]: int(one.attributes["rows"]) for one in page.all("textarea")}
    assert rows["proposal"] == 6
    assert {rows[name] for name in rows if name != "proposal"} == {3}
