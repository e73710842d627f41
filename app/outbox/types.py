"""Own the protocol of transports and the frozen rows of messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class SmsGateway(Protocol):
    """Carry a text to a telephone; what implements it is outside the platform."""

    def send(self, phone: str, text: str) -> None:
        """Hand one message over.

        Raises: GatewayUnavailable when it was not taken.
        """
        ...


class GatewayUnavailable(Exception):
    """Say that the gateway did not take a message; it is tried again."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """Hold a message in clear, for the demonstration's outbox page only."""

    recipient: str = field(repr=False)
    text: str = field(repr=False)
    created_at: datetime
    sent_at: datetime | None
