"""The workbooks."""
