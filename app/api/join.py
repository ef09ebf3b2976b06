"""A new screen: it shows six digits, an administrator types them, the screen becomes a device. No token to copy."""

from flask import Blueprint, Response

from app.api.limits import limited
from app.api.routes import answer, parts, route
from app.api.shapes import JoinIn, JoiningOut, JoinOut
from app.identity import DEVICE_COOKIE, DEVICE_COOKIE_S, set_cookie

join = Blueprint("join", __name__)


@route(join, "POST", "/join", takes=JoinIn, gives=JoinOut, status=201, roles=None)
@limited("60/minute")
def start(body: JoinIn) -> Response:
    """Ask for a code to show."""
    secret, joining = parts().devices.start_joining(body.page)
    left_s = (joining.expires_at - parts().hub.now()) // 1000
    return answer({"code": joining.code, "secret": secret, "expires_s": left_s}, 201)


@route(join, "GET", "/join/<secret>", gives=JoiningOut, roles=None)
def poll(secret: str) -> Response:
    """What became of it; once joined, the device's cookie comes with the answer."""
    joining = parts().devices.joining(secret)
    if joining is None:
        return answer({"state": "expired", "page": ""})
    if joining.token is None:
        return answer({"state": "waiting", "page": joining.page})
    response = answer({"state": "joined", "page": joining.page})
    set_cookie(response, DEVICE_COOKIE, joining.token, DEVICE_COOKIE_S)
    return response
