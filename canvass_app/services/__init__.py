"""Use cases, one verb a function: what screens, printing, command lines and headquarters ask for.

Belongs here: "import this file", "make a turf", "record a knock", each of which validates against
the domain, appends events, updates projections in the same transaction and says what changed.
Does not belong here: SQL beyond reading rows for a purpose, rules of merging, widgets, HTTP routes.
"""
