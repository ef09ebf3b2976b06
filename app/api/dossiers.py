"""Dossiers from a file of the dossier system."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from app import dossier_file
from app.api.describing import CSV, Query
from app.api.routes import actor, answer, parts, route
from app.api.shapes import ImportedOut
from app.core.permissions import LEADERS

dossiers = Blueprint("dossiers", __name__)
DEFAULT_NAME = "dossiers.csv"
FILE = Query("file", "What the file is called, for the report of its mistakes.")
DRY_RUN = Query("dry_run", "1: only say what would change.", {"type": "string", "enum": ["0", "1"]})


@route(dossiers, "POST", "/dossiers", gives=ImportedOut, roles=LEADERS, queries=(FILE, DRY_RUN), files=(CSV,))
def take() -> Response:
    """Take over a CSV file (the body, at most 5 MB); with a mistake in it, nothing.

    `dry_run=1` only says what would change.
    """
    request.max_content_length = dossier_file.LARGEST
    data = request.get_data()
    if len(data) >= dossier_file.LARGEST:  # a chunked body that goes on is cut there without a word
        raise RequestEntityTooLarge
    name = request.args.get("file", DEFAULT_NAME)
    dry_run = request.args.get("dry_run", "") not in ("", "0")
    run = parts().accounts.run_blocking  # a long file takes a second to read, and nobody who presses waits for it
    return answer(dossier_file.take(parts().hub, data, name, actor(), dry_run=dry_run, run=run))
