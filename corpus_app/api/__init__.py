"""The corpus for programs: /api/v1/, read-only, published speeches alone.

gate: who asks and how often · problems: what is answered when something is wrong · parameters:
what may be asked · schemas: what is answered · endpoints: the answers · openapi: the description
made from them · views: the page that shows it, and the page for tokens.
"""
