"""Nothing typed is lost: a refused form gives its text back; what was sent signed out waits for its writer.

`middleware` works around every view, so that no view has to know; views use `portal.common.desk`, templates
the tags of `typed_forms`.
"""
