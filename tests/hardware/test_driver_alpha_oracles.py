"""Our Alpha packets beside those of three programs written by others, byte for byte."""

from boards import board, number
from oracles import ask

from hardware.drivers.alpha import AlphaDriver
from hardware.protocols import alpha
from hardware.protocols.alpha import Packet

TEXTS = ["A012", "7", "B999", "-- --", "Quay 1", " "]
ADDRESSES = ["00", "01", "1F"]

BUILD_TEXTS = """
from alphasign.packet import Packet
def frame(address, text, checksum):
    packet = Packet(type_code=b"Z", address=address)
    return packet.add(command(text), checksum=checksum).to_bytes().replace(b"\\xff", b"").hex()
"""

ALPHASIGNPY = (
    BUILD_TEXTS
    + """
from alphasign.commands import WriteSpecialFunction, WriteText
from alphasign.commands.string_file import ReadString, WriteString
from alphasign.commands.special import ReadSpecialFunction
from alphasign.protocol import DisplayMode, DisplayPosition, FileProtection, FileType
files = [
    dict(label="A", type=FileType.TEXT, size=256, stop_time=0, protection=FileProtection.LOCKED),
    dict(label="a", type=FileType.STRING, size=32, protection=FileProtection.LOCKED),
]
commands = {
    "text": lambda text: WriteText(text, "A", DisplayPosition.MIDDLE_LINE, DisplayMode.HOLD),
    "string": lambda text: WriteString(text, "a"),
    "memory": lambda _: WriteSpecialFunction.configure_memory(files),
    "ack": lambda _: WriteSpecialFunction.enable_ack_nak(True),
}
answers = []
for name, address, text, checksum in asked:
    command = commands[name]
    answers.append(frame(address, text, checksum))
print(json.dumps(answers))
"""
)

PYALPHASIGN = """
from alphasign.command import Command
from alphasign.packet import Packet
answers = []
for _, address, text, checksum in asked:
    command = Command.write_text(text, label="A", position=" ", mode="b")
    command.checksum = checksum
    packet = Packet(type="Z", address=address)
    packet.add_command(command)
    answers.append(packet.to_bytes().replace(b"\\xff", b"").hex())
print(json.dumps(answers))
"""

READERBOARD = """
from readerboard.protocol import frames
files = [
    frames.FileAllocation(b"A", 256, locked=True, schedule=b"FF00"),
    frames.FileAllocation.string(b"a", 32),
]
payloads = {
    "text": lambda text: frames.write_text_file(b"A", text.encode()),
    "string": lambda text: frames.write_string_file(b"a", text.encode()),
    "calling text": lambda _: frames.write_text_file(b"A", b"\\x10a"),
    "clear": lambda _: frames.clear_memory(),
    "memory": lambda _: frames.set_memory_config(files),
    "question": lambda _: frames.read_general_information(),
}
answers = [
    frames.packet(payloads[name](text), sign_type=b"Z", address=address.encode()).hex()
    for name, address, text, _ in asked
]
print(json.dumps(answers))
"""

READ_REPLY = """
from readerboard.protocol import replies
print(json.dumps(replies.parse_general_information(bytes.fromhex(reply)).clock))
"""

Asked = tuple[str, str, str, bool]
MEMORY = alpha.CLEAR_MEMORY + alpha.text_entry("A", 256) + alpha.string_entry("a", 32)


def ours(asked: Asked) -> str:
    name, address, text, with_sum = asked
    payloads = {
        "text": alpha.write_text("A", alpha.POSITIONS["middle"], alpha.HOLD, text.encode()),
        "string": alpha.write_string("a", text.encode()),
        "calling text": alpha.write_text("A", alpha.POSITIONS["middle"], alpha.HOLD, b"\x10a"),
        "clear": alpha.CLEAR_MEMORY,
        "memory": MEMORY,
        "ack": alpha.ACK_ON,
        "question": alpha.ASK_GENERAL,
    }
    return Packet("Z", address, payloads[name], with_sum).encode().hex()


def every(names: list[str], *, with_sum: list[bool]) -> list[Asked]:
    return [(name, address, text, s) for name in names for address in ADDRESSES for text in TEXTS for s in with_sum]


def test_our_packets_are_those_of_alphasignpy():
    asked = every(["text", "string", "memory", "ack"], with_sum=[True, False])
    assert ask("alphasignpy", ALPHASIGNPY, asked=asked) == [ours(each) for each in asked]


def test_our_packets_are_those_of_pyalphasign():
    asked = every(["text"], with_sum=[True, False])
    assert ask("pyalphasign", PYALPHASIGN, asked=asked) == [ours(each) for each in asked]


def test_our_packets_are_those_of_readerboard_but_for_its_sixth_leading_nul():
    asked = every(["text", "string", "calling text", "clear", "memory", "question"], with_sum=[False])
    assert ask("readerboard", READERBOARD, asked=asked) == ["00" + ours(each) for each in asked]


def test_what_the_driver_sends_is_made_of_these_packets():
    driver = board("alpha", "alpha")
    assert isinstance(driver, AlphaDriver)
    sent = [frame.data.hex() for frame in driver.setup() + driver.frames(number("A012"))]
    names = ["clear", "memory", "calling text", "string"]
    assert sent == [ours((name, "01", "A012", False)) for name in names]


def test_what_a_simulated_sign_says_of_itself_is_read_by_readerboard():
    driver = board("alpha", "alpha")
    question = driver.probe()
    assert question is not None
    reply = driver.simulate().receive(question.data)
    assert ask("readerboard", READ_REPLY, reply=reply.hex()) == "12:30"
