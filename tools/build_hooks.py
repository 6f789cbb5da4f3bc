"""What `pip install .` and `python -m build` do beyond setuptools' own steps: the wheel carries resources/.

The translations are compiled first, so that a wheel made anywhere speaks French; then the folder is copied to
canvass_app/resources, where canvass_app.resource_path looks for it. An editable install is left alone: there the
program reads the checkout.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns("*.ts", "*.tmp", "__pycache__", ".*")


class BuildPy(build_py):
    """setuptools' build_py, then the resources."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        subprocess.run([sys.executable, str(ROOT / "tools" / "translations.py")], check=True)
        target = Path(self.build_lib) / "canvass_app" / "resources"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(ROOT / "resources", target, ignore=LEFT_OUT)
