"""The terminal: tables that a lawyer would sign. All foreign text goes in as Text, never as
markup.
"""
