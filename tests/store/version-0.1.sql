BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'toiluot','first_schema','2026-11-22 03:13:15.776252+00:00');
CREATE TABLE answer (
    key         TEXT PRIMARY KEY,        -- actor and Idempotency-Key
    fingerprint TEXT    NOT NULL,        -- of the request: one key, one request
    at          INTEGER NOT NULL,
    status      INTEGER NOT NULL,
    body        TEXT    NOT NULL
) WITHOUT ROWID;
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
    press          TEXT                  -- what the last press did, JSON, so that it can be undone
);
INSERT INTO "counter" VALUES(1,'Quầy 1','["HT", "XD"]','[]','open','lan',NULL,'t47',1,1000,'{"verb": "next", "at": 1795482185000, "command": 52, "last": 53, "before": [{"id": "t46", "day": "2026-11-24", "series": 1, "number": "A001", "service": "HT", "origin": "HT", "issued_at": 1795482005000, "since": 1795482065000, "state": "serving", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk", "counter": 1, "queued_at": 1795482005000, "called_at": 1795482005000, "arrived_at": 1795482065000, "ended_at": null, "calls": 1, "back": false, "changed": 51, "place_at": 1795482005000, "place_seq": 47}, {"id": "t47", "day": "2026-11-24", "series": 2, "number": "A002", "service": "HT", "origin": "HT", "issued_at": 1795482005000, "since": 1795482005000, "state": "waiting", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk", "counter": null, "queued_at": 1795482005000, "called_at": null, "arrived_at": null, "ended_at": null, "calls": 0, "back": false, "changed": 48, "place_at": 1795482005000, "place_seq": 48}], "ticket": "t46", "weave": 1000, "since_priority": 1000, "served": 0}');
INSERT INTO "counter" VALUES(2,'Quầy 2','["HT", "DD"]','[]','closed',NULL,NULL,NULL,0,1000,NULL);
INSERT INTO "counter" VALUES(3,'Quầy 3','["DD"]','["HT"]','closed',NULL,NULL,NULL,0,1000,NULL);
INSERT INTO "counter" VALUES(5,'Quầy 5','["TH"]','[]','closed',NULL,NULL,NULL,0,1000,NULL);
CREATE TABLE day (
    day   TEXT PRIMARY KEY,
    first INTEGER NOT NULL               -- seq of its DayStarted
) WITHOUT ROWID;
INSERT INTO "day" VALUES('2026-11-23',1);
INSERT INTO "day" VALUES('2026-11-24',45);
CREATE TABLE device (
    name       TEXT PRIMARY KEY,
    kind       TEXT    NOT NULL CHECK (kind IN ('kiosk', 'display', 'agent', 'robot')),
    page       TEXT    NOT NULL,         -- what a joined screen shows: /tv, /counter-screen/3, …
    token_hash TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
);
CREATE TABLE event (
    seq     INTEGER PRIMARY KEY,         -- 1, 2, 3, … without a gap: how a screen knows that it missed something
    at      INTEGER NOT NULL,
    day     TEXT    NOT NULL,
    type    TEXT    NOT NULL,            -- TicketIssued, TicketCalled, … (app/core/events.py)
    ticket  TEXT,
    counter INTEGER,
    actor   TEXT    NOT NULL,            -- role:name of the person or device
    data    TEXT    NOT NULL,            -- the event's other facts, JSON
    command INTEGER NOT NULL             -- seq of the first event of the same command: one press, one undo
);
INSERT INTO "event" VALUES(1,1795395600000,'2026-11-23','DayStarted',NULL,NULL,'system:hub','{}',1);
INSERT INTO "event" VALUES(2,1795395600000,'2026-11-23','SettingsSaved',NULL,NULL,'system:hub','{"settings": {"name": "Trung tâm Phục vụ hành chính công", "name_en": "Public Service Centre", "notice": "", "timezone": "Asia/Ho_Chi_Minh", "languages": ["vi", "en"], "target_s": 900, "amber_s": 600, "priority_every": 3, "priority_classes": [{"code": "elderly", "name": "Người cao tuổi", "name_en": "Elderly"}], "return_behind": 3, "arrive_after_s": 30, "double_press_ms": 1000, "undo_s": 10, "voice_region": "north", "voice_style": "hybrid", "voice_repeat": 1, "voice_chime": true, "accent": ""}}',2);
INSERT INTO "event" VALUES(3,1795395600000,'2026-11-23','ServiceSaved',NULL,NULL,'system:hub','{"service": {"code": "HT", "letter": "A", "name": "Hộ tịch", "name_en": "", "hint": "", "hint_en": "", "icon": "", "daily_limit": null, "target_s": 900, "position": 0, "active": true}}',3);
INSERT INTO "event" VALUES(4,1795395600000,'2026-11-23','ServiceSaved',NULL,NULL,'system:hub','{"service": {"code": "DD", "letter": "B", "name": "Đất đai", "name_en": "", "hint": "", "hint_en": "", "icon": "", "daily_limit": null, "target_s": 900, "position": 0, "active": true}}',4);
INSERT INTO "event" VALUES(5,1795395600000,'2026-11-23','ServiceSaved',NULL,NULL,'system:hub','{"service": {"code": "XD", "letter": "C", "name": "Xây dựng", "name_en": "", "hint": "", "hint_en": "", "icon": "", "daily_limit": null, "target_s": 900, "position": 0, "active": true}}',5);
INSERT INTO "event" VALUES(6,1795395600000,'2026-11-23','CounterSaved',NULL,1,'system:hub','{"name": "Quầy 1", "own": ["HT"], "help": ["DD"]}',6);
INSERT INTO "event" VALUES(7,1795395600000,'2026-11-23','CounterSaved',NULL,2,'system:hub','{"name": "Quầy 2", "own": ["HT", "DD"], "help": []}',7);
INSERT INTO "event" VALUES(8,1795395600000,'2026-11-23','CounterSaved',NULL,3,'system:hub','{"name": "Quầy 3", "own": ["DD"], "help": ["HT"]}',8);
INSERT INTO "event" VALUES(9,1795395600000,'2026-11-23','CounterOpened',NULL,1,'system:hub','{"clerk": "lan"}',9);
INSERT INTO "event" VALUES(10,1795395600000,'2026-11-23','TicketIssued','t9',NULL,'system:hub','{"service": "HT", "series": 1, "number": "A001", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',10);
INSERT INTO "event" VALUES(11,1795395600000,'2026-11-23','TicketIssued','t10',NULL,'system:hub','{"service": "HT", "series": 2, "number": "A002", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',11);
INSERT INTO "event" VALUES(12,1795395600000,'2026-11-23','TicketIssued','t11',NULL,'system:hub','{"service": "HT", "series": 3, "number": "A003", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',12);
INSERT INTO "event" VALUES(13,1795395600000,'2026-11-23','TicketIssued','t12',NULL,'system:hub','{"service": "HT", "series": 4, "number": "A004", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',13);
INSERT INTO "event" VALUES(14,1795395605000,'2026-11-23','TicketCalled','t9',1,'system:hub','{"reason": {"code": "oldest", "waited_s": 5, "service": "HT"}}',14);
INSERT INTO "event" VALUES(15,1795395610000,'2026-11-23','TicketRecalled','t9',1,'system:hub','{}',15);
INSERT INTO "event" VALUES(16,1795395615000,'2026-11-23','CitizenArrived','t9',1,'system:hub','{}',16);
INSERT INTO "event" VALUES(17,1795395620000,'2026-11-23','TicketParked','t9',1,'system:hub','{}',17);
INSERT INTO "event" VALUES(18,1795395625000,'2026-11-23','TicketReturned','t9',NULL,'system:hub','{"place_at": 1795395600000}',18);
INSERT INTO "event" VALUES(19,1795395630000,'2026-11-23','TicketCalled','t9',1,'system:hub','{"reason": {"code": "back", "waited_s": 30, "service": "HT"}}',19);
INSERT INTO "event" VALUES(20,1795395635000,'2026-11-23','PressUndone',NULL,1,'system:hub','{"verb": "next", "first": 19, "last": 19}',20);
INSERT INTO "event" VALUES(21,1795395640000,'2026-11-23','TicketCalled','t9',1,'system:hub','{"reason": {"code": "back", "waited_s": 40, "service": "HT"}}',21);
INSERT INTO "event" VALUES(22,1795395645000,'2026-11-23','TicketTransferred','t9',1,'system:hub','{"service": "DD"}',22);
INSERT INTO "event" VALUES(23,1795395650000,'2026-11-23','TicketCalled','t10',1,'system:hub','{"reason": {"code": "oldest", "waited_s": 50, "service": "HT"}}',23);
INSERT INTO "event" VALUES(24,1795395655000,'2026-11-23','TicketMissed','t10',1,'system:hub','{}',24);
INSERT INTO "event" VALUES(25,1795395660000,'2026-11-23','TicketClosed','t10',NULL,'system:hub','{}',25);
INSERT INTO "event" VALUES(26,1795395665000,'2026-11-23','TicketCalled','t12',1,'system:hub','{"reason": {"code": "picked", "waited_s": 65, "service": "HT"}}',26);
INSERT INTO "event" VALUES(27,1795395670000,'2026-11-23','TicketFinished','t12',1,'system:hub','{}',27);
INSERT INTO "event" VALUES(28,1795395675000,'2026-11-23','TicketCancelled','t11',NULL,'system:hub','{}',28);
INSERT INTO "event" VALUES(29,1795395680000,'2026-11-23','CounterPaused',NULL,1,'system:hub','{"until": "13:00"}',29);
INSERT INTO "event" VALUES(30,1795395685000,'2026-11-23','CounterOpened',NULL,1,'system:hub','{"clerk": "lan"}',30);
INSERT INTO "event" VALUES(31,1795395690000,'2026-11-23','CounterServicesSet',NULL,1,'system:hub','{"own": ["HT", "XD"], "help": []}',31);
INSERT INTO "event" VALUES(32,1795395695000,'2026-11-23','SettingsSaved',NULL,NULL,'system:hub','{"settings": {"name": "Trung tâm Phục vụ hành chính công", "name_en": "Public Service Centre", "notice": "", "timezone": "Asia/Ho_Chi_Minh", "languages": ["vi", "en"], "target_s": 900, "amber_s": 600, "priority_every": 3, "priority_classes": [{"code": "elderly", "name": "Người cao tuổi", "name_en": "Elderly"}], "return_behind": 3, "arrive_after_s": 30, "double_press_ms": 1000, "undo_s": 10, "voice_region": "north", "voice_style": "hybrid", "voice_repeat": 1, "voice_chime": true, "accent": ""}}',32);
INSERT INTO "event" VALUES(33,1795395700000,'2026-11-23','ServiceSaved',NULL,NULL,'system:hub','{"service": {"code": "TH", "letter": "D", "name": "Thuế", "name_en": "", "hint": "", "hint_en": "", "icon": "", "daily_limit": null, "target_s": 900, "position": 0, "active": true}}',33);
INSERT INTO "event" VALUES(34,1795395705000,'2026-11-23','ServiceRemoved',NULL,NULL,'system:hub','{"service": "TH"}',34);
INSERT INTO "event" VALUES(35,1795395710000,'2026-11-23','ServiceSaved',NULL,NULL,'system:hub','{"service": {"code": "TH", "letter": "D", "name": "Thuế", "name_en": "", "hint": "", "hint_en": "", "icon": "", "daily_limit": null, "target_s": 900, "position": 0, "active": true}}',35);
INSERT INTO "event" VALUES(36,1795395710000,'2026-11-23','CounterSaved',NULL,4,'system:hub','{"name": "Quầy 4", "own": ["TH"], "help": []}',35);
INSERT INTO "event" VALUES(37,1795395715000,'2026-11-23','CounterRemoved',NULL,4,'system:hub','{}',37);
INSERT INTO "event" VALUES(38,1795395720000,'2026-11-23','CounterSaved',NULL,5,'system:hub','{"name": "Quầy 5", "own": ["TH"], "help": []}',38);
INSERT INTO "event" VALUES(39,1795395725000,'2026-11-23','CounterClosed',NULL,1,'system:hub','{}',39);
INSERT INTO "event" VALUES(40,1795395730000,'2026-11-23','Noted',NULL,NULL,'system:hub','{"what": "person added", "name": "lan", "detail": ""}',40);
INSERT INTO "event" VALUES(41,1795395735000,'2026-11-23','TicketIssued','left over',NULL,'system:hub','{"service": "HT", "series": 5, "number": "A005", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',41);
INSERT INTO "event" VALUES(42,1795395735000,'2026-11-23','CatalogueReplaced',NULL,NULL,'system:hub','{"procedures": [["1.1", "HT"]]}',42);
INSERT INTO "event" VALUES(43,1795482005000,'2026-11-23','TicketClosed','t9',NULL,'system:hub','{}',43);
INSERT INTO "event" VALUES(44,1795482005000,'2026-11-23','TicketClosed','left over',NULL,'system:hub','{}',43);
INSERT INTO "event" VALUES(45,1795482005000,'2026-11-24','DayStarted',NULL,NULL,'system:hub','{}',43);
INSERT INTO "event" VALUES(46,1795482005000,'2026-11-24','CounterOpened',NULL,1,'system:hub','{"clerk": "lan"}',46);
INSERT INTO "event" VALUES(47,1795482005000,'2026-11-24','TicketIssued','t46',NULL,'system:hub','{"service": "HT", "series": 1, "number": "A001", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',47);
INSERT INTO "event" VALUES(48,1795482005000,'2026-11-24','TicketIssued','t47',NULL,'system:hub','{"service": "HT", "series": 2, "number": "A002", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',48);
INSERT INTO "event" VALUES(49,1795482005000,'2026-11-24','TicketIssued','t48',NULL,'system:hub','{"service": "DD", "series": 1, "number": "B001", "procedure": null, "priority": null, "language": "vi", "channel": "kiosk"}',49);
INSERT INTO "event" VALUES(50,1795482005000,'2026-11-24','TicketCalled','t46',1,'system:hub','{"reason": {"code": "oldest", "waited_s": 0, "service": "HT"}}',50);
INSERT INTO "event" VALUES(51,1795482065000,'2026-11-24','CitizenArrived','t46',1,'system:hub','{}',51);
INSERT INTO "event" VALUES(52,1795482185000,'2026-11-24','TicketFinished','t46',1,'system:hub','{}',52);
INSERT INTO "event" VALUES(53,1795482185000,'2026-11-24','TicketCalled','t47',1,'system:hub','{"reason": {"code": "oldest", "waited_s": 180, "service": "HT"}}',52);
CREATE TABLE person (
    name          TEXT PRIMARY KEY,
    full_name     TEXT    NOT NULL,
    role          TEXT    NOT NULL CHECK (role IN ('clerk', 'supervisor', 'admin')),
    password_hash TEXT    NOT NULL,      -- argon2id
    active        INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
);
CREATE TABLE procedure (
    code       TEXT PRIMARY KEY,         -- the official code, 1.001193
    service    TEXT NOT NULL,
    name       TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    field      TEXT NOT NULL,
    time_limit TEXT NOT NULL,
    documents  TEXT NOT NULL,
    source     TEXT NOT NULL,
    verified   INTEGER NOT NULL
);
INSERT INTO "procedure" VALUES('1.1','HT','Khai sinh','','','','','',1);
CREATE TABLE secret (
    name       TEXT PRIMARY KEY,
    value      TEXT    NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE service (
    code           TEXT PRIMARY KEY,
    letter         TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    name_en        TEXT    NOT NULL,
    hint           TEXT    NOT NULL,     -- what belongs to it, in the citizen's words
    hint_en        TEXT    NOT NULL,
    icon           TEXT    NOT NULL,
    daily_limit    INTEGER,
    target_s       INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    active         INTEGER NOT NULL,
    since_priority INTEGER NOT NULL      -- ordinary calls since the last priority one: the weave
);
INSERT INTO "service" VALUES('DD','B','Đất đai','','','','',NULL,900,0,1,1000);
INSERT INTO "service" VALUES('HT','A','Hộ tịch','','','','',NULL,900,0,1,1000);
INSERT INTO "service" VALUES('XD','C','Xây dựng','','','','',NULL,900,0,1,1000);
INSERT INTO "service" VALUES('TH','D','Thuế','','','','',NULL,900,0,1,1000);
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES person (name) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE setting (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value TEXT NOT NULL
);
INSERT INTO "setting" VALUES(1,'{"name": "Trung tâm Phục vụ hành chính công", "name_en": "Public Service Centre", "notice": "", "timezone": "Asia/Ho_Chi_Minh", "languages": ["vi", "en"], "target_s": 900, "amber_s": 600, "priority_every": 3, "priority_classes": [{"code": "elderly", "name": "Người cao tuổi", "name_en": "Elderly"}], "return_behind": 3, "arrive_after_s": 30, "double_press_ms": 1000, "undo_s": 10, "voice_region": "north", "voice_style": "hybrid", "voice_repeat": 1, "voice_chime": true, "accent": ""}');
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
    priority   TEXT,                     -- code of a priority class
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
    PRIMARY KEY (day, id)
) WITHOUT ROWID;
INSERT INTO "ticket" VALUES('2026-11-23','left over',5,'A005','HT','HT','closed',1795395735000,1795395735000,41,1795482005000,NULL,NULL,'vi','kiosk',NULL,1795395735000,NULL,NULL,1795482005000,0,0,44);
INSERT INTO "ticket" VALUES('2026-11-23','t10',2,'A002','HT','HT','closed',1795395600000,1795395600000,11,1795395660000,NULL,NULL,'vi','kiosk',1,NULL,1795395650000,NULL,1795395660000,1,0,25);
INSERT INTO "ticket" VALUES('2026-11-23','t11',3,'A003','HT','HT','cancelled',1795395600000,1795395600000,12,1795395675000,NULL,NULL,'vi','kiosk',NULL,1795395600000,NULL,NULL,1795395675000,0,0,28);
INSERT INTO "ticket" VALUES('2026-11-23','t12',4,'A004','HT','HT','finished',1795395600000,1795395600000,13,1795395670000,NULL,NULL,'vi','kiosk',1,NULL,1795395665000,NULL,1795395670000,1,0,27);
INSERT INTO "ticket" VALUES('2026-11-23','t9',1,'A001','DD','HT','closed',1795395600000,1795395600000,10,1795482005000,NULL,NULL,'vi','kiosk',NULL,1795395645000,NULL,NULL,1795482005000,3,0,43);
INSERT INTO "ticket" VALUES('2026-11-24','t46',1,'A001','HT','HT','finished',1795482005000,1795482005000,47,1795482185000,NULL,NULL,'vi','kiosk',1,NULL,1795482005000,1795482065000,1795482185000,1,0,52);
INSERT INTO "ticket" VALUES('2026-11-24','t47',2,'A002','HT','HT','called',1795482005000,1795482005000,48,1795482185000,NULL,NULL,'vi','kiosk',1,1795482005000,1795482185000,NULL,NULL,1,0,53);
INSERT INTO "ticket" VALUES('2026-11-24','t48',1,'B001','DD','DD','waiting',1795482005000,1795482005000,49,1795482005000,NULL,NULL,'vi','kiosk',NULL,1795482005000,NULL,NULL,NULL,0,0,49);
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
INSERT INTO "visit" VALUES(17,'t9','2026-11-23','HT',1,'lan',1795395605000,1795395620000,5000,5000,'parked');
INSERT INTO "visit" VALUES(22,'t9','2026-11-23','HT',1,'lan',1795395640000,1795395645000,15000,0,'transferred');
INSERT INTO "visit" VALUES(24,'t10','2026-11-23','HT',1,'lan',1795395650000,1795395655000,50000,NULL,'missed');
INSERT INTO "visit" VALUES(27,'t12','2026-11-23','HT',1,'lan',1795395665000,1795395670000,65000,0,'finished');
INSERT INTO "visit" VALUES(52,'t46','2026-11-24','HT',1,'lan',1795482005000,1795482185000,0,120000,'finished');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE UNIQUE INDEX ticket_number ON ticket (day, number);
CREATE UNIQUE INDEX counter_ticket ON counter (ticket) WHERE ticket IS NOT NULL;
COMMIT;
