"""A voice for the machines in the hall that read their screens aloud and have none of their own."""

from flask import Blueprint, Response

from app.api.limits import limited
from app.api.routes import answer, parts, route
from app.api.speak_shapes import SpeakIn, SpeakOut
from app.core.permissions import PEOPLE, Role

MACHINES = frozenset({Role.KIOSK, Role.ROBOT, Role.DISPLAY})

speak = Blueprint("speak", __name__)


# Not a command: it changes nothing, and the same words are the same file. People try a kiosk out in their own browser.
@route(speak, "POST", "/speak", takes=SpeakIn, gives=SpeakOut, roles=MACHINES | PEOPLE)
@limited("240/minute")
def say(body: SpeakIn) -> Response:
    """The address of a sound that says the text. Raises TooMany or a VoiceError."""
    sound = parts().speaker.speech(parts().hub.hall, body.text, body.language)
    return answer({"speech": f"/api/v1/speech/{sound.name}"})
