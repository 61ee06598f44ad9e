"""The public site: every page that readers, feed readers, search engines and social networks see.

A storable page is made by a pure function of its address and the time (`pages.build`); views choose between the
stored file and building anew.
"""
