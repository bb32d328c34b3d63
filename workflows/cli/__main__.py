"""`python -m workflows.cli`: the command without an installed script."""

from __future__ import annotations

from workflows.cli.root import main

main()
