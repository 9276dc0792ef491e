"""Tools for people who write checklists: fixtures, differences, tables to print, sheets to edit, a
schema for editors.
"""
