"""The demo campaign: an invented riding and town, its invented people, and three evenings of results."""
