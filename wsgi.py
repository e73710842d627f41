"""Build the application for a WSGI server."""

from app import create_app

app = create_app()
