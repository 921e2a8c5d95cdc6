"""The pictures beside the texts: which may be published, and what is published of them.

`check_pictures` takes where the links of all texts lead, and yields Problems. `picture_documents`
yields Documents: the pixels of each picture, upright, at most 1,600 wide, and nothing else of its
file.

It promises that no position, name, comment, thumbnail or other metadata of a picture goes out, and
that a file which is no picture, or a bomb, becomes a problem with a line and never a traceback.

A new format is a name in `clean_picture.FORMATS`, and how it is saved in `_SAVED`.
"""
