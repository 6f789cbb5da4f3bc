"""The frame around every screen: navigation, top bar, find-anything, the foot with what is saved, and the keys.

Belongs here: what is the same wherever one is. Does not belong here: anything about doors, turfs or results.
"""
