"""Cutting and walking: numbers in, numbers out.

Belongs here: street networks, the cutting of turfs, the order of a walk and what it takes in
seconds and metres. Does not belong here: databases, events, Qt, or who walks.
"""
