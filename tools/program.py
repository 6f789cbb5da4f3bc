"""The first lines of the built program: `canvass-app`, as pip installs it, for PyInstaller to start from."""

import multiprocessing
import sys

from canvass_app.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
