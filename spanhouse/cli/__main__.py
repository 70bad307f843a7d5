"""`python -m spanhouse.cli`, where the command is not on PATH."""

import sys

from .main import main

sys.exit(main())
