"""What repeats around the texts of a site: counted over its pages, and proposed as rules for a person to accept.

`lines` folds the lines of a page so that `12 Comments` and `3 Comments` are one, `sites` says which site a page is of,
`store` counts, `regions` tells on each page the text from its frame, `evidence` adds up where a line stands, `judge`
decides which lines are frame, `proposal` writes them down as rule files.
"""
