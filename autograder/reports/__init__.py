"""Views of the result document: HTML pages, CSV, JSON and terminal tables."""

from autograder.reports.document import Document, ReportError, read_document
from autograder.reports.html import write_html
from autograder.reports.tables import write_csv, write_json
from autograder.reports.terminal import class_table, student_summary

__all__ = [
    "Document",
    "ReportError",
    "class_table",
    "read_document",
    "student_summary",
    "write_csv",
    "write_html",
    "write_json",
]
