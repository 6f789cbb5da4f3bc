"""Headquarters: the server that laptops sync with, and its command line.

Belongs here: enrolment, push, pull, assets, totals over HTTP, the projector, and `canvass-hq`.
Does not belong here: the merge itself (ledger, storage), the messages (sync), anything of Qt.
"""
