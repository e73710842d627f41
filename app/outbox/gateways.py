"""Own the gateway of the demonstration: messages are only shown on /dev/outbox and never leave the machine.

A real gateway implements ``SmsGateway`` and is named by ``YEYI_SMS_GATEWAY`` as ``module:factory``.
"""

from __future__ import annotations

import importlib
import os
from typing import cast

from app.outbox.types import GatewayUnavailable, SmsGateway


class OutboxPageGateway:
    """Take every message; the outbox page shows what was taken."""

    def send(self, phone: str, text: str) -> None:
        """Take one message."""


class NoGateway:
    """Take no message: production without a configured gateway keeps them waiting."""

    def send(self, phone: str, text: str) -> None:
        """Refuse one message."""
        raise GatewayUnavailable("no SMS gateway is configured")


def gateway_for(demo_mode: bool) -> SmsGateway:
    """Choose the gateway of a process."""
    named = os.environ.get("YEYI_SMS_GATEWAY", "")
    if named:
        module, factory = named.split(":")
        return cast(SmsGateway, getattr(importlib.import_module(module), factory)())
    return OutboxPageGateway() if demo_mode else NoGateway()
