"""Visual Studio Code, run for the tests: a real workbench in a browser, with a real extension host behind it."""
