"""Headquarters' own pages, for the few people who log in: devices, codes, totals, what was done with one's login.

Belongs here: the pages, their words and what surrounds them (headers, cookies, forms). Does not belong here: who people are,
sessions and the door (hq/accounts.py, hq/sessions.py, hq/logging_in.py), anything that laptops ask for.
"""
