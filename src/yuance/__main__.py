"""`python -m yuance`: the command."""

from yuance.cli import main

if __name__ == "__main__":
    main()
