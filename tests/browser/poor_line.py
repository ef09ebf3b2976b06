"""A poor line to a hub: a proxy with a delay, a narrow band that all connections share, and segments that are lost.

What TCP makes of a loss is played here: the segment comes a round trip later (fast retransmission), and all that follow
it on the same connection wait for it; a lost SYN costs a second (RFC 6298). Not played: slow start, which a page of a
few kilobytes does not leave, and loss among the acknowledgements, which TCP mends by itself.
"""

import asyncio
import contextlib
import threading
from dataclasses import dataclass, field
from random import Random
from typing import Self

SEGMENT = 1400
SYN_AGAIN_S = 1.0


@dataclass
class PoorLine:
    """To `port` of this machine. Seconds, bytes a second, a share of segments lost. `down`: bytes to the phone."""

    port: int
    round_trip_s: float = 0.4
    bytes_a_second: float = 50_000
    loss: float = 0.05
    seed: int = 1
    down: int = field(default=0, init=False)
    here: int = field(default=0, init=False)
    _free_at: dict[bool, float] = field(default_factory=lambda: {True: 0.0, False: 0.0}, init=False)

    def __enter__(self) -> Self:
        self._random = Random(self.seed)  # noqa: S311 - a line, no secret
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.here}"

    def _run(self, ready: threading.Event) -> None:
        self._loop.run_until_complete(self._serve(ready))
        self._loop.close()

    async def _serve(self, ready: threading.Event) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.here = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # for the transports to close

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = self._random.random() < self.loss
        with contextlib.suppress(OSError, asyncio.CancelledError):  # cancelled only at the end of all
            await asyncio.sleep(self.round_trip_s + SYN_AGAIN_S * lost)
            theirs, ours = await asyncio.open_connection("127.0.0.1", self.port)
            up = asyncio.create_task(self._carry(reader, ours, down=False))
            try:
                await self._carry(theirs, writer, down=True)
            finally:
                up.cancel()
                ours.close()
                writer.close()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, down: bool) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(under_way, sink))
        last = 0.0
        with contextlib.suppress(OSError):
            while data := await source.read(SEGMENT):
                last = max(last, self._arrival(len(data), down=down))
                under_way.put_nowait((last, data))
                self.down += len(data) if down else 0
        under_way.put_nowait((last, b""))
        await arriving

    def _arrival(self, size: int, *, down: bool) -> float:
        now = self._loop.time()
        self._free_at[down] = max(now, self._free_at[down]) + size / self.bytes_a_second
        lost = self._random.random() < self.loss
        return self._free_at[down] + self.round_trip_s / 2 + self.round_trip_s * lost

    async def _arrive(self, under_way: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while True:
                at, data = await under_way.get()
                await asyncio.sleep(max(0.0, at - self._loop.time()))
                if not data:
                    break
                sink.write(data)
        sink.close()
