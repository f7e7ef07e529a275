# The site's image: the web and the worker service run it with different commands (docker-compose.yml).
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/unioncms STATIC_ROOT=/srv/unioncms/static
WORKDIR /srv/unioncms/app
RUN useradd --system --home-dir /var/lib/unioncms --create-home unioncms

COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt

COPY manage.py dev/healthcheck.py ./
COPY organizations organizations
COPY articles articles
COPY plans plans
COPY importer importer
COPY unioncms unioncms
COPY templates templates
COPY static static
COPY locale locale
COPY fixtures fixtures
# PYTHONDONTWRITEBYTECODE is for the running site; without what is compiled here each process would compile it anew
RUN python -m compileall -q manage.py organizations articles plans importer unioncms
# The key is of this command alone and protects nothing
RUN SECRET_KEY=for-collectstatic-only-0123456789-abcdefghijklmnopqrstuvwxyz \
    DATABASE_URL=sqlite://:memory: python manage.py collectstatic --noinput --verbosity=0 \
    && chown -R unioncms:unioncms /var/lib/unioncms

USER unioncms
VOLUME /var/lib/unioncms
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "healthcheck.py"]
CMD ["python", "-m", "unioncms.serving", "--host=0.0.0.0", "--port=8000"]
