"""Administration: services, settings, people, devices, the centre file."""

from dataclasses import asdict

from flask import Blueprint, Response, request

from app import centre_file
from app.api.routes import actor, answer, parts, route
from app.api.shapes import (
    DeviceIn,
    DeviceOut,
    DevicesOut,
    JoinDeviceIn,
    NewDeviceOut,
    PeopleOut,
    PersonIn,
    PersonOut,
    ServiceIn,
    ServicesOut,
    SettingsIn,
)
from app.core import commands as cmd
from app.core.centre import Service, Settings
from app.core.permissions import PEOPLE, Role
from app.shaping import Strict, values_of
from app.store.accounts import Device, Person

admin = Blueprint("admin", __name__)
ADMIN = frozenset({Role.ADMIN})
TOML = "application/toml"


@route(admin, "GET", "/settings", gives=SettingsIn, roles=frozenset(PEOPLE))
def settings() -> Response:
    """What the centre decides for itself."""
    return answer(asdict(parts().hub.hall.settings))


@route(admin, "PUT", "/settings", takes=SettingsIn, gives=SettingsIn, roles=ADMIN)
def save_settings(body: Strict) -> Response:
    """Change them."""
    parts().hub.handle(cmd.SaveSettings(Settings(**values_of(body))), actor())
    return answer(asdict(parts().hub.hall.settings))


@route(admin, "GET", "/services", gives=ServicesOut)
def services() -> Response:
    """Every service, also those that give no numbers."""
    return answer({"services": [asdict(service) for service in parts().hub.hall.services.values()]})


@route(admin, "PUT", "/services/<code>", takes=ServiceIn, gives=ServicesOut, roles=ADMIN)
def save_service(code: str, body: Strict) -> Response:
    """Add or change a service."""
    parts().hub.handle(cmd.SaveService(Service(code, **values_of(body))), actor())
    return answer({"services": [asdict(parts().hub.hall.services[code])]})


@route(admin, "DELETE", "/services/<code>", status=204, roles=ADMIN)
def remove_service(code: str) -> Response:
    """Take away a service that no counter has and nobody waits for."""
    parts().hub.handle(cmd.RemoveService(code), actor())
    return Response(status=204)


@route(admin, "GET", "/people", gives=PeopleOut, roles=frozenset({Role.ADMIN, Role.SUPERVISOR}))
def people() -> Response:
    """Who may sign in."""
    return answer({"people": [_person(person) for person in parts().accounts.people()]})


@route(admin, "PUT", "/people/<name>", takes=PersonIn, gives=PersonOut, roles=ADMIN)
def save_person(name: str, body: PersonIn) -> Response:
    """Add or change a person. A new one needs a password; a password given signs them out everywhere."""
    person = parts().accounts.save_person(
        actor(), name, body.full_name, Role(body.role), active=body.active, password=body.password
    )
    return answer(_person(person))


@route(admin, "GET", "/devices", gives=DevicesOut, roles=frozenset({Role.ADMIN, Role.SUPERVISOR, Role.AGENT}))
def devices() -> Response:
    """Every screen, kiosk, agent and program, and what is known of it now. An agent's token shows that agent only."""
    known = parts().health.devices(parts().hub.hall)
    own_only = actor().role is Role.AGENT
    return answer({"devices": [device for device in known if not own_only or device["name"] == actor().name]})


@route(admin, "POST", "/devices", takes=DeviceIn, gives=NewDeviceOut, status=201, roles=ADMIN)
def add_device(body: DeviceIn) -> Response:
    """A device with a token, which is shown this once and kept nowhere.

    So a retry cannot be told it again and gets name_taken: remove the device and add it anew.
    """
    device, token = parts().devices.add(actor(), body.name, body.kind)
    return answer(_device(device) | {"token": token}, 201)


@route(admin, "POST", "/devices/join", takes=JoinDeviceIn, gives=DeviceOut, roles=ADMIN)
def join_device(body: JoinDeviceIn) -> Response:
    """Join the screen that shows this six-digit code. A retry for the same name is answered as done."""
    return answer(_device(parts().devices.join(actor(), body.code.replace(" ", ""), body.name, body.page)))


@route(admin, "DELETE", "/devices/<name>", status=204, roles=ADMIN)
def remove_device(name: str) -> Response:
    """Its token is worth nothing from now on."""
    parts().devices.remove(actor(), name)
    return Response(status=204)


@route(admin, "GET", "/centre.toml", roles=ADMIN, gives_file=TOML)
def export_centre() -> Response:
    """The centre file."""
    text = centre_file.dumps(centre_file.from_hall(parts().hub.hall))
    return Response(text, content_type="application/toml; charset=utf-8")


@route(admin, "PUT", "/centre.toml", roles=ADMIN, files=(TOML,))
def import_centre() -> Response:
    """Take a centre file over: settings, services and counters become what it says."""
    centre = centre_file.loads(request.get_data(as_text=True), "centre.toml")
    done = centre_file.apply(parts().hub, centre, actor())
    return answer({"changes": done})


def _person(person: Person) -> dict[str, object]:
    return {"name": person.name, "full_name": person.full_name, "role": person.role, "active": person.active}


def _device(device: Device) -> dict[str, object]:
    return {"name": device.name, "kind": device.kind, "page": device.page}
