"""Records: articles and plans as lines of JSON, taken in and given out (docs/records.md).

A file's line is read (`lines`), becomes a Record (`shape`), is made ready by several processes (`preparing`) and filed
by one (`filing`), a chunk a transaction. What gives records out is `writing`.
"""
