"""The journal of a cleaning: every finding with its reason, enough to give the original back byte for byte.

A ledger is JSON Lines, see `schemas/ledger.schema.json`.
"""

from cleankit.errors import LedgerError
from cleankit.ledger.fate import DONE, Deed, Fate, fates, touches
from cleankit.ledger.lines import read, read_all, source_of, write
from cleankit.ledger.made import Made, made, numbers_of
from cleankit.ledger.model import Aside, Entry, Ledger, State
from cleankit.ledger.record import of
from cleankit.ledger.restore import amended, check, decoded, filled, replay, replayed, restore, restored

__all__ = [
    "DONE",
    "Aside",
    "Deed",
    "Entry",
    "Fate",
    "Ledger",
    "LedgerError",
    "Made",
    "State",
    "amended",
    "check",
    "decoded",
    "fates",
    "filled",
    "made",
    "numbers_of",
    "of",
    "read",
    "read_all",
    "replay",
    "replayed",
    "restore",
    "restored",
    "source_of",
    "touches",
    "write",
]
