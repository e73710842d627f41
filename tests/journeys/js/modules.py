"""Own the running of single JavaScript modules inside a blank page of the test site."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_PRELUDE = """
  const group = await import("/static/booth/group.js");
  const encoding = await import("/static/booth/encoding.js");
  const elections = await import("/static/booth/election.js");
  const credentials = await import("/static/booth/credential.js");
  const ballots = await import("/static/booth/ballot.js");
  const protocol = await import("/static/trustee/protocol.js");
  const ceremony = await import("/static/trustee/ceremony.js");
  const keyfile = await import("/static/trustee/keyfile.js");
  const tally = await import("/static/trustee/tally.js");
  const opening = await import("/static/trustee/opening.js");
"""


def run(page: Page, body: str, argument: Any = None) -> Any:
    """Run a function body with every module in scope and ``given`` as its argument; return its JSON value."""
    return page.evaluate(f"async (given) => {{ {_PRELUDE} {body} }}", argument)


def error_code(page: Page, body: str, argument: Any = None) -> str:
    """Run a body that must fail and return the code of its error."""
    caught = f"try {{ {body} }} catch (error) {{ return String(error.code) }} return 'nothing failed'"
    return str(run(page, caught, argument))
