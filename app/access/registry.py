"""Own the registry of endpoints: each with its permission; what is not declared is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import Blueprint, request

from app.access.permissions import Permission
from app.db.session import commit, has_written

View = Callable[..., Any]


class Lock(StrEnum):
    """Say when a writing request takes the write lock."""

    #: Before the actor is read; the default.
    EARLY = "early"
    #: By the service itself, after costly checks that need no lock (a ballot's proofs).
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Route:
    """Hold one line of a slice's URL table."""

    method: str
    rule: str
    view: View
    permission: Permission
    lock: Lock = Lock.EARLY


@dataclass(frozen=True, slots=True)
class Declaration:
    """Hold what the gate must know about an endpoint."""

    permission: Permission
    lock: Lock


#: Endpoint name to its declaration, filled by ``add_routes`` while the application is built.
DECLARATIONS: dict[str, Declaration] = {}


class WriteInGet(Exception):
    """Say that a reading endpoint changed a row; always a programming error."""


def add_routes(blueprint: Blueprint, routes: Sequence[Route]) -> None:
    """Register a slice's URL table and declare every endpoint's permission.

    The endpoint is the view's name; a view under several rules keeps one permission.
    """
    for route in routes:
        endpoint = f"{blueprint.name}.{route.view.__name__}"
        declaration = Declaration(route.permission, route.lock)
        if DECLARATIONS.setdefault(endpoint, declaration) != declaration:
            raise ValueError(f"{endpoint} is declared twice with different permissions")
        blueprint.add_url_rule(route.rule, route.view.__name__, _unit_of_work(route.view), methods=[route.method])


def _unit_of_work(view: View) -> View:
    """Commit once when the view has answered; any raised error leaves the transaction to be rolled back."""

    @wraps(view)
    def run(**arguments: Any) -> Any:
        response = view(**arguments)
        if request.method in ("GET", "HEAD"):
            if has_written():
                raise WriteInGet(request.endpoint)
            return response
        commit()
        return response

    return run
