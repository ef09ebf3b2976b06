"""People, who sign in by password and are known by a cookie. Secrets are kept hashed, and only hashed."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlite_utils import Database

from app.core import commands as cmd
from app.core.errors import Conflict, Forbidden, Invalid, Refused, Unknown
from app.core.permissions import SYSTEM, Actor, Role
from app.hub import Hub
from app.store import accounts as rows
from app.store.accounts import Person
from app.store.log import Also

T = TypeVar("T")
SESSION_MS = 14 * 3600 * 1000  # one long working day; nobody stays signed in overnight
SHORTEST_PASSWORD = 8  # NIST SP 800-63B (revision 3), 5.1.1.2: 8 characters minimum
SETUP = "setup"


class WrongPassword(Refused):
    code: ClassVar[str] = "wrong_password"
    text: ClassVar[str] = "The name or the password is wrong."


class WeakPassword(Invalid):
    code = "weak_password"
    text = "A password needs at least %(least)s characters."


class BadName(Invalid):
    code = "bad_name"
    text = "A name has 1 to 40 letters, digits, dots, dashes or underscores."


class NameTaken(Conflict):
    code = "name_taken"
    text = "The name %(name)s is taken."


class UnknownPerson(Unknown):
    code = "unknown_person"
    text = "There is nobody with the name %(name)s."


class SetupDone(Forbidden):
    code = "setup_done"
    text = "This set-up link is not valid, or was used already."


class LastAdmin(Conflict):
    code = "last_admin"
    text = "%(name)s is the last administrator and must stay one."


@dataclass
class Accounts:
    """`run_blocking` runs a slow function off the server's loop (hashing takes tens of milliseconds by design).

    Others act meanwhile. So whatever is written is judged anew afterwards, under the hub's lock.
    """

    hub: Hub
    run_blocking: Callable[[Callable[[], bool | str]], bool | str] = lambda function: function()
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _decoy: str = ""

    # People

    def sign_in(self, name: str, password: str) -> tuple[Person, str]:
        """The person and a new session's token. Raises WrongPassword, in the same time for an unknown name."""
        found = rows.person(self._reads, name)
        if not self._matches(found, password) or found is None:
            raise WrongPassword
        token = secrets.token_urlsafe(32)
        with self.hub.lock:
            person, now = self._still(found), self.hub.now()
            session = rows.Session(digest(token), name, now, now + SESSION_MS)
            self._note("signed in", name, also=rows.put_session(session, now))
        return person, token

    def sign_out(self, token: str) -> None:
        person = self.person_of(token)
        if person:
            self._note("signed out", person.name, also=rows.drop_session(digest(token)))

    def person_of(self, token: str) -> Person | None:
        return rows.person_of_session(self._reads, digest(token), self.hub.now())

    def people(self) -> list[Person]:
        return rows.people(self._reads)

    def full_name(self, name: str) -> str:
        person = rows.person(self._reads, name)
        return person.full_name if person else name

    def save_person(
        self, actor: Actor, name: str, full_name: str, role: Role, *, active: bool = True, password: str | None = None
    ) -> Person:
        """Add or change a person; a new one needs a password. Raises BadName, WeakPassword or LastAdmin."""
        check_name(name)
        password_hash = self._hash(password) if password is not None else None
        with self.hub.lock:
            known = rows.person(self._reads, name)
            if known and known.role == Role.ADMIN and (role is not Role.ADMIN or not active):
                self._check_another_admin(name)
            kept = password_hash or (known.password_hash if known else "")
            if not kept:
                raise WeakPassword(least=SHORTEST_PASSWORD)
            created_at = known.created_at if known else self.hub.now()
            person = Person(name, full_name.strip() or name, str(role), kept, active, created_at)
            self._put(person, actor, new_password=password is not None)
        return person

    def _put(self, person: Person, actor: Actor, *, new_password: bool) -> None:
        writes = [rows.put_person(person)]
        if new_password:
            writes.append(rows.drop_sessions_of(person.name))
        state, password = "active" if person.active else "not active", ", new password" if new_password else ""
        self._note("person saved", person.name, f"{person.role}, {state}{password}", actor, also=rows.together(*writes))

    def change_password(self, person: Person, old: str, new: str) -> None:
        """By the person. Raises WrongPassword or WeakPassword; signs out everywhere."""
        if not self._matches(person, old):
            raise WrongPassword
        password_hash = self._hash(new)
        with self.hub.lock:
            changed = replace(self._still(person), password_hash=password_hash)
            writes = rows.together(rows.put_person(changed), rows.drop_sessions_of(person.name))
            self._note("password changed", person.name, also=writes)

    def _still(self, checked: Person) -> Person:
        """The person as of now. Raises WrongPassword where the password that was checked is no longer the one."""
        person = rows.person(self._reads, checked.name)
        if person is None or not person.active or person.password_hash != checked.password_hash:
            raise WrongPassword
        return person

    def check_person(self, name: str) -> None:
        """Raises UnknownPerson where nobody of that name works here (any more)."""
        person = rows.person(self._reads, name)
        if person is None or not person.active:
            raise UnknownPerson(name=name)

    def _check_another_admin(self, name: str) -> None:
        if not any(p.role == Role.ADMIN and p.active and p.name != name for p in self.people()):
            raise LastAdmin(name=name)

    # Set-up

    def setup_token(self) -> str | None:
        """A new one-time token where the centre has no administrator yet; it makes earlier ones invalid."""
        if any(person.role == Role.ADMIN for person in self.people()):
            return None
        token = secrets.token_urlsafe(24)
        self._note("set-up link made", "", also=rows.put_secret(SETUP, digest(token), self.hub.now()))
        return token

    def set_up(self, token: str, name: str, full_name: str, password: str) -> Person:
        """The first administrator. Raises SetupDone, BadName, NameTaken or WeakPassword."""
        self._check_setup(token)
        check_name(name)
        password_hash = self._hash(password)
        with self.hub.lock:
            self._check_setup(token)
            if rows.person(self._reads, name):
                raise NameTaken(name=name)
            person = Person(name, full_name.strip() or name, Role.ADMIN, password_hash, True, self.hub.now())
            self._note("set up", name, "admin", also=rows.together(rows.put_person(person), rows.drop_secret(SETUP)))
        return person

    def _check_setup(self, token: str) -> None:
        kept = rows.secret(self._reads, SETUP)
        if kept is None or not secrets.compare_digest(kept, digest(token)):
            raise SetupDone

    # Within

    @property
    def _reads(self) -> Database:
        return self.hub.store.reads

    def _note(self, what: str, name: str, detail: str = "", actor: Actor = SYSTEM, *, also: Also) -> None:
        self.hub.handle(cmd.Note(what, name, detail), actor, also=also)

    def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise WeakPassword(least=SHORTEST_PASSWORD)
        return str(self.run_blocking(lambda: self.hasher.hash(password)))

    def _matches(self, person: Person | None, password: str) -> bool:
        """For an unknown name the same work is done, so that the time tells nothing."""
        self._decoy = self._decoy or self._hash(secrets.token_urlsafe())
        kept = person.password_hash if person and person.active else self._decoy
        return bool(self.run_blocking(lambda: self._verify(kept, password))) and kept != self._decoy

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self.hasher.verify(kept, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def digest(token: str) -> str:
    """Tokens are long and random, so a plain SHA-256 keeps them (a password needs argon2)."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_name(name: str) -> None:
    if not 1 <= len(name) <= 40 or not all(letter.isalnum() or letter in "._-" for letter in name):  # noqa: PLR2004
        raise BadName
