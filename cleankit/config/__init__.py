"""What a project has settled about its texts: `cleankit.toml`, or `[tool.cleankit]` in `pyproject.toml`."""

from cleankit.config.choice import ARTICLE, DEFAULT, OFF, Choice, Settings
from cleankit.config.nearest import find, for_file, forget, load
from cleankit.config.settled import Config, with_options

__all__ = [
    "ARTICLE",
    "DEFAULT",
    "OFF",
    "Choice",
    "Config",
    "Settings",
    "find",
    "for_file",
    "forget",
    "load",
    "with_options",
]
