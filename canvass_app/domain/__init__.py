"""What a canvass is: values and rules, in pure Python.

Belongs here: value types (addresses, doors, people, ridings), result codes, support levels,
scripts, campaign settings, metrics and their formulas, the error hierarchy.
Does not belong here: anything that reads a file, a clock, a database, the network or Qt.
"""
