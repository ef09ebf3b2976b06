"""What leaders write: settings, services, counters, skills, a rota, times to book."""

from dataclasses import replace
from functools import partial

from centre import SETTINGS
from hypothesis import strategies as st
from machine.draws import CODES, counters, own, services

from app.core import commands as cmd
from app.core.centre import ClosedDays, Service, Shift, SlotRule

OPEN = {"home_numbers": True, "home_from": "00:00", "home_until": "23:59", "appointments": True, "home_visits": True}
new_settings = st.builds(
    partial(replace, SETTINGS, **OPEN),
    priority_every=st.integers(0, 4),
    return_behind=st.integers(0, 3),
    ratings=st.sampled_from((True, True, True, False)),
    timezone=st.sampled_from(("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh", "Pacific/Auckland", "Mars/Phobos")),
)
new_services = st.builds(
    Service,
    st.sampled_from(CODES),
    st.sampled_from("ABCDE"),
    st.just("Mới"),
    daily_limit=st.sampled_from((None, None, 5, -1)),
    active=st.sampled_from((True, True, True, False)),
)
shifts = st.builds(
    Shift,
    st.sampled_from((0, 0, 1, 5, 7)),
    counters,
    st.sampled_from(("", "", "lan", "minh", "hoa")),
    st.sampled_from(("07:30", "11:00", "13:00", "25:00")),
    st.sampled_from(("11:00", "13:00", "17:00", "17:00")),
)
rotas = st.builds(cmd.SaveRota, st.lists(shifts, max_size=3).map(tuple))
rules = st.builds(
    SlotRule,
    st.integers(0, 6),
    services,
    st.just("09:00"),
    st.sampled_from(("11:00", "11:00", "11:00", "08:00")),
    st.just(60),
    st.sampled_from((1, 2)),
)
slots = st.builds(cmd.SaveSlots, st.lists(rules, min_size=1, max_size=3).map(tuple))
skills = st.builds(cmd.SaveSkills, st.sampled_from(("lan", "minh", "hoa", "")), own)
closed_days = st.builds(
    ClosedDays,
    st.sampled_from(("2026-11-24", "2026-11-26", "2026-12-24", "2026-12-24", "Tết")),
    st.sampled_from(("2026-11-24", "2026-11-26", "2026-12-25")),
    st.sampled_from(("", "Sơn lại sảnh")),
)
closures = st.builds(cmd.SaveClosedDays, st.lists(closed_days, max_size=2).map(tuple))
catalogues = st.sampled_from(((), (("1.1", "HT"),), (("1.1", "HT"),), (("1.1", "HT"), ("2.2", "TH"))))
replaced = st.builds(cmd.ReplaceCatalogue, catalogues)
single_edits = st.one_of(
    st.builds(cmd.SaveSettings, new_settings),
    st.builds(cmd.SaveService, new_services),
    st.builds(cmd.RemoveService, st.sampled_from(("TH", "XD", "XD", "DD"))),
    st.builds(cmd.SaveCounter, st.sampled_from((3, 4, 5, 100)), st.just("Quầy"), own, own),
    st.builds(cmd.RemoveCounter, st.sampled_from((2, 3, 4, 5))),
    skills,
    rotas,
    st.just(cmd.Note("person added", "lan", "clerk")),
)
edits = st.one_of(
    single_edits,
    replaced,
    replaced,
    st.builds(cmd.Together, st.lists(single_edits, min_size=2, max_size=3).map(tuple)),
    st.sampled_from(("TH", "XD")).flatmap(lambda code: st.just(_gives_way(code))),
)


def _gives_way(code: str) -> cmd.Together:
    """A service is removed and another takes its letter and its counter, at once."""
    new = "TH" if code == "XD" else "XD"
    taken = cmd.SaveService(Service(new, "C", "Mới")), cmd.SaveCounter(4, "Quầy 4", (new,), ())
    return cmd.Together((cmd.SaveCounter(4, "Quầy 4", ("HT",), ()), cmd.RemoveService(code), *taken))
