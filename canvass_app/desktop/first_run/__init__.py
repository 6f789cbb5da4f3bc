"""The first minutes: a passphrase where there is no keychain, and the way into a campaign."""
