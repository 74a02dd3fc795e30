"""Writes what is generated and committed: reports/seeds.tsv, docs/rules.md and docs/cli.md. `make reports` runs it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from cleankit import recipe
from cleankit.model import Document
from cleankit.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
LEDGER = ROOT / "reports" / "seeds.tsv"
RULES = ROOT / "docs" / "rules.md"
COMMANDS = ROOT / "docs" / "cli.md"


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


def rule_page(pipeline: Pipeline) -> str:
    """A table of all rules, pack by pack, from what rules and filters say about themselves."""
    about = sorted(
        {entry.rule: entry for stage in pipeline.stages for look in stage.filters for entry in look.about}.items()
    )
    parts = [
        "# Rules",
        "Made by `make reports` from the rules themselves; `cleankit rules show ID` prints one with an example.",
        "**safe** is applied by default, **suggested** with `--suggested`, **flag** never: text was lost there, or "
        "there are two readings.",
    ]
    for pack in sorted({rule.partition("/")[0] for rule, _ in about}):
        rows = [f"## {pack}", "", "| rule | level | what it finds | why |", "|---|---|---|---|"]
        for rule, entry in about:
            if rule.startswith(pack + "/"):
                cells = (f"`{rule}`", entry.level, entry.summary, entry.why)
                rows.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


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
    pipeline = recipe.default()
    LEDGER.write_text(ledger_of_quality(pipeline, ROOT / "seeds" / "dirty"), encoding="utf-8")
    RULES.write_text(rule_page(pipeline), encoding="utf-8")
    COMMANDS.write_text(command_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
