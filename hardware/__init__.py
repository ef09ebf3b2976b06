"""The agent between the hub's feed and what hangs on the wall: LED boards now; printers, keypads and scanners next.

It runs as its own process and is a client of the feed like any screen. From the wire upwards:

    checksums, frames, rtu    bytes of a protocol, pure
    charset, boards           what a board shows for a counter, pure
    drivers/                  one file a family: state -> frames, reply -> verdict, pure
    ports, virtual            what bytes are written to: a serial port, a socket, a simulated line
    slots, bus                one thread a line; the latest state wins per board
    hall, link, agent         following the hub's feed and telling it how the boards are
"""
