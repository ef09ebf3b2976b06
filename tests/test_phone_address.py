"""The address in a ticket's QR code, on a machine whose network comes and goes."""

import pytest

from app import addresses


class Machine:
    """A machine with one network card and a clock."""

    def __init__(self) -> None:
        self.address: str | None = None
        self.now_s = 1000.0

    def phone_address(self) -> str | None:
        found = addresses.phone_address("", "http://localhost:8000")
        return found.base if found else None


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(addresses, "_kept", {})
    monkeypatch.setattr(addresses, "_own_address", lambda: machine.address)
    monkeypatch.setattr(addresses, "_listens", lambda _host, _port: True)
    monkeypatch.setattr(addresses, "monotonic", lambda: machine.now_s)
    return machine


def test_a_network_that_comes_after_the_hub_is_found(machine: Machine) -> None:
    assert machine.phone_address() is None
    machine.address = "192.168.1.10"
    assert machine.phone_address() == "http://192.168.1.10:8000"


def test_another_address_is_noticed_within_a_minute(machine: Machine) -> None:
    machine.address = "192.168.1.10"
    machine.phone_address()
    machine.address = "192.168.1.77"
    machine.now_s += addresses.KEPT_S - 1
    assert machine.phone_address() == "http://192.168.1.10:8000", "not every ticket asks the network"
    machine.now_s += 1
    assert machine.phone_address() == "http://192.168.1.77:8000"


def test_a_network_that_went_is_not_promised_on(machine: Machine) -> None:
    machine.address = "192.168.1.10"
    machine.phone_address()
    machine.address = None
    machine.now_s += addresses.KEPT_S
    assert machine.phone_address() is None


@pytest.mark.parametrize("name", ["localhost", "quan-tri.localhost", "127.0.0.1", "[::1]"])
def test_a_name_that_each_machine_has_for_itself_is_put_on_no_poster(machine: Machine, name: str) -> None:
    machine.address = "192.168.1.10"
    found = addresses.phone_address("", f"http://{name}:18500")
    assert found == addresses.Address("http://192.168.1.10:18500", local=True)
