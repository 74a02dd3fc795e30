"""Writes what is generated and committed, reports/seeds.tsv and pages of docs/. `make reports` runs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cleankit import recipe
from cleankit.config import Choice
from cleankit.craft import catalog
from cleankit.craft.catalog import Entry
from cleankit.model import Document
from cleankit.pipeline import Pipeline
from cleankit.render.rules import chapter

ROOT = Path(__file__).parent.parent
LEDGER = ROOT / "reports" / "seeds.tsv"
RULES = ROOT / "docs" / "rules.md"
PACKS = ROOT / "docs" / "rules"
COMMANDS = ROOT / "docs" / "cli.md"
BUILTIN = Choice(plugins=False)


def ledger_of_quality(pipeline: Pipeline, pages: Path) -> str:
    """What the pipeline does to each page: one sorted line for each page and rule, so that a change shows in a diff."""
    rows = ["page\trule\tapplied\topen\tchars_out\tchars_in"]
    for path in sorted(pages.glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        outcome = pipeline.run(Document(path.stem, text))
        applied = Counter(finding.rule for finding in outcome.applied)
        still_open = Counter(finding.rule for finding in outcome.open)
        out: Counter[str] = Counter()
        put: Counter[str] = Counter()
        for finding in outcome.applied:
            if finding.fix:
                out[finding.rule] += len(finding.fix.old)
                put[finding.rule] += len(finding.fix.new)
        rows += (
            f"{path.stem}\t{rule}\t{applied[rule]}\t{still_open[rule]}\t{out[rule]}\t{put[rule]}"
            for rule in sorted({*applied, *still_open})
        )
    return "\n".join(rows) + "\n"


def rule_page(entries: Iterable[Entry]) -> str:
    """A table of all rules, pack by pack, from what rules and filters say about themselves."""
    parts = [
        "# Rules",
        "Made by `make reports` from the rules themselves. A pack's page shows what each rule does and what it leaves "
        "alone (`⍽` is a no-break space); `cleankit rules show ID` prints one. "
        "How to write your own: [writing-rules.md](writing-rules.md).",
        "**safe** is applied by default, **suggested** with `--suggested`, **flag** never: text was lost there, or "
        "there are two readings.",
    ]
    for pack, inside in by_pack(entries).items():
        rows = [f"## [{pack}](rules/{pack}.md)", "", "| rule | level | what it finds | why |", "|---|---|---|---|"]
        for entry in inside:
            about = entry.about
            cells = (f"`{about.rule}`", about.level, about.summary, about.why)
            rows.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def pack_pages(entries: Iterable[Entry]) -> dict[str, str]:
    """The text of each file in docs/rules/."""
    return {f"{pack}.md": chapter(pack, inside, ROOT) for pack, inside in by_pack(entries).items()}


def by_pack(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    packs: dict[str, list[Entry]] = {}
    for entry in entries:
        packs.setdefault(entry.about.rule.partition("/")[0], []).append(entry)
    return dict(sorted(packs.items()))


def command_page() -> str:
    """What every command says of itself."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from cleankit.cli.app import app

    group = get_command(app)
    lines = [(name,) for name in group.commands] + [  # type: ignore[attr-defined]
        (name, inner)
        for name, command in group.commands.items()
        for inner in getattr(command, "commands", ())  # type: ignore[attr-defined]
    ]
    parts = ["# Commands", "Made by `make reports` from `cleankit COMMAND --help`."]
    for line in [(), *sorted(lines)]:
        shown = CliRunner().invoke(
            app, [*line, "--help"], prog_name="cleankit", env={"COLUMNS": "100"}, terminal_width=100
        )
        parts.append(f"## cleankit {' '.join(line)}".rstrip() + f"\n\n```text\n{shown.stdout.strip()}\n```")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    LEDGER.write_text(ledger_of_quality(recipe.default(), ROOT / "seeds" / "dirty"), encoding="utf-8")
    entries = list(catalog.entries(BUILTIN).values())
    RULES.write_text(rule_page(entries), encoding="utf-8")
    PACKS.mkdir(exist_ok=True)
    pages = pack_pages(entries)
    for path in PACKS.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (PACKS / name).write_text(text, encoding="utf-8")
    COMMANDS.write_text(command_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
