"""The floor: the barest Flask-SocketIO program that does what cannot be left out.

One POST commits one row with synchronous=FULL and emits one small message to every client.
Run as `python -m bench.floor PORT DATABASE`.
"""

import sys


def main(port: int, path: str) -> None:
    from app import server  # noqa: PLC0415 - patches first, the same way as the hub

    server.patch(None)
    import sqlite3  # noqa: PLC0415

    import eventlet  # noqa: PLC0415
    import eventlet.wsgi  # noqa: PLC0415
    from flask import Flask  # noqa: PLC0415
    from flask_socketio import SocketIO  # noqa: PLC0415

    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE press (seq INTEGER PRIMARY KEY, counter INTEGER)")
    app = Flask(__name__)
    socketio = SocketIO(app, async_mode="eventlet")

    @app.post("/press/<int:counter>")
    def press(counter: int) -> dict[str, int]:
        seq = db.execute("INSERT INTO press (counter) VALUES (?)", (counter,)).lastrowid or 0
        socketio.emit("event", {"type": "TicketCalled", "seq": seq, "counter": counter})
        return {"seq": seq}

    @socketio.on("join")
    def join(_payload: object) -> None:
        socketio.emit("snapshot", {"seq": 0})

    listener = eventlet.listen(("127.0.0.1", port), backlog=1024)
    print("ready", flush=True)
    eventlet.wsgi.server(listener, app, log_output=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
