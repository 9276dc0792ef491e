"""Data of the product: checklists, document names, parameters, calendar, statutes. Installed as
``casereview.data``.
"""
