"""How surely passages are found again, and what is shown for those that aren't.

Run it by hand: `python tests/benchmarks/precision.py`.  Pages, passages and edits are the same in
each run.  A passage marked in a wrong place is the fault that counts: each is printed.
"""

from copies import copy_tables
from deletions import deletion_tables
from edits import edit_tables

MOST_EXAMPLES = 20


def main() -> None:
    """Print all tables, and passages that were marked wrongly."""
    examples: list[str] = []
    copy_tables(examples)
    edit_tables(examples)
    deletion_tables(examples)
    print(f"\nMarked wrongly: {len(examples)}")
    for example in examples[:MOST_EXAMPLES]:
        print(f"\n{example}")


if __name__ == "__main__":
    main()
