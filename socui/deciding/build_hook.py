"""A step of building the package: the shipped knowledge base is kept read, checked and compiled. Not used at run time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py  # type: ignore[import-untyped,import-not-found,unused-ignore]


class BuildPy(build_py):  # type: ignore[misc,unused-ignore]
    """Copies the package as usual, then adds what `socui.deciding.precompiled.prepare` makes of the copy."""

    def run(self) -> None:
        """Build. A base with faults ends the build with them."""
        super().run()
        if self.editable_mode:  # an editable install reads the files as they are being edited
            return
        made = "import sys; sys.path.insert(0, sys.argv[1]); from socui.deciding.precompiled import prepare; "
        made += "sys.stdout.buffer.write(prepare())"
        compiled = subprocess.run([sys.executable, "-c", made, self.build_lib], stdout=subprocess.PIPE, check=True)
        Path(self.build_lib, "socui", "data", "ready.pickle").write_bytes(compiled.stdout)
