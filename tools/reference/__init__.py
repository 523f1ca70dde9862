"""The generated reference pages: prose from `templates/`, tables from the code they describe."""
