"""What there is to open: pages of the demo's hub, and as whom."""

from dataclasses import dataclass

from app.demo.centre import ADMIN, SUPERVISOR, Centre, Person

SCREEN, KIOSK, ROBOT = "screen", "kiosk", "robot"


@dataclass(frozen=True, slots=True)
class Place:
    """`label` is a message id with `facts`. `visitor` is a person's name, or the kind of device that opens it.

    `host` is a name of its own under .localhost, so that in one browser each visitor has cookies of their own.
    """

    key: str
    label: str
    page: str
    visitor: str
    counter: int | None = None
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def host(self) -> str:
        return f"{self.visitor}.localhost"

    @property
    def words(self) -> dict[str, object]:
        return dict(self.facts)


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    hint: str
    places: tuple[Place, ...]


def groups(centre: Centre) -> tuple[Group, ...]:
    """All places, as the launcher shows them."""
    first = min(centre.clerks)
    return (
        Group(
            "For the citizens",
            "The TV speaks: click into it once.",
            (
                Place("tv", "Lobby TV", "/tv", SCREEN),
                Place("kiosk", "Take a number at the kiosk", "/kiosk", KIOSK),
                Place("robot", "Ask the robot", "/robot", ROBOT),
                Place("station", "Fill in a form at a PC", f"/station/{max(centre.clerks) + 1}", KIOSK),
                Place("rate", "Rate the service at counter %(n)s", f"/rate/{first}", SCREEN, facts=(("n", first),)),
                Place("find", "Look up a procedure", "/find", "start"),
                Place("home", "Take a number from home", "/home", "start"),
                Place("book", "Book an appointment", "/book", "start"),
                *(
                    Place(f"screen-{n}", "Counter screen %(n)s", f"/counter-screen/{n}", SCREEN, facts=(("n", n),))
                    for n in centre.clerks
                ),
            ),
        ),
        Group(
            "At the counters",
            "The simulated clerk leaves the counter that you open, and it is yours.",
            tuple(_console(number, person) for number, person in centre.clerks.items()),
        ),
        Group(
            "For whoever keeps the hall moving",
            "",
            (
                Place("supervisor", "Supervisor's board", "/supervisor", SUPERVISOR.name),
                Place("report", "Today's report", "/report", SUPERVISOR.name),
                Place("bookings", "Appointments and visits of the day", "/bookings", SUPERVISOR.name),
                Place("notices", "Notices on the TV", "/admin/notices", SUPERVISOR.name),
                Place("boards", "LED boards over the counters", "/boards", SUPERVISOR.name),
                Place("admin", "Administration", "/admin", ADMIN.name),
                Place("start", "Start page", "/", "start"),
            ),
        ),
    )


def _console(number: int, person: Person) -> Place:
    facts = (("n", number), ("who", person.called))
    return Place(f"console-{number}", "Counter %(n)s · %(who)s", "/console", person.name, number, facts)
