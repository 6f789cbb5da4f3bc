"""`python -m canvass_app.cli`."""

from . import main

raise SystemExit(main())
