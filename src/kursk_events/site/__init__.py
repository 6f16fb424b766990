"""The documentation site's pages, made from the records; not part of the wheel.

Data flow one way: records -> pages and files -> the hook of the site generator, which knows nothing of records.
"""
