"""Own the assembly of the ``yeyi`` command from the packages' cli modules.

Commands that need no database load no web package: each command's module is imported when it is called.
"""

from __future__ import annotations

import importlib
from typing import cast

import click

#: Command name to the module and attribute that hold it.
COMMANDS = {
    "count": "app.statute.cli:count",
    "timeline": "app.statute.cli:timeline",
    "rules": "app.statute.rules_cli:rules",
    "simulate": "app.verifier.simulate_cli:simulate",
    "verify": "app.verifier.cli:verify",
    "accounts": "app.identity.cli:accounts",
    "roll": "app.roll.cli:roll",
    "elections": "app.elections.cli:elections",
    "demo": "app.demo.cli:demo",
    "serve": "app.serving:serve",
    "worker": "app.serving:worker",
    "migrate": "app.serving:migrate",
}

#: Commands that a higher slice adds to the group of a lower one.
ADDED = {"elections": ("app.ballots.cli:export",)}


class LazyGroup(click.Group):
    """Import a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by its name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        command = _load(place)
        for added in ADDED.get(cmd_name, ()):
            cast(click.Group, command).add_command(_load(added))
        return command


def _load(place: str) -> click.Command:
    module, attribute = place.split(":")
    return cast(click.Command, getattr(importlib.import_module(module), attribute))


@click.group(cls=LazyGroup)
def main() -> None:
    """业议: owners decide together, and anyone can check."""
