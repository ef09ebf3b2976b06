"""What a centre is: its settings, its services, its ordinary week. Edited by people, unlike the hall of a day."""

import re
from dataclasses import dataclass

CLOCK_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
NOTICE_KINDS = ("text", "picture", "video", "message")


@dataclass(frozen=True, slots=True)
class PriorityClass:
    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a centre decides for itself. Seconds unless the name says otherwise; times of day are HH:MM.

    `home_*`: numbers taken from home for today; `phone_numbers`: numbers taken in the hall on one's own phone, by a
    poster's QR code. `one_per_person`: one live ticket per person and service, by a hash that is kept for the day only.
    `personal_days`: so long after its day the names and addresses of a booking are kept.
    """

    name: str = "Trung tâm Phục vụ hành chính công"
    name_en: str = "Public Service Centre"
    notice: str = ""
    timezone: str = "Asia/Ho_Chi_Minh"
    languages: tuple[str, ...] = ("vi", "en")
    target_s: int = 900
    amber_s: int = 600
    priority_every: int = 3
    priority_classes: tuple[PriorityClass, ...] = ()
    return_behind: int = 3
    arrive_after_s: int = 30
    double_press_ms: int = 1000
    undo_s: int = 10
    voice_region: str = "north"
    voice_style: str = "hybrid"
    voice_repeat: int = 1
    voice_chime: bool = True
    accent: str = ""
    alarm_sound: bool = False
    advice: bool = True
    routing: str = "target"
    home_numbers: bool = False
    home_from: str = "07:00"
    home_until: str = "16:00"
    home_per_service: int = 10
    home_grace_min: int = 10
    home_travel_min: int = 30
    phone_numbers: bool = False
    one_per_person: bool = False
    appointments: bool = False
    appointment_days: int = 14
    appointment_early_min: int = 15
    appointment_late_min: int = 10
    home_visits: bool = False
    personal_days: int = 30
    ratings: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """A queue with its own letter and number series.

    `target_s` is for waiting, `handle_target_s` for handling.
    """

    code: str
    letter: str
    name: str
    name_en: str = ""
    hint: str = ""
    hint_en: str = ""
    icon: str = ""
    daily_limit: int | None = None
    target_s: int = 900
    position: int = 0
    active: bool = True
    handle_target_s: int = 900


@dataclass(frozen=True, slots=True)
class Shift:
    """A line of the weekly rota: who sits where, and when. Two of a counter on one day have a break between them.

    `weekday` is 0 on Monday to 6 on Sunday, `clerk` a sign-in name or "", times are HH:MM of the centre's clock.
    """

    weekday: int
    counter: int
    clerk: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class SlotRule:
    """When appointments of a service can be booked: from `start` on one each `every_min` minutes, until `end`.

    `weekday` is 0 on Monday to 6 on Sunday, times are HH:MM of the centre's clock; `capacity` people may book one time.
    """

    weekday: int
    service: str
    start: str
    end: str
    every_min: int
    capacity: int


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The centre is shut from the date `first` to `last` (YYYY-MM-DD, both included), for citizens in a `word`."""

    first: str
    last: str
    word: str = ""
    word_en: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the TV shows between calls, each time for `seconds`.

    Shown on `weekdays` (0 is Monday) from `start` to `end` (HH:MM), from the date `first` to `last` (YYYY-MM-DD, "" for
    no bound). `media` names a file of the media folder. A `message` is the staff's: above everything until `until` (ms
    since the epoch) or until it is taken back.
    """

    id: str
    kind: str
    text: str = ""
    text_en: str = ""
    media: str = ""
    seconds: int = 10
    weekdays: tuple[int, ...] = EVERY_DAY
    start: str = "00:00"
    end: str = "23:59"
    first: str = ""
    last: str = ""
    position: int = 0
    active: bool = True
    until: int | None = None
