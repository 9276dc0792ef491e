"""One view of a run (``view``, built by ``gather``), many media: Word, Excel, the page, the
terminal.
"""
