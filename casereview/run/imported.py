"""Everything that a worker imports for its first case, but no rules: each run has its own."""

from __future__ import annotations

import gc

import casereview.reading.images
import casereview.reading.layout
import casereview.reading.pdf
import casereview.reading.pdf_notes
import casereview.reading.picture
import casereview.reading.plain
import casereview.reading.word
import casereview.run.local
import casereview.run.work  # noqa: F401

gc.freeze()  # what is shared with the copies is not touched when they look for rubbish
