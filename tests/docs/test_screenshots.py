"""The pictures of the guides are those that the script takes, no more and no fewer."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType

from tests.docs.reading import DOCS


def script() -> ModuleType:
    """Load the script that stands beside the pages, which are no package."""
    spec = importlib.util.spec_from_file_location("screenshots", DOCS / "screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def taken(module: ModuleType) -> Iterator[str]:
    """Yield the name of each picture that the script takes."""
    for shot in module.SHOTS:
        for language in module.LANGUAGES:
            if shot.desktop:
                yield f"{shot.name}.{language}.webp"
            if shot.phone:
                yield f"{shot.name}.{language}.phone.webp"


def test_every_picture_is_one_that_the_script_takes() -> None:
    pictures = sorted(path.name for path in (DOCS / "images").iterdir())
    assert pictures == sorted(taken(script()))
