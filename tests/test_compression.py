"""Files made small once and handed out many times."""

from io import BytesIO

import brotli
from flask import Flask, Response
from werkzeug.wsgi import FileWrapper

from app.compression import Compression

TEXT = b"// queue\n" * 200


def test_a_file_that_is_handed_out_from_memory_is_not_left_open() -> None:
    flask, files = Flask(__name__), [BytesIO(TEXT), BytesIO(TEXT)]
    Compression().register(flask)
    unsent = iter(files)

    @flask.get("/queue.js")
    def queue_script() -> Response:
        answer = Response(FileWrapper(next(unsent)), mimetype="text/javascript", direct_passthrough=True)
        answer.set_etag("one")
        return answer

    for file in files:
        answer = flask.test_client().get("/queue.js", headers={"Accept-Encoding": "br"})
        assert brotli.decompress(answer.data) == TEXT
        answer.close()
        assert file.closed
