"""What a browser or a program gets over HTTP: pages, API, files."""
