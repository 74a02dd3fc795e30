"""The journal of a cleaning: every finding with its reason, enough to give the original back byte for byte.

A ledger is JSON Lines, see `schemas/ledger.schema.json`.
"""

from cleankit.errors import LedgerError
from cleankit.ledger.amend import Amended, amend
from cleankit.ledger.fate import DONE, Deed, Fate, fates, touches
from cleankit.ledger.flat import Flat, flat
from cleankit.ledger.lines import read, read_all, read_lines, source_of, write
from cleankit.ledger.made import made, numbers_of
from cleankit.ledger.model import Amendment, Aside, Entry, Ledger, State
from cleankit.ledger.record import of
from cleankit.ledger.restore import check, decoded, filled, replay, replayed, restore, restored

__all__ = [
    "DONE",
    "Amended",
    "Amendment",
    "Aside",
    "Deed",
    "Entry",
    "Fate",
    "Flat",
    "Ledger",
    "LedgerError",
    "State",
    "amend",
    "check",
    "decoded",
    "fates",
    "filled",
    "flat",
    "made",
    "numbers_of",
    "of",
    "read",
    "read_all",
    "read_lines",
    "replay",
    "replayed",
    "restore",
    "restored",
    "source_of",
    "touches",
    "write",
]
