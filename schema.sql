-- Tới Lượt: every table, index and trigger. One database is one centre.
-- Times are whole milliseconds since the Unix epoch, UTC; `day` is the centre's own date, YYYY-MM-DD.

-- The log: what happened, in order, for ever. Rows of ticket, counter, service, visit, setting, skill, shift, dossiers,
-- advice, booking, slot, closed_days, notice, rating, assistance and the catalogue's (code, service) pairs can be folded from it again; `toiluot check` proves that they agree.
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,         -- 1, 2, 3, … without a gap: how a screen knows that it missed something
    at      INTEGER NOT NULL,
    day     TEXT    NOT NULL,
    type    TEXT    NOT NULL,            -- TicketIssued, TicketCalled, … (app/core/events/)
    ticket  TEXT,
    counter INTEGER,
    actor   TEXT    NOT NULL,            -- role:name of the person or device
    data    TEXT    NOT NULL,            -- the event's other facts, JSON
    command INTEGER NOT NULL             -- seq of the first event of the same command: one press, one undo
);
-- No further index: a press touches few pages, and a day's events lie together.

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

-- Where each day begins in the log: its events, and its visits, are those from here to the next day's.
CREATE TABLE day (
    day   TEXT PRIMARY KEY,
    first INTEGER NOT NULL               -- seq of its DayStarted
) WITHOUT ROWID;

-- One citizen's place: as the last event left it. Kept together by day, so that a long past costs nothing today.
CREATE TABLE ticket (
    day        TEXT    NOT NULL,
    id         TEXT    NOT NULL,         -- public and unguessable
    series     INTEGER NOT NULL,         -- 23 of A023
    number     TEXT    NOT NULL,         -- A023
    service    TEXT    NOT NULL,         -- where it waits or was served; changes on a transfer
    origin     TEXT    NOT NULL,         -- the service that issued it
    state      TEXT    NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'parked', 'missed', 'finished',
                                                 'cancelled', 'closed')),
    issued_at  INTEGER NOT NULL,
    place_at   INTEGER NOT NULL,         -- its age counts from here: kept on a transfer
    place_seq  INTEGER NOT NULL,
    since      INTEGER NOT NULL,         -- of the present state
    procedure  TEXT,
    priority   TEXT,                     -- 'priority'; of which class stands in priority_reason, for the day
    language   TEXT    NOT NULL,
    channel    TEXT    NOT NULL,         -- kiosk, staff, robot, phone
    counter    INTEGER,
    queued_at  INTEGER,
    called_at  INTEGER,
    arrived_at INTEGER,
    ended_at   INTEGER,
    calls      INTEGER NOT NULL,
    back       INTEGER NOT NULL,         -- parked, and the citizen is back
    changed    INTEGER NOT NULL,         -- seq of the last event that moved it
    overrun    TEXT,                     -- why its handling took longer than the target (hall.py:OVERRUN_REASONS)
    "then"     TEXT    NOT NULL DEFAULT '[]',  -- services still to come on this visit, JSON
    dossiers   INTEGER NOT NULL DEFAULT 1,     -- as many as the citizen said to bring
    claimed    INTEGER NOT NULL DEFAULT 0,     -- priority said by the citizen, not confirmed yet
    booking    TEXT,
    rated      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, id)
) WITHOUT ROWID;
-- A number is printed once a day, whatever happens above this line.
CREATE UNIQUE INDEX ticket_number ON ticket (day, number);

-- One stay at one counter, ended: the grain of the reports. An undone press takes its visits away.
CREATE TABLE visit (
    seq       INTEGER PRIMARY KEY,       -- of the event that ended it
    ticket    TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    service   TEXT    NOT NULL,
    counter   INTEGER NOT NULL,
    clerk     TEXT,
    called_at INTEGER NOT NULL,
    ended_at  INTEGER NOT NULL,
    wait_ms   INTEGER,
    handle_ms INTEGER,
    outcome   TEXT    NOT NULL CHECK (outcome IN ('finished', 'missed', 'parked', 'transferred'))
);

