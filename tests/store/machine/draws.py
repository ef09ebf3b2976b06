"""What a rule draws: by chance, but mostly what is there."""

from hypothesis import strategies as st

from app.core import commands as cmd

CODES = ("HT", "DD", "XD", "TH")
services = st.sampled_from((*CODES, "HT", "HT", "DD"))
counters = st.sampled_from((1, 1, 1, 2, 2, 3, 4))
nth = st.integers(0, 40)
clerks = st.sampled_from((None, "lan", "minh", "hoa"))
seen = st.sampled_from((None, None, None, "what is there", "", "somebody else"))
priorities = st.sampled_from((None, None, "elderly", "elderly", "elderly", "vip"))
own = st.lists(services, max_size=2).map(tuple)
then = st.sampled_from(((), ("HT",), ("DD",), ("DD",), ("DD", "XD"), ("DD", "DD"), ("ZZ",)))
served = st.tuples(own, own)
a_while = st.sampled_from((0, 0.2, 1, 1, 5, 5, 5, 60, 900))
dossiers = st.tuples(*[st.sampled_from((0, 0, 1, 3, 100))] * 5)
PRESSES = (cmd.CallNext, cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Arrive, cmd.Finish, cmd.Miss, cmd.Park)
ENDS = (cmd.Arrive, cmd.Finish, cmd.Miss, cmd.Miss, cmd.Park, cmd.Park, cmd.Recall)
