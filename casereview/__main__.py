"""``python -m casereview``."""

from casereview.cli.app import main

if __name__ == "__main__":
    main()