-- A queue with its own letter and number series.
CREATE TABLE service (
    code           TEXT PRIMARY KEY,
    letter         TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    name_en        TEXT    NOT NULL,
    hint           TEXT    NOT NULL,     -- what belongs to it, in the citizen's words
    hint_en        TEXT    NOT NULL,
    icon           TEXT    NOT NULL,
    daily_limit    INTEGER,
    target_s       INTEGER NOT NULL,     -- of waiting
    position       INTEGER NOT NULL,
    active         INTEGER NOT NULL,
    since_priority INTEGER NOT NULL,     -- ordinary calls since the last priority one: the weave
    handle_target_s INTEGER NOT NULL DEFAULT 900
);

-- Where a clerk serves.
CREATE TABLE counter (
    number         INTEGER PRIMARY KEY,
    name           TEXT    NOT NULL,
    own            TEXT    NOT NULL,     -- service codes, JSON
    help           TEXT    NOT NULL,     -- service codes, JSON
    state          TEXT    NOT NULL CHECK (state IN ('open', 'paused', 'closed')),
    clerk          TEXT,
    until          TEXT,                 -- HH:MM of the end of a pause, as told to the hall
    ticket         TEXT,
    served         INTEGER NOT NULL,     -- today
    since_priority INTEGER NOT NULL,
    press          TEXT,                 -- what the last press did, JSON, so that it can be undone
    breaks         TEXT    NOT NULL DEFAULT '[]', -- announced for today: [start, end] in ms, JSON
    kind           TEXT    NOT NULL DEFAULT 'desk' CHECK (kind IN ('desk', 'station'))
);
-- A ticket is at one counter at the most.
CREATE UNIQUE INDEX counter_ticket ON counter (ticket) WHERE ticket IS NOT NULL;

-- Which services a clerk is able to do. A clerk without a row: those of the counter.
CREATE TABLE skill (
    clerk    TEXT PRIMARY KEY,           -- sign-in name
    services TEXT NOT NULL               -- service codes, JSON
);

-- The ordinary week, line by line: who sits where, and when. The time between two lines of a counter is a break.
CREATE TABLE shift (
    position INTEGER PRIMARY KEY,
    weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- 0 is Monday
    counter  INTEGER NOT NULL,
    clerk    TEXT    NOT NULL,           -- sign-in name, or empty
    start    TEXT    NOT NULL,           -- HH:MM
    "end"    TEXT    NOT NULL
);

-- What a ticket brought and took home, as the clerk told it at the end.
CREATE TABLE dossiers (
    day                TEXT    NOT NULL,
    ticket             TEXT    NOT NULL,
    counter            INTEGER NOT NULL,
    service            TEXT    NOT NULL,
    received_online    INTEGER NOT NULL,
    received_in_person INTEGER NOT NULL,
    returned_before    INTEGER NOT NULL, -- the promised date
    returned_on        INTEGER NOT NULL,
    returned_after     INTEGER NOT NULL,
    PRIMARY KEY (day, ticket)
) WITHOUT ROWID;

-- Each move that was advised and answered, and what was expected of it.
CREATE TABLE advice (
    day       TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    seq       INTEGER NOT NULL,          -- of the answer
    at        INTEGER NOT NULL,
    counter   INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('give', 'take', 'open', 'break')),
    services  TEXT    NOT NULL,          -- given or taken, JSON
    saved     REAL    NOT NULL,          -- people who will not wait beyond the target
    low       REAL    NOT NULL,
    high      REAL    NOT NULL,
    sure      REAL    NOT NULL,          -- probability that it helps
    costs     TEXT    NOT NULL,          -- [service, minutes by which its mean wait grows], JSON
    horizon_s INTEGER NOT NULL,
    answer    TEXT    NOT NULL CHECK (answer IN ('accepted', 'declined')),
    reason    TEXT,                      -- of declining (hall.py:DECLINE_REASONS)
    by        TEXT    NOT NULL,          -- role:name
    PRIMARY KEY (day, id)
) WITHOUT ROWID;

