"""The words of a report for the codes in it; each is a text of the catalogue."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OVERRUNS = {
    "complex": "A difficult dossier",
    "papers": "Papers were missing",
    "system": "System or network trouble",
    "several": "Several dossiers at once",
    "guidance": "The citizen needed guidance",
    "other": "Another reason",
}
MOVES = {
    "give": "Give a service",
    "take": "Take a service back",
    "open": "Open the counter",
    "break": "Shift a break",
}
ANSWERS = {"accepted": "Accepted", "declined": "Declined"}
DECLINED = {
    "clerk_busy": "The clerk is busy",
    "not_able": "The clerk is not able to",
    "too_soon": "Too soon",
    "other_plan": "Another plan",
    "other": "Another reason",
}
DOSSIERS = {
    "received": "Dossiers received",
    "online": "Received online",
    "in_person": "Received in person",
    "carried": "Carried over from before",
    "returned": "Results returned",
    "before": "Returned before the date",
    "on": "Returned on the date",
    "after": "Returned after the date",
    "undated": "Returned, no date promised",
    "open": "Still open",
    "open_in_time": "Still open, in time",
    "open_late": "Still open, late",
}
