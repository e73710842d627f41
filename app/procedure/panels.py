"""Own the form of what an open step shows: a builder of the values its template needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow

#: Builds the values of a step's inside from the complex, the dossier and today.
Panel = Callable[[ComplexRow, Dossier, date], dict[str, Any]]
