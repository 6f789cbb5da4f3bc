"""The wire: what a laptop and headquarters say to each other, and how either takes it in.

Belongs here: messages, their encoding, receipts and signatures, the laptop's outbox and inbox, the
exchange as steps without any network in them, and the one place that speaks HTTP (`http.py`).
Does not belong here: headquarters' own rules (hq), use cases and words on a screen (services).
"""
