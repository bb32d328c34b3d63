"""The command group, registered by hand; a command is imported when it is called."""

from __future__ import annotations

import importlib
import os

import click

COMMANDS: dict[str, str] = {
    "setup": "workflows.cli.first_setup:setup_command",
    "demo": "workflows.cli.demonstration:demo_command",
    "serve": "workflows.cli.servers:serve_command",
    "worker": "workflows.cli.servers:worker_command",
    "db": "workflows.cli.databases:db_group",
    "backup": "workflows.cli.backups:backup_command",
    "restore": "workflows.cli.backups:restore_command",
    "settings": "workflows.cli.settings_shown:settings_command",
    "deploy": "workflows.cli.definitions:deploy_command",
    "check": "workflows.cli.definitions:check_command",
    "diff": "workflows.cli.differences:diff_command",
    "test": "workflows.cli.scenario_tests:test_command",
    "simulate": "workflows.cli.simulate:simulate_command",
    "feel": "workflows.cli.expressions:feel_command",
    "decide": "workflows.cli.expressions:decide_command",
    "import": "workflows.cli.imports:import_group",
    "export": "workflows.cli.exports:export_group",
    "audit": "workflows.cli.audit:audit_group",
    "bench": "workflows.cli.benchmarks:bench_group",
    "user": "workflows.cli.users:user_group",
    "calendar": "workflows.cli.calendars:calendar_group",
}
"""Name on the command line to module and attribute; imported late so that `--help` is quick."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports each when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command in the order of the registry."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        found = getattr(importlib.import_module(module), attribute)
        return found if isinstance(found, click.Command) else None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bihuan")
def main() -> None:
    """闭环 Bihuan：工业园区事故隐患闭环管理 · the closed loop of workplace-safety hazards."""
    # What a command writes holds personal data: nobody but the account it runs under reads it.
    os.umask(os.umask(0o077) | 0o077)
