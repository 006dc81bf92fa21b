"""Tables in and out as CSV and XLSX, for every import and export; imports `portal.files` and below."""
