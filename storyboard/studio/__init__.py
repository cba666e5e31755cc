"""The local studio: the VOD Avatar API served from this machine, with films that really render.

Imports nothing of the compiler: a second implementation must not share the client's opinions.
"""
