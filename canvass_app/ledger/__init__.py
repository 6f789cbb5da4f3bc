"""The record: immutable events, the clock, folding, rosters and digests.

Belongs here: what an event is and how it is encoded, how events become state, how two replicas
prove that they agree. Everything is pure: clock, randomness and storage come in as arguments.
Does not belong here: files, databases, sockets, threads, Qt, or the words on a screen.
"""
