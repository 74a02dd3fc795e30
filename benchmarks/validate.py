"""What validation in bulk costs: CPU per document with plain jsonschema, and here with and without jsonschema-rs.

`python benchmarks/validate.py [FOLDER]` reads every *.json of a folder of briefings (else makes them from
`seeds/dirty`), as often as it takes to have a thousand. It prints how many times as fast as plain jsonschema, with its
validator made once, each is: the check alone, and the check with the reading of the file's text.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from cleankit import recipe, resources
from cleankit.briefing import jsontext, schemas, validate
from cleankit.briefing.parse import parse
from cleankit.model import Document

ROUNDS = 5
DOCUMENTS = 1000


def texts(folder: str | None) -> list[str]:
    if folder:
        found = [path.read_text("utf-8") for path in sorted(Path(folder).rglob("*.json"))]
    else:
        paths = sorted(Path("seeds/dirty").glob("*.txt"))
        pages = (Document(path.stem, path.read_bytes().decode("utf-8-sig")) for path in paths)
        found = [json.dumps(parse(recipe.default().run(page)).to_dict()) for page in pages]
    return list(islice(cycle(found), DOCUMENTS))


def cpu(look: Callable[[Any], object], read: Callable[[Any], Any], given: list[Any]) -> float:
    start = time.process_time()
    for one in given:
        look(read(one))
    return time.process_time() - start


def main() -> None:
    written = texts(sys.argv[1] if len(sys.argv) > 1 else None)
    plain = Draft202012Validator(
        json.loads(resources.schema("briefing").read_text("utf-8")), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    (schema,) = schemas.load()
    if schema.fits is None:
        sys.exit("jsonschema-rs is not installed: pip install 'cleankit-corpus[fast]'")
    looks: dict[str, Callable[[Any], object]] = {
        "plain jsonschema": lambda value: list(plain.iter_errors(value)),
        "with the extra": lambda value: validate.against(value, (schema,)),
        "without it": lambda value: validate.against(value, (schema._replace(fits=None),)),
    }
    values = [jsontext.read(text) for text in written]
    for what, read, given in (("check alone", lambda value: value, values), ("with reading", jsontext.read, written)):
        times = [{name: cpu(look, read, given) for name, look in looks.items()} for _ in range(ROUNDS)]
        for name in list(looks)[1:]:
            ratio = statistics.median(round["plain jsonschema"] / round[name] for round in times)
            print(f"{what}, {name}: {ratio:.1f} x as fast as plain jsonschema")


if __name__ == "__main__":
    main()
