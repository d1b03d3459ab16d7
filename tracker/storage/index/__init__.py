"""What has been read, kept so that it need not be read again.

The index lies in the register's own folder and owns nothing: it may be deleted, cut short or come from
another version at any moment, which costs only time. What it says of a folder counts only while every
file in that folder is the very one that was read.
"""
