"""Pages that show what the line model finds: so much of the same that they are made, not written."""

_SECTIONS = (
    "Harbour", "Council", "Fishing", "Rowing", "Choir", "Ferry", "Market", "Garden", "Lamp", "Tide", "Rail", "Schools",
)  # fmt: skip
_THINGS = (
    "lamp", "swan", "rope", "bread", "clock", "wall", "bell", "boat", "quiz", "roof", "tram", "well", "loaf", "gate",
    "nest", "pier", "kiln", "mill", "seal", "moss",
)  # fmt: skip
_MENU = "".join(
    f"{section} {page}\n" for section in _SECTIONS for page in ("news", "shop", "jobs", "maps", "clubs", "talks")
)
_TEXT = (
    "The harbour opens again\n\n"
    "The port of Ellmouth opened again on Monday after nine days in which no ship could enter, the master said.\n\n"
    "Two ferries that had waited outside were the first to tie up, and their passengers were met with tea.\n\n"
    "The council had sent for a dredger from Brackwater, but it reached the bay late because of the swell.\n"
)

DUMP = _MENU[: _MENU.index("Rowing")] + "\n" + _TEXT
MENUS = _MENU + "".join(f"{section}\n" for section in _SECTIONS)
TEASERS = f"{MENUS}\n{_TEXT}\n" + "".join(
    f"{thing}\nWhat the {thing} of the quay tells us of the {season} now.\n{number} min\n"
    for season in ("winter", "summer")
    for number, thing in enumerate(_THINGS)
)
