"""Draws invented units ("houses") and their case files, with labels that a verifier recomputes."""
