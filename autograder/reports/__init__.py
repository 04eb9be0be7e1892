"""Views of the result document: HTML pages, CSV, JSON and terminal tables."""

from autograder.reports.document import Document, ReportError, read_document
from autograder.reports.html import write_html
from autograder.reports.places import Places, check_folder
from autograder.reports.tables import write_csv, write_json
from autograder.reports.terminal import class_summary, student_summary

__all__ = [
    "Document",
    "Places",
    "ReportError",
    "check_folder",
    "class_summary",
    "read_document",
    "student_summary",
    "write_csv",
    "write_html",
    "write_json",
]
