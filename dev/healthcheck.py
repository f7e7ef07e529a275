"""Ask the site on this machine whether it is well; the container's health check. Exit 1 when it is not."""

import os
import sys
import urllib.request

HOST = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".") or "localhost"
# As a proxy would ask, so that a site that insists on https does not redirect
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}

try:
    urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:8000/healthz", headers=HEADERS), timeout=4).close()
except OSError as error:
    sys.exit(f"The site is not well: {error}")
