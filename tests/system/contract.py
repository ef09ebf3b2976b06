"""Shared by the tests of the public contract."""

from typing import Any

from tests.running_hub import RunningHub


def press(hub: RunningHub, verb: str, **body: Any) -> dict[str, Any]:
    """With a key, as every own screen does."""
    headers = {"Idempotency-Key": f"{verb}-{hub.supervisor.ok('GET', '/hall')['seq']}"}
    pressed: dict[str, Any] = hub.supervisor.ok("POST", f"/counters/1/{verb}", json=body, headers=headers)
    return pressed
