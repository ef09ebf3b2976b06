"""The post office: hears what happens, writes down what is to be told outside, and hands it to the courier.

On a press's way it only notes the change. The rest is a timer's: each step writes at most one transaction.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from time import monotonic

from app.board import News
from app.core.change import Change, Touched
from app.core.errors import UnknownTicket, WrongState
from app.core.events import DayStarted, PriorityRefused, TicketLetPass, TicketReturned, TicketTransferred
from app.core.hall import ENDED, Hall, Ticket, TicketState
from app.core.routing import people_ahead
from app.hub import Hub
from app.nearness import is_near
from app.outgoing.line import Courier, CourierLost
from app.outgoing.messages import CALLED, NEAR, Told, near, told_of
from app.outgoing.pushes import Pushes, new_key, public_part
from app.outgoing.trial import NoWebhook
from app.outgoing.webhook import LONGEST_TRYING_S, Webhook
from app.plain import View, iso
from app.store import accounts, outgoing
from app.store.log import Also
from app.store.outgoing import Delivery, Subscription
from app.views import Views

log = logging.getLogger(__name__)
EVERY_S = 0.5
LOOK_S = 5.0  # waits change with time, too
LATE_MS = 3_600_000  # what a stopped hub missed is told within an hour, then it is of no use
FAR_AGAIN = (TicketTransferred, TicketLetPass, TicketReturned, PriorityRefused)
PIECE = 100
AGAIN_S = 5.0
DAY_MS = 24 * 3_600_000
SECRET = "vapid"  # noqa: S105 - a name
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
Sleep = Callable[[float], object]
Answer = tuple[str, int, str]


@dataclass
class PostOffice:
    """`spawn` runs a function beside the others; `start` gives a courier, another one in a test."""

    hub: Hub
    views: Views
    webhook: Webhook | None
    pushes: Pushes
    spawn: Callable[..., object]
    start: Callable[[], Courier] = Courier
    stopped: bool = field(default=False, init=False)
    _courier: Courier | None = field(default=None, init=False)
    _lost_at: float = field(default=float("-inf"), init=False)
    _looked_at: float = field(default=float("-inf"), init=False)
    _heard: list[Change] = field(default_factory=list, init=False)
    _answers: list[Answer] = field(default_factory=list, init=False)
    _trials: list[Delivery] = field(default_factory=list, init=False)
    _unwritten: list[Delivery] = field(default_factory=list, init=False)
    _writes: list[Also] = field(default_factory=list, init=False)
    _near_told: set[str] = field(default_factory=set, init=False)
    _key: str | None = field(default=None, init=False)

    def open(self) -> None:
        """Take up what the last run left; before anybody presses."""
        reads = self.hub.store.reads
        self.pushes.load(outgoing.subscriptions(reads))
        self._key = accounts.secret(reads, SECRET)
        if self.webhook:
            self._near_told = outgoing.told(reads, NEAR, self.hub.now() - DAY_MS)
            self._take_up(self.webhook, outgoing.waiting(reads))
            self._hear_again(outgoing.told_up_to(reads))
        self.hub.listeners.append(self.hear)
        self.views.board.listeners.append(self.hear_news)

    def _take_up(self, webhook: Webhook, waiting: Sequence[Delivery]) -> None:
        """A call of yesterday, told this morning, would send somebody here for nothing."""
        since = self.hub.now() - LATE_MS - LONGEST_TRYING_S * 1000
        webhook.add(each for each in waiting if each.at >= since)
        self._unwritten += [replace(each, status="failed", error="too late") for each in waiting if each.at < since]

    def _hear_again(self, seq: int | None) -> None:
        """What was decided while nobody wrote down what is to be told of it; with the tickets as they are now."""
        if seq is None:
            return
        hall, since = self.hub.hall, self.hub.now() - LATE_MS
        for recorded in self.hub.store.events(seq, -1):
            id_ = getattr(recorded.event, "ticket", None)
            if id_ is not None and id_ in hall.tickets and recorded.at >= since:
                for told in told_of(Change(recorded, hall, Touched(tickets=(id_,)))):
                    self._note(told, hall)
        known = outgoing.known(self.hub.store.reads, [each.id for each in self._unwritten])
        self._unwritten = [each for each in self._unwritten if each.id not in known or each.status != "waiting"]

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub."""
        if self.webhook or self.pushes.known:
            self._heard += changes

    def hear_news(self, _news: News) -> None:
        """A listener of the planning board: waits are others than they were."""
        self._looked_at = float("-inf")

    # For the API

    def public_key(self) -> str:
        """Made once, with the first who asks; then the centre's for good."""
        with self.hub.lock:
            if self._key is None:
                key = new_key()
                self.hub.store.commit((), also=accounts.put_secret(SECRET, key, self.hub.now()))
                self._key = key
            return public_part(self._key)

    def subscribe(self, wish: Subscription, own_hosts: frozenset[str]) -> None:
        """Raises UnknownTicket, WrongState, BadEndpoint, BadPushKey or TooManyPhones."""
        with self.hub.lock:
            hall = self.hub.hall
            ticket = hall.tickets.get(wish.ticket)
            if ticket is None:
                raise UnknownTicket(ticket=wish.ticket)
            if ticket.state in ENDED:
                raise WrongState(number=ticket.number, state=ticket.state)
            self.pushes.examine(wish, ticket, own_hosts)
            self.public_key()
            # Whoever has the page in hand sees that it is near.
            made = replace(wish, near_told=self._is_near(hall, ticket, wish.walk_min))
            self.hub.store.commit((), also=outgoing.put_subscription(made))
            self.pushes.keep(made)

    def unsubscribe(self, ticket: str, endpoint: str) -> None:
        with self.hub.lock:
            if endpoint in self.pushes.known.get(ticket, {}):
                self.hub.store.commit((), also=outgoing.drop_subscription(ticket, endpoint))
                self.pushes.forget(ticket, endpoint)

    def try_webhook(self, key: str = "") -> Webhook:
        """Send a test to the gateway, one at a time; the webhook's `trial` says what comes of it. Raises NoWebhook."""
        with self.hub.lock:
            if self.webhook is None:
                raise NoWebhook
            delivery = self.webhook.try_out(self.hub.hall, self.hub.now(), key)
            if delivery:
                self._trials.append(delivery)
            return self.webhook

    # What time brings

    def step(self, sleep: Sleep) -> None:
        """For a timer, every EVERY_S."""
        if self.stopped:
            return
        heard, self._heard = self._heard, []
        for each in heard:
            self._take(each)
        self._look_for_near(heard, sleep)
        trials, self._trials = self._trials, []
        self._unwritten += trials
        self._hear_answers()
        self._write(heard[-1].recorded.seq if heard else None)
        self._send()

    def stop(self) -> None:
        """Before the store is closed; what waits is taken up by the next run."""
        with self.hub.lock:
            self.stopped = True
        if self._courier:
            self._courier.end()

    def _take(self, step: Change) -> None:
        if isinstance(step.recorded.event, DayStarted):
            self._near_told.clear()
            self._forget_phones(self.pushes.known)
        for told in told_of(step):
            self._note(told, step.hall)
            if told.name == CALLED:
                self._push(CALLED, told.ticket, self.pushes.known.get(told.ticket.id, {}).values())
            if told.ticket.state in ENDED:
                self._forget_phones([told.ticket.id])
        if isinstance(step.recorded.event, FAR_AGAIN):
            self._look_anew(step.hall, step.recorded.event.ticket)

    def _look_anew(self, hall: Hall, ticket: str) -> None:
        """Whoever did this, or was with a clerk just now, need not be told that it is near still."""
        for each in self.pushes.known.get(ticket, {}).values():
            near_told = self._is_near(hall, hall.tickets[ticket], each.walk_min)
            if near_told != each.near_told:
                self._mark(replace(each, near_told=near_told))

    def _mark(self, subscription: Subscription) -> None:
        self.pushes.keep(subscription)
        self._writes.append(outgoing.mark_subscription(subscription))

    def _note(self, told: Told, hall: Hall) -> None:
        delivery = self.webhook and self.webhook.delivery_of(told, hall)
        if delivery:
            self._unwritten.append(delivery)

    def _forget_phones(self, tickets: Iterable[str]) -> None:
        gone = [id_ for id_ in tickets if id_ in self.pushes.known]
        for id_ in gone:
            del self.pushes.known[id_]
        if gone:
            self._writes.append(outgoing.drop_subscriptions(gone))

    # Near

    def _look_for_near(self, heard: Sequence[Change], sleep: Sleep) -> None:
        if not heard and monotonic() - self._looked_at < LOOK_S:
            return
        self._looked_at = monotonic()
        hall = self.hub.hall
        for place, id_ in enumerate(self._waiting_to_be_near(hall)):
            if place % PIECE == PIECE - 1:
                sleep(0)
            self._tell_if_near(hall, hall.tickets[id_])

    def _waiting_to_be_near(self, hall: Hall) -> list[str]:
        if self.webhook and NEAR in self.webhook.events:
            lines = (line for queue in hall.queues.values() for line in (queue.ordinary, queue.priority))
            return [standing.ticket for line in lines for standing in line]
        waiting = (hall.tickets.get(id_) for id_ in self.pushes.known)
        return [ticket.id for ticket in waiting if ticket and ticket.state is TicketState.WAITING]

    def _tell_if_near(self, hall: Hall, ticket: Ticket) -> None:
        told = near(ticket, self.hub.now())
        if told.id not in self._near_told and self._is_near(hall, ticket):
            self._near_told.add(told.id)
            self._note(told, hall)
        phones = [each for each in self.pushes.known.get(ticket.id, {}).values() if not each.near_told]
        now_near = [each for each in phones if self._is_near(hall, ticket, each.walk_min)]
        for each in now_near:
            self._mark(replace(each, near_told=True))
        self._push(NEAR, ticket, now_near)

    def _is_near(self, hall: Hall, ticket: Ticket, *walk_min: int) -> bool:
        if ticket.state is not TicketState.WAITING:
            return False
        ahead = people_ahead(hall, ticket)
        return is_near(ahead, self.views.wait_of(hall, ticket, ahead, self.hub.now()), *walk_min)

    # The line

    def _push(self, name: str, ticket: Ticket, phones: Iterable[Subscription]) -> None:
        if self._key:
            for job in self.pushes.jobs(list(phones), name, ticket, self._key, self.hub.now()):
                self._hand_over(job)

    def _hear_answers(self) -> None:
        answers, self._answers = self._answers, []
        for id_, status, error in answers:
            phone = self.pushes.answered(id_)
            if phone:
                self._hear_of_push(phone, status, error)
            elif self.webhook and (tried := self.webhook.answered(id_, status, error, self.hub.now())):
                self._unwritten.append(tried)
                if tried.status == "failed":
                    log.error("the webhook was given up for %s: %s", tried.id, tried.error)

    def _hear_of_push(self, phone: Subscription, status: int, error: str) -> None:
        if status in GONE:
            self.pushes.forget(phone.ticket, phone.endpoint)
            self._writes.append(outgoing.drop_subscription(phone.ticket, phone.endpoint))
        elif not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            log.warning("a phone could not be told of its turn: %s %s", status, error)

    def _write(self, seq: int | None) -> None:
        deliveries, writes = self._unwritten, self._writes
        if not deliveries and not writes:
            return
        with self.hub.lock:
            if self.stopped:
                return
            put = outgoing.put_deliveries(deliveries, seq, self.hub.now())
            self.hub.store.commit((), also=accounts.together(put, *writes))
        self._unwritten, self._writes = [], []
        if self.webhook:
            self.webhook.add(each for each in deliveries if each.status == "waiting" and not each.attempts)

    def _send(self) -> None:
        if not self.webhook:
            return
        now = self.hub.now()
        for delivery in self.webhook.due(now):
            if not self._hand_over(self.webhook.job(delivery, now)):
                self.webhook.forget_under_way()
                return

    def _hand_over(self, job: dict[str, object]) -> bool:
        try:
            courier = self._courier or self._hire()
            if courier:
                courier.send(job)
        except (CourierLost, OSError) as error:
            log.error("what goes out of the house cannot be carried: %r", error)  # noqa: TRY400 - the error says it
            self._lost_at = monotonic()
            return False
        return courier is not None

    def _hire(self) -> Courier | None:
        if monotonic() - self._lost_at < AGAIN_S:
            return None
        self._courier = self.start()
        self.spawn(self._listen, self._courier)
        return self._courier

    def _listen(self, courier: Courier) -> None:
        for answer in courier.answers():
            self._answers.append(answer)
        if not self.stopped:
            log.error("the process that carries messages out has ended; it is started again")
            self._courier, self._lost_at = None, monotonic()
            self.pushes.forget_under_way()
            if self.webhook:
                self.webhook.forget_under_way()


def delivery_view(hall: Hall, delivery: Delivery) -> View:
    """For an administrator: without the body."""
    view = asdict(delivery) | {"at": iso(hall, delivery.at), "next_at": None}
    if delivery.status == "waiting":
        view["next_at"] = iso(hall, delivery.next_at)
    del view["body"]
    return view
