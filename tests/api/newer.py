"""A newer version of the shipped main process, as a designer might draw it."""

from __future__ import annotations

import re
from dataclasses import replace

from engine import clock
from engine.deployment.deploy import deploy
from engine.ports import SYSTEM
from workflows import deploying
from workflows.app import Bihuan

PROCESS = "hazard_rectification"
_STEP = (
    r'(<bpmn:userTask id="{step}".*?name="body" value=")(\w+)(".*?name="ladder" value=")([\w.]+)(")'
)


def deploy_newer(product: Bihuan) -> int:
    """Deploy it through the gate and return its number.

    The level is confirmed by the bureau within three working days, not by whoever found it within
    one; the second check of a proposal has another id.
    """
    [shipped] = deploying.bundles([PROCESS])
    files = dict(shipped.files)
    main = next(path for path in files if path.endswith(f"{PROCESS}.bpmn"))
    files[main] = drawn(files[main].decode()).encode()
    with product.database.begin() as session:
        [done] = deploy(
            session,
            [replace(shipped, files=files)],
            product.gate_environment(),
            actor=SYSTEM,
            now=clock.now(),
            agency=product.settings.agency,
        )
    return done.version


def drawn(source: str) -> str:
    """Return the diagram with its changes."""
    pattern = re.compile(_STEP.format(step="confirm_level"), re.DOTALL)
    source, changed = pattern.subn(r"\1emergency_bureau\3w3\5", source)
    assert changed == 1
    return re.sub(r'(?<!value=")\bsecond_proposal\b', "second_opinion", source)