-- A place that somebody has before being there: a number from home, an appointment, a visit at home. No name: see personal.
CREATE TABLE booking (
    id        TEXT PRIMARY KEY,          -- public and unguessable
    code      TEXT    NOT NULL,          -- six digits, for the kiosk
    kind      TEXT    NOT NULL CHECK (kind IN ('home', 'slot', 'visit')),
    service   TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    at        INTEGER NOT NULL,          -- the time booked, or when its turn is expected
    made_at   INTEGER NOT NULL,
    until     INTEGER,                   -- the last check-in of a number from home
    procedure TEXT,
    language  TEXT    NOT NULL,
    claimed   INTEGER NOT NULL,
    series    INTEGER,                   -- reserved for a number from home
    number    TEXT,
    clerk     TEXT,                      -- who goes to a home visit
    state     TEXT    NOT NULL CHECK (state IN ('booked', 'arrived', 'done', 'cancelled', 'lapsed', 'missed')),
    ticket    TEXT
);
CREATE INDEX booking_day ON booking (day);

-- The times that can be booked, as a week.
CREATE TABLE slot (
    position  INTEGER PRIMARY KEY,
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- 0 is Monday
    service   TEXT    NOT NULL,
    start     TEXT    NOT NULL,          -- HH:MM
    "end"     TEXT    NOT NULL,
    every_min INTEGER NOT NULL,
    capacity  INTEGER NOT NULL
);

-- The days on which the centre is shut.
CREATE TABLE closed_days (
    position INTEGER PRIMARY KEY,
    first    TEXT    NOT NULL,           -- YYYY-MM-DD
    last     TEXT    NOT NULL,
    word     TEXT    NOT NULL,           -- why, for citizens
    word_en  TEXT    NOT NULL
);

-- What the TV shows between calls.
CREATE TABLE notice (
    id    TEXT PRIMARY KEY,
    value TEXT NOT NULL                  -- JSON of app/core/centre.py:Notice
);

-- Who asks for a helper, today.
CREATE TABLE assistance (
    place TEXT PRIMARY KEY,              -- counter:N, kiosk:NAME or robot:NAME
    at    INTEGER NOT NULL
);

-- How many found a service at a counter so. Neither the citizen nor the clerk stands here.
CREATE TABLE rating (
    day     TEXT    NOT NULL,
    service TEXT    NOT NULL,
    counter INTEGER NOT NULL,
    face    INTEGER NOT NULL CHECK (face BETWEEN 1 AND 3),
    reason  TEXT    NOT NULL,            -- of hall.py:RATING_REASONS, or empty
    count   INTEGER NOT NULL,
    PRIMARY KEY (day, service, counter, face, reason)
) WITHOUT ROWID;

-- The next three are about persons, so they are not in the log, and go: at the new day, or on the day told.

-- Of which class a citizen with priority is, for today's staff.
CREATE TABLE priority_reason (
    ticket TEXT PRIMARY KEY,
    reason TEXT NOT NULL                 -- code of a priority class
);

-- One live number per person and service, where the centre wants it: a keyed hash whose key is made anew each day.
CREATE TABLE day_person (
    service TEXT NOT NULL,
    hash    TEXT NOT NULL,
    holder  TEXT NOT NULL,               -- id of the ticket or booking
    PRIMARY KEY (service, hash)
) WITHOUT ROWID;

-- Name, telephone, address and note of a booking, sealed with the key file beside the database.
CREATE TABLE personal (
    booking    TEXT PRIMARY KEY,
    sealed     BLOB NOT NULL,
    keep_until TEXT NOT NULL             -- the last day, YYYY-MM-DD
);

-- Dossiers as the dossier system tells them, imported from its files; not folded from the log.
CREATE TABLE dossier (
    code        TEXT PRIMARY KEY,
    service     TEXT    NOT NULL,
    procedure   TEXT    NOT NULL,
    channel     TEXT    NOT NULL CHECK (channel IN ('online', 'in_person')),
    received_on TEXT    NOT NULL,        -- YYYY-MM-DD, as the next two
    due_on      TEXT,
    returned_on TEXT,
    imported_at INTEGER NOT NULL
);
-- Both hold all that a report asks of a dossier, so that its row is left in peace.
CREATE INDEX dossier_received ON dossier (received_on, channel);
CREATE INDEX dossier_returned ON dossier (returned_on, received_on, due_on);

-- Past months and years added up for the reports; from the rows, and made anew where it is missing.
CREATE TABLE rollup (
    span   TEXT PRIMARY KEY,             -- 2026-11 or 2026
    judged TEXT NOT NULL,                -- the targets and the time zone that it was judged by, as a digest
    sums   TEXT NOT NULL                 -- JSON (app/store/reports/plain.py)
);

