"""The page to project, and the pictures that it shares with Word."""
