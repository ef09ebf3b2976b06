"""The agent on the hub's own machine, begun from the administrator's page."""

import subprocess
import threading

from app.running import AgentProcess


def test_two_administrators_who_press_at_once_start_one_agent() -> None:
    started: list[int] = []
    both = threading.Barrier(2)
    faults: list[Exception] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(1)
        raise OSError("no such program")

    agent = AgentProcess(start)

    def press() -> None:
        both.wait()
        try:
            agent.start()
        except RuntimeError as fault:
            faults.append(fault)

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    agent.start()
    agent.stop()
    assert agent.runs
    assert faults == []
    assert len(started) == 1
