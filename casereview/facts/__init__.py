"""Document -> facts (要素): one reader for each kind of document, listed in ``readers``."""
