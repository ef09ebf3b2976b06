"""An agent that runs within a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.agent import Agent


@contextmanager
def at_work(agent: Agent) -> Iterator[Agent]:
    """It runs in a thread of its own, and has ended afterwards."""
    thread = threading.Thread(target=agent.run)
    thread.start()
    try:
        yield agent
    finally:
        agent.stop()
        thread.join(10)
        assert not thread.is_alive()
