"""Own how a command of ``yeyi`` that cannot be carried out says so: one line on standard error, exit code 2.

Source: app/README.md "Commands".
"""

from __future__ import annotations

import sys
from typing import IO, Any

import click


class OneLineError(click.ClickException):
    """Say on one line of standard error what could not be done; exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(self.format_message(), file=file or sys.stderr)


class OneLineCommand(click.Command):
    """Report a bad option on one line, where click would print its usage over several."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; raises OneLineError instead of a usage error."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise OneLineError(" ".join(error.format_message().split())) from error
