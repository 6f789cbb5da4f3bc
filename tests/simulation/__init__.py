"""A deterministic simulation of laptops, one headquarters and USB sticks over the real ledger, storage and sync steps.

One thread, one seed, the whole history. `python -m tests.simulation --help` replays, shrinks and measures.
Only what carries bytes is a model: wires and sticks lose, repeat, cut and delay; disks lie, fill up and go back in time.
"""
