"""The reviewer's desk: pages in a browser of the same machine. It parses, calls ``run`` and the one
view, and shows; no verdict, figure or rule is made here.
"""
