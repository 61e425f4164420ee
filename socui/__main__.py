"""`python -m socui`."""

import sys

from socui.cli.main import main

sys.exit(main())
