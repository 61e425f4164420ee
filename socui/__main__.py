"""`python -m socui`."""

import sys

from socui.cli import main

sys.exit(main())
