"""The agent between the hub and what hangs on the wall: LED boards, ticket printers, keypads, scanners.

It runs as its own process and is a client of the feed like any screen. From the wire upwards:

    protocols/          bytes that several families share, pure
    drivers/            one file a board family: state -> frames, reply -> verdict, pure
    boards/             what a board shows for a counter, pure; and all boards as a part of the agent
    lines/              one thread a serial line; the latest state wins per board
    printers/           a ticket's blocks -> ESC/POS; asking the printer how it is
    keypads/            bytes or key events -> a verb for the hub, and a lamp for the answer
    scanners/           bytes or key events -> a ticket, a dossier, an age
    hid, listening      USB devices that type; reading that comes back after unplugging
    installer/          for whoever hangs a board on the wall
    hall, link, part    following the hub's feed; what a kind of equipment is to the agent
    agent, cli          all of it together
"""
