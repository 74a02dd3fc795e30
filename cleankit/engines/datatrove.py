"""cleankit as a step of a datatrove pipeline, on one machine or on a cluster. Nothing else knows datatrove."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cleankit.engines.cleaner import ERROR, Cleaned, Cleaner

try:
    from datatrove.io import get_datafolder
    from datatrove.pipeline.base import PipelineStep
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise ImportError('datatrove needs an extra: pip install "cleankit-corpus[datatrove]"') from error

if TYPE_CHECKING:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.io import DataFolderLike
    from datatrove.pipeline.writers.disk_base import DiskWriter

# stands in the place of a rule where nothing is left of a text; a writer would drop the column of it
EMPTY = "empty"
# under `cleankit` in the metadata, always all of them: the first row of a Parquet file decides what the others may have
KEYS = ("edits", "removed", "added", "open", "rules", "reason")


class Clean(PipelineStep):
    """Cleans the text of each document and notes under `cleankit` in its metadata what was done (`KEYS`).

    Options are those of `cleankit.Cleaner`: `config`, `profile`, `suggested`, `select` and so on. A page that is put
    aside, one that could not be cleaned and one of which nothing is left are not passed on. They go to the
    `exclusion_writer`, as they came in, with the rule (or ERROR, or EMPTY) as `filter_reason`.

    Into `ledger_folder`, which may be any that datatrove knows, each rank writes one file with the ledgers of its
    documents one behind the other. It has its name when it is whole, and a rank that runs again writes the same bytes.
    """

    type = "✂️ - FORMAT"
    name = "🧼 cleankit"

    def __init__(
        self,
        config: str | os.PathLike[str] = "",
        *,
        exclusion_writer: DiskWriter | None = None,
        ledger_folder: DataFolderLike | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self.cleaner = Cleaner(config, **options)
        self.exclusion_writer = exclusion_writer
        self.ledger_folder = None if ledger_folder is None else get_datafolder(ledger_folder)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """The documents, clean, without those that are left out."""
        left_out = contextlib.nullcontext() if self.exclusion_writer is None else self.exclusion_writer
        with left_out, self._ledger(rank) as note:
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    cleaned = self.cleaner(document.text, document.id, ledger=note is not None)
                    if note:
                        note(cleaned.ledger.encode())
                reason = cleaned.aside or ("" if cleaned.text else EMPTY)
                document.metadata["cleankit"] = {key: getattr(cleaned, key) for key in KEYS}
                if reason:
                    self._leave_out(document, cleaned, reason, rank)
                    continue
                self._count(document, cleaned)
                document.text = cleaned.text
                self.update_doc_stats(document)
                yield document

    def _count(self, document: Document, cleaned: Cleaned) -> None:
        self.stat_update(StatHints.forwarded)
        if document.text != cleaned.text:
            self.stat_update("changed", *(f"changed_{rule}" for rule in cleaned.rules.split()))
        for key in ("edits", "removed", "added", "open"):
            self.stat_update(key, value=getattr(cleaned, key), unit="doc")

    def _leave_out(self, document: Document, cleaned: Cleaned, reason: str, rank: int) -> None:
        self.stat_update(StatHints.dropped, f"dropped_{reason}")
        if reason == ERROR:
            logger.warning(f"{document.id}: {cleaned.reason}")
            document.text = cleaned.text
        if self.exclusion_writer is not None:
            document.metadata["filter_reason"] = reason
            self.exclusion_writer.write(document, rank)

    @contextlib.contextmanager
    def _ledger(self, rank: int) -> Iterator[Callable[[bytes], Any] | None]:
        """What takes the lines of a rank's ledgers; None where no ledger is wanted."""
        if self.ledger_folder is None:
            yield None
            return
        name = f"{rank:05d}.jsonl"
        # one name for all tries, so that those of killed ranks do not pile up
        partial = f"{name}.partial"
        with self.ledger_folder.open(partial, "wb") as file:
            yield file.write
        self.ledger_folder.mv(partial, name)
