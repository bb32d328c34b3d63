"""Files as they are kept: one way to write each, with nothing lost, so that git shows changes."""

from __future__ import annotations

import json

import pytest

from tests.designing.editor import DIAGRAM, PROCESS
from workflows.deploying import bundles, processes
from workflows.designing.normal import kept, normal, same

VENDOR = (
    "<?xml version='1.0'?>\n<!-- made elsewhere -->"
    '<x:definitions xmlns:x="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="u" id="d">\r\n'
    '<x:process isExecutable="true" name="甲" id="p"><x:extensionElements><zeebe:thing '
    'zeebe:b="2" a="1">  kept  </zeebe:thing></x:extensionElements>'
    "<x:documentation>one\n  two</x:documentation></x:process></x:definitions>"
)


@pytest.mark.parametrize("process", processes())
def test_diagrams_of_the_source_tree_are_kept_as_they_are(process: str) -> None:
    (bundle,) = bundles([process])
    for path, content in bundle.files.items():
        once = normal(path, content)
        assert normal(path, once) == once, path
        if path.endswith(".bpmn"):
            assert once == content, path


def test_what_other_vendors_wrote_stays() -> None:
    text = normal("p.bpmn", VENDOR.encode()).decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<x:definitions ')
    assert '<x:process id="p" name="甲" isExecutable="true">' in text
    assert '<zeebe:thing a="1" zeebe:b="2">  kept  </zeebe:thing>' in text
    assert "one\n  two" in text


def test_forms_are_ordered_and_keep_unknown_keys() -> None:
    given = {"components": [{"key": "a", "type": "text", "x": 1}], "id": "f", "type": "default"}
    text = normal("forms/f.json", json.dumps(given).encode()).decode()
    assert json.loads(text) == given
    assert text.index('"type": "default"') < text.index('"id"') < text.index('"components"')
    assert text.endswith("}\n")


@pytest.mark.parametrize("content", [b"", b"<a", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_cannot_be_read_stays(content: bytes) -> None:
    assert normal("p.bpmn", content) == content
    assert normal("forms/f.json", b"{") == b"{"


def test_an_untouched_file_is_the_one_of_its_base() -> None:
    (bundle,) = bundles([PROCESS])
    base = {DIAGRAM: bundle.files[DIAGRAM].replace(b'"/>', b'"  />')}
    assert same(DIAGRAM, bundle.files[DIAGRAM], base[DIAGRAM])
    assert kept({DIAGRAM: bundle.files[DIAGRAM]}, base) == base
