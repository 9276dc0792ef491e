"""The command line: parse, call, print, exit. What a command does stands in ``run``; what it says
of results stands in ``reports``.

Commands import what they need when they are called: ``casereview --help`` and a mistyped command
answer at once, without loading the readers of files.
"""