-- What a centre decides for itself: one row, JSON of app/core/hall.py:Settings.
CREATE TABLE setting (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value TEXT NOT NULL
);

-- What citizens come for.
CREATE TABLE procedure (
    code       TEXT PRIMARY KEY,         -- the official code, 1.001193
    service    TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    field      TEXT NOT NULL,
    time_limit TEXT NOT NULL,
    documents  TEXT NOT NULL,
    source     TEXT NOT NULL,
    verified   INTEGER NOT NULL,
    online     TEXT NOT NULL DEFAULT '', -- full, partial, no, or not known
    fee        TEXT NOT NULL DEFAULT '', -- in words; empty: not known
    keywords   TEXT NOT NULL DEFAULT ''  -- what people call it in everyday speech, parted by semicolons
);

-- The full text index of the procedures (app/store/search.py), written with them. Words are folded (no marks), phrases
-- parted by |; `marked` holds name and keywords with their marks.
CREATE VIRTUAL TABLE procedure_search USING fts5 (
    code UNINDEXED, name, keywords, english, rest, marked, tokenize = 'unicode61 remove_diacritics 0'
);

-- Each word of the index, and in how many procedures it stands.
CREATE VIRTUAL TABLE procedure_word USING fts5vocab (procedure_search, 'row');

-- Each word of the index as it is spelled and with any one letter left out: how a misspelt word is recognised.
CREATE TABLE procedure_spelling (
    form TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (form, word)
) WITHOUT ROWID;

-- The answer already given to a command, so that a retry gets the same one. Kept for two days.
CREATE TABLE answer (
    key         TEXT PRIMARY KEY,        -- actor and Idempotency-Key
    fingerprint TEXT    NOT NULL,        -- of the request: one key, one request
    at          INTEGER NOT NULL,
    status      INTEGER NOT NULL,
    body        TEXT    NOT NULL
) WITHOUT ROWID;

-- People who sign in.
CREATE TABLE person (
    name          TEXT PRIMARY KEY,
    full_name     TEXT    NOT NULL,
    role          TEXT    NOT NULL CHECK (role IN ('clerk', 'supervisor', 'admin')),
    password_hash TEXT    NOT NULL,      -- argon2id
    active        INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
);

-- Who is signed in: the cookie's token is stored hashed.
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES person (name) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Screens, kiosks, agents and programs: tokens are stored hashed.
CREATE TABLE device (
    name       TEXT PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('kiosk', 'display', 'agent', 'robot')),
    page       TEXT    NOT NULL,         -- what a joined screen shows: /tv, /counter-screen/3, …
    token_hash TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
);

-- Secrets of this centre: the one-time set-up token (hashed).
CREATE TABLE secret (
    name       TEXT PRIMARY KEY,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL
);

-- Messages to the centre's own gateway (docs/webhook.md), and what came of them. Kept for seven days.
CREATE TABLE delivery (
    place    INTEGER PRIMARY KEY,        -- the order in which they were made
    id       TEXT    NOT NULL UNIQUE,    -- the same in every attempt
    ticket   TEXT    NOT NULL,
    event    TEXT    NOT NULL,           -- issued, near, called, …
    at       INTEGER NOT NULL,
    body     TEXT    NOT NULL,           -- JSON, as it is sent
    attempts INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,           -- of the next attempt
    status   TEXT    NOT NULL CHECK (status IN ('waiting', 'done', 'failed')),
    error    TEXT    NOT NULL            -- of the last attempt
);
CREATE INDEX delivery_waiting ON delivery (place) WHERE status = 'waiting';

-- Up to which event of the log deliveries were made: one row.
CREATE TABLE delivered (
    id  INTEGER PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL
);

-- Browsers that are told of a ticket by a web push. They go with the ticket.
CREATE TABLE push (
    ticket    TEXT    NOT NULL,
    endpoint  TEXT    NOT NULL,          -- at the browser's push service
    p256dh    TEXT    NOT NULL,          -- the browser's public key and secret, to encrypt for it
    auth      TEXT    NOT NULL,
    walk_min  INTEGER NOT NULL,          -- the citizen's way back
    made_at   INTEGER NOT NULL,
    near_told INTEGER NOT NULL,
    PRIMARY KEY (ticket, endpoint)
) WITHOUT ROWID;
