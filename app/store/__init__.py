"""The only SQL: the event log and its rows in one transaction, and what is read from them."""
