"""`python -m cleankit`"""

from cleankit.cli import main

main()
